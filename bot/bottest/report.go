package bottest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
)

// fail ends the test with the report of the turn.
func (t *Turn) fail(why string, details ...string) {
	t.room.t.Helper()
	t.asserted = true
	t.room.t.Fatalf("%s", t.report(why, details...))
}

// failWant is fail for a reply that differs, with both in transcript form.
func (t *Turn) failWant(why string, want talk.Value) {
	t.room.t.Helper()
	expected := &talk.Turn{Reply: &talk.Reply{Value: want}}
	got := &talk.Turn{Reply: t.x.played.Reply}
	var details []string
	for line := range strings.Lines(expected.Wants()) {
		details = append(details, "- "+strings.TrimSuffix(line, "\n"))
	}
	for line := range strings.Lines(got.Wants()) {
		details = append(details, "+ "+strings.TrimSuffix(line, "\n"))
	}
	t.fail(why, details...)
}

func (t *Turn) report(why string, details ...string) string {
	return t.room.session.report(t.x, why, details...)
}

// report tells what went wrong in a turn and everything one needs to see why.
func (s *session) report(x *exchange, why string, details ...string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", why)
	for _, d := range details {
		fmt.Fprintf(&b, "  %s\n", d)
	}
	fmt.Fprintf(&b, "\nthe conversation, > marks the turn:\n")
	s.writeTranscript(&b, x)
	fmt.Fprintf(&b, "\nstate     %s -> %s\n", show(x.observed.Before), show(x.observed.After))
	fmt.Fprintf(&b, "request   %s\n", x.request)
	if x.response.failed != "" {
		fmt.Fprintf(&b, "response  none: %s\n", x.response.failed)
	} else {
		fmt.Fprintf(&b, "response  %d %s%s\n", x.response.Status, x.response.Body, reason(x.response))
	}
	for _, line := range s.subject.possible(x.request) {
		fmt.Fprintf(&b, "%s\n", line)
	}
	return b.String()
}

// maxLines is how much of a long conversation a report shows.
const maxLines = 60

func (s *session) writeTranscript(b *strings.Builder, x *exchange) {
	f := talk.File{Talks: []*talk.Talk{{Room: s.talk.Room, State: s.talk.State, Cast: s.talk.Cast}}}
	lines := mark("  ", f.String())
	for _, turn := range s.talk.Turns {
		m := "  "
		if turn == x.played {
			m = "> "
		}
		lines = append(lines, mark(m, turn.String())...)
	}
	if len(lines) > maxLines {
		fmt.Fprintf(b, "  ... %d lines\n", len(lines)-maxLines)
		lines = lines[len(lines)-maxLines:]
	}
	b.WriteString(strings.Join(lines, ""))
}

func mark(m, text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		out = append(out, m+line)
	}
	return out
}

func reason(r response) string {
	if r.reason == "" {
		return ""
	}
	return " (X-Bot-Error: " + r.reason + "; the bot's log says more)"
}

func violations(broken []chat.Violation) []string {
	var out []string
	for _, v := range broken {
		out = append(out, v.String())
	}
	return out
}

// show writes a state so that an empty one is seen.
func show(state string) string {
	if state == "" {
		return `"" (never set)`
	}
	if strings.TrimSpace(state) != state {
		return strconv.Quote(state)
	}
	return state
}
