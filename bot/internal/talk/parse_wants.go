package talk

import (
	"errors"
	"fmt"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/chat"
)

var errNoTurn = errors.New("there is no request above that this could belong to")

func (p *parser) hasRequest() bool { return p.turn != nil && p.turn.Verb != At }

func (p *parser) with(s string) error {
	switch {
	case !p.hasRequest():
		return errNoTurn
	case p.turn.With != nil || p.turn.Reply != nil || p.turn.Goes != nil:
		return errors.New("a turn has one with line, before what the bot does")
	}
	names := strings.Fields(s)
	if len(names) == 0 {
		return errors.New("with what?")
	}
	for _, n := range names {
		if _, ok := chat.QuirkByName(n); !ok {
			return fmt.Errorf("no quirk is called %q", n)
		}
	}
	p.turn.With = &With{p.here(), names}
	return nil
}

func (p *parser) reply(s string) error {
	switch {
	case !p.hasRequest():
		return errNoTurn
	case p.turn.Reply != nil:
		return errors.New("a bot answers with one message; a line that goes on begins with |")
	case p.turn.Goes != nil:
		return errors.New("the state comes after the answer")
	}
	r := &Reply{}
	if s != "" && s[0] != ' ' && s[0] != '\t' {
		var ok bool
		if r.Sender, s, _, ok = cutWord(s); !ok || !strings.HasPrefix(s, ">") {
			return errors.New("write < and a blank before the answer, or <ID> and a blank")
		}
		s = s[1:]
	}
	var err error
	if r.Value, err = readValue(strings.TrimSpace(s), true); err == nil {
		r.Line = p.here()
		p.turn.Reply = r
	}
	return err
}

func (p *parser) goes(s string) error {
	switch {
	case !p.hasRequest():
		return errNoTurn
	case p.turn.Goes != nil:
		return errors.New("a turn ends in one state")
	}
	st, ok := readState(s)
	if !ok {
		return errors.New(`which state? an unset one is written = ""`)
	}
	p.turn.Goes = &Goes{p.here(), st}
	return nil
}
