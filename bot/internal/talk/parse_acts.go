package talk

import (
	"errors"
	"fmt"
	"strings"

	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
)

func (p *parser) room(s string) error {
	name, rest, _, ok := cutWord(s)
	if !ok {
		return errors.New("write: room NAME, or room NAME at STATE")
	}
	start, has := strings.CutPrefix(strings.TrimSpace(rest), "at ")
	t := &Talk{Line: p.here(), Room: name}
	if has {
		if t.State, ok = readState(strings.TrimSpace(start)); !ok {
			return errors.New("which state? an unset one is written \"\"")
		}
	} else if strings.TrimSpace(rest) != "" {
		return errors.New("write: room NAME, or room NAME at STATE; a name with blanks stands in quotes")
	}
	for _, other := range p.file.Talks {
		if other.Room == name {
			return fmt.Errorf("room %s has its conversation in line %d already", word(name), other.No)
		}
	}
	p.begin(t)
	return nil
}

func (p *parser) begin(t *Talk) {
	p.file.Talks = append(p.file.Talks, t)
	p.talk, p.turn = t, nil
}

// current returns the conversation a line belongs to.
func (p *parser) current() *Talk {
	if p.talk == nil {
		p.begin(&Talk{Line: Line{No: p.no}, Room: "demo", implied: true})
	}
	return p.talk
}

func (p *parser) person(s string, robot bool) error {
	id, rest, _, ok := cutWord(s)
	if !ok {
		return errors.New("write: user ID, or user ID NICKNAME")
	}
	t := p.current()
	if p.turn != nil {
		return errors.New("people are introduced before the first turn of a conversation")
	}
	u := event.User{ID: id, Nickname: capital(id), IsRobot: robot}
	if rest = strings.TrimSpace(rest); rest != "" {
		if u.Nickname, ok = readState(rest); !ok {
			return errors.New("the quotes around the nickname do not close")
		}
	}
	t.Cast = append(t.Cast, Person{p.here(), u})
	return nil
}

func (p *parser) add(t *Turn) {
	t.Line = p.here()
	talk := p.current()
	talk.Turns = append(talk.Turns, t)
	p.turn = t
}

func (p *parser) says(who string, verb Verb, s string) error {
	v, err := readValue(strings.TrimSpace(s), false)
	if err == nil {
		p.add(&Turn{Who: who, Verb: verb, Say: v})
	}
	return err
}

func (p *parser) act(who, s string) error {
	verb, rest, _ := strings.Cut(s, " ")
	verb, colon := strings.CutSuffix(verb, ":")
	switch v := Verb(verb); v {
	case Edits:
		if colon {
			return p.says(who, Edits, rest)
		}
		return errors.New("write: ID edits: TEXT")
	case Joins, Leaves:
		if rest == "" && !colon {
			p.add(&Turn{Who: who, Verb: v})
			return nil
		}
		return fmt.Errorf("nothing stands behind %s", v)
	case Adds, Removes:
		return p.members(who, v, rest)
	case Sends:
		return p.event(who, rest)
	}
	return errors.New("no such line; what somebody says is written ID: TEXT, " +
		"else somebody joins, leaves, adds, removes, edits: or sends an event")
}

func (p *parser) members(who string, v Verb, s string) error {
	t := &Turn{Who: who, Verb: v}
	for {
		id, rest, _, ok := cutWord(strings.TrimSpace(s))
		if !ok {
			return fmt.Errorf("write: ID %s ID, ID", v)
		}
		t.Whom = append(t.Whom, id)
		rest = strings.TrimSpace(rest)
		if rest == "" {
			p.add(t)
			return nil
		}
		if s, ok = strings.CutPrefix(rest, ","); !ok {
			return errors.New("a comma stands between IDs")
		}
	}
}

func (p *parser) event(who, s string) error {
	kind, rest, _, ok := cutWord(strings.TrimSpace(s))
	data := jsontext.Value(strings.TrimSpace(rest))
	if !ok || len(data) > 0 && !data.IsValid(jsontext.AllowInvalidUTF8(true)) {
		return errors.New("write: event KIND, or event KIND and one JSON value")
	}
	t := &Turn{Who: who, Verb: Sends, Kind: event.Kind(kind)}
	if len(data) > 0 {
		t.Data = data
		_ = t.Data.Compact(jsontext.AllowInvalidUTF8(true), jsontext.PreserveRawStrings(true))
	}
	p.add(t)
	return nil
}

func (p *parser) at(s string) error {
	st, ok := readState(s)
	if !ok {
		return errors.New(`which state? an unset one is written ""`)
	}
	p.add(&Turn{Verb: At, To: st})
	return nil
}
