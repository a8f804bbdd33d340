package emulator

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// button is something in an answer that says a text when it is pressed.
type button struct{ label, text string }

func (s *session) printf(format string, args ...any) { fmt.Fprintf(s.out, format, args...) }

// The colours of a terminal.
const (
	dim    = "2"
	bold   = "1"
	red    = "31"
	yellow = "33"
	cyan   = "36"
)

func (s *session) paint(color, text string) string {
	if !s.color {
		return text
	}
	return "\x1b[" + color + "m" + text + "\x1b[0m"
}

func (s *session) greet() {
	if !s.terminal {
		s.printf("room %s\n", s.room)
		return
	}
	s.printf("%s\n", s.paint(dim, "Type to talk to the bot, /? for commands, Ctrl-D to end."))
	s.prompt()
}

func (s *session) prompt() {
	if !s.terminal || s.ctx.Err() != nil {
		return
	}
	state := ""
	s.e.mu.Lock()
	if r, err := s.e.room(s.room); err == nil && r.chat.BotState() != "" {
		state = " " + r.chat.BotState()
	}
	s.e.mu.Unlock()
	s.printf("%s%s ", s.paint(bold, visible(s.who)), s.paint(dim, visible(state)+" ›"))
}

// remark is a line of the emulator's own: a comment where the output is a
// transcript.
func (s *session) remark(text string) {
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\n")
		if !s.terminal {
			s.printf("# %s\n", line)
			continue
		}
		s.printf("%s\n", s.paint(dim, line))
	}
}

// show writes a turn.
func (s *session) show(t *turn) {
	o := t.observed()
	if s.usual == "" {
		s.usual = o.Sender
	}
	if s.buttons = nil; o.Message != nil {
		s.buttons = buttonsOf(o.Message)
	}
	if s.terminal {
		s.showAnswer(t)
	} else {
		s.printf("%s", t.written(s.usual).String())
	}
	for i, b := range s.buttons {
		s.remark(fmt.Sprintf("/%d %s", i+1, visible(b.label)))
	}
	s.broken = s.broken || t.Verdict.Grade == broken
	s.notes(t, false)
}

// showAnswer writes what the bot did for a person to read.
func (s *session) showAnswer(t *turn) {
	if o := t.observed(); o.Message != nil {
		s.printf("%s %s\n", s.paint(cyan, visible(o.Sender)+":"), strings.ReplaceAll(gist(o.Message), "\n", "\n  "))
		for _, f := range findingsOf(t.Exchanges[0].answer) {
			s.printf("%s\n", s.paint(yellow, "  ! "+message.Finding(f).String()))
		}
	}
	if t.Before != t.After {
		s.remark("→ " + visible(stateName(t.After)))
	}
}

// notes writes what the verdict says; without all, only what a bot's author must
// look at.
func (s *session) notes(t *turn, all bool) {
	for _, n := range t.Verdict.Notes {
		switch {
		case n.Grade == broken && s.terminal:
			s.printf("%s\n", s.paint(red, "! "+n.Code+": "+n.Text))
		case n.Grade == broken, n.Grade == careful, all:
			s.remark("! " + n.Code + ": " + n.Text)
		}
	}
}

func (s *session) press(n int) error {
	if n < 1 || n > len(s.buttons) {
		return fmt.Errorf("the last answer has %d buttons", len(s.buttons))
	}
	return s.say(s.buttons[n-1].text)
}

// buttonsOf finds the actions of a message that say something, wherever its type
// puts them.
func buttonsOf(data jsontext.Value) []button {
	var root any
	if json.Unmarshal(data, &root, lax) != nil {
		return nil
	}
	var found []button
	var walk func(any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, each := range v {
				walk(each)
			}
		case map[string]any:
			text, _ := v["text"].(string)
			label, _ := v["label"].(string)
			if kind := v["type"]; (kind == "message" || kind == "text") && label != "" && text != "" {
				found = append(found, button{label, text})
				return
			}
			for _, name := range []string{"template", "columns", "contents", "header", "hero", "body", "footer", "actions", "action", "quickReply", "items"} {
				walk(v[name])
			}
		}
	}
	walk(root)
	return found
}

// gist is a message as text.
func gist(data jsontext.Value) string {
	var m struct {
		Type     string  `json:"messageType"`
		Text     string  `json:"message"`
		URL      string  `json:"originalUrl"`
		Sticker  string  `json:"sticker"`
		Lat      float64 `json:"latitude"`
		Long     float64 `json:"longitude"`
		Template struct {
			Title string `json:"title"`
			Text  string `json:"text"`
		} `json:"template"`
	}
	if json.Unmarshal(data, &m, lax) != nil && m.Type == "" {
		return "[a message that cannot be read]"
	}
	if m.Type == "text" {
		return visible(m.Text)
	}
	parts := []string{m.Template.Title, m.Template.Text}
	if m.Template.Text != m.Text {
		parts = append(parts, m.Text)
	}
	parts = append(parts, m.URL, m.Sticker)
	if m.Type == "location" {
		parts = append(parts, fmt.Sprintf("%g, %g", m.Lat, m.Long))
	}
	return visible(strings.Join(append([]string{"[" + m.Type + "]"}, slices.DeleteFunc(parts, func(p string) bool { return p == "" })...), " "))
}

// visible makes control characters harmless: a text must not move the cursor or
// paint over what was written before.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		if r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) {
			return '\uFFFD'
		}
		return r
	}, s)
}
