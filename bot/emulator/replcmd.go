package emulator

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/go-json-experiment/json/jsontext"
)

const helpText = `What you type is said to the bot. Commands of the emulator:
/as ID [NICKNAME]   speak as somebody            /join /leave   come, leave
/add ID...          add members                  /remove ID...  remove them
/room NAME          another room                 /state [NAME]  show or set the state
/1 /2 ...           press a button               /raw           last request and response
/send {JSON}        any message by its fields    /event KIND [JSON]
/with [QUIRK...]    bend the requests            /fault [NAME]  try a fault, or list them
/rewind [N]         take back turns              /save FILE, /play FILE   transcripts
/quit               a line with // in front goes to the bot as it is`

func (s *session) help(string) error {
	s.remark(helpText)
	return nil
}

// with chooses the quirks of the requests that follow.
func (s *session) with(arg string) error {
	names := strings.Fields(arg)
	for _, n := range names {
		if _, ok := chat.QuirkByName(n); !ok {
			var all []string
			for _, q := range chat.Quirks() {
				all = append(all, q.Name)
			}
			return fmt.Errorf("there is no quirk of this name; there are %s", strings.Join(all, ", "))
		}
	}
	s.quirks = names
	return nil
}

func (s *session) fault(arg string) error {
	if arg == "" {
		for _, f := range faults {
			s.remark(fmt.Sprintf("%-10s %s", f.Name, f.About))
		}
		return nil
	}
	t, err := s.e.tryFault(s.ctx, s.room, arg, s.who)
	if err != nil {
		return err
	}
	s.last = t
	s.broken = s.broken || t.Verdict.Grade == broken
	s.remark(fmt.Sprintf("fault %s: %s", t.Fault, t.Verdict.Grade))
	s.notes(t, true)
	return nil
}

func (s *session) raw(string) error {
	if s.last == nil || len(s.last.Exchanges) == 0 {
		return errors.New("nothing was sent yet")
	}
	for _, x := range s.last.Exchanges {
		if x.Label != "" {
			s.remark(x.Label)
		}
		s.remark("-> " + visible(pretty(x.Request)))
		switch {
		case x.Err != "":
			s.remark("<- " + x.Err)
		default:
			s.remark(fmt.Sprintf("<- %d in %.1f ms %s", x.Status, x.TookMS, x.BotError))
			s.remark("<- " + visible(pretty(x.Response)))
		}
	}
	return nil
}

// pretty spreads JSON over lines; anything else stays as it is.
func pretty(s string) string {
	v := jsontext.Value(s)
	if v.Indent(lax, jsontext.WithIndent("  ")) != nil {
		return s
	}
	return string(v)
}

func (s *session) save(name string) error {
	if name == "" {
		return errors.New("write: /save FILE")
	}
	s.e.mu.Lock()
	r, err := s.e.room(s.room)
	if err != nil {
		s.e.mu.Unlock()
		return err
	}
	text := s.e.transcript(r).String()
	s.e.mu.Unlock()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		return err
	}
	s.remark("saved " + name)
	return nil
}

func (s *session) play(name string) error {
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	p, err := s.e.play(s.ctx, string(text))
	if err != nil {
		return err
	}
	s.remark(fmt.Sprintf("%d turns played, %d differ", p.Turns, p.Wrong))
	if p.Diff != "" {
		s.remark(p.Diff)
		s.broken = true
	}
	return nil
}
