package bottest

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/fsm"
)

// summary is the coverage of one bot.
type summary struct {
	states, transitions, routes []item
}

// item is one thing that can be covered.
type item struct {
	name, at string
	level    level
	from     fsm.State         // where it can happen; Any for anywhere
	is       func(s step) bool // whether a step is it
}

func (b *seen) report() summary {
	var r summary
	if m := b.bot.Machine(); m != nil {
		for _, s := range m.States() {
			r.states = append(r.states, item{string(s), "", b.states[s], fsm.Any, func(st step) bool { return st.to == s }})
		}
		for _, tr := range m.Transitions() {
			r.transitions = append(r.transitions, item{tr.String(), tr.At(), b.transition(tr), tr.From, func(st step) bool { return b.takes(st, tr) }})
		}
	}
	for _, route := range b.bot.Routes() {
		from := fsm.Any
		if states := route.States(); len(states) > 0 {
			from = states[0]
		}
		name := route.String()
		r.routes = append(r.routes, item{name, route.At(), b.route(name), from, func(st step) bool { return st.route == name }})
	}
	return r
}

// lacks says which threshold is missed, empty for none.
func (r summary) lacks(want Cover) string {
	var lack []string
	for _, c := range []struct {
		what  string
		items []item
		want  int
	}{{"states", r.states, want.States}, {"transitions", r.transitions, want.Transitions}, {"routes", r.routes, want.Routes}} {
		if got := percent(c.items); got < c.want {
			lack = append(lack, fmt.Sprintf("%d %% of the %s are asserted on, %d %% are asked for", got, c.what, c.want))
		}
	}
	return strings.Join(lack, "; ")
}

func count(items []item, l level) int {
	n := 0
	for _, i := range items {
		if i.level >= l {
			n++
		}
	}
	return n
}

// percent rounds down, so that 100 means all.
func percent(items []item) int {
	if len(items) == 0 {
		return 100
	}
	return 100 * count(items, asserted) / len(items)
}

func (r summary) write(w io.Writer, b *seen) {
	out := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	out("conversations with %s:", cmp.Or(b.bot.SenderID(), "the bot"))
	for _, c := range []struct {
		what  string
		items []item
	}{{"states", r.states}, {"transitions", r.transitions}, {"routes", r.routes}} {
		if len(c.items) == 0 {
			continue
		}
		n, all, through := count(c.items, asserted), len(c.items), count(c.items, passed)
		line := fmt.Sprintf("  %-12s %d of %d asserted on (%d %%)", c.what, n, all, percent(c.items))
		if through > n {
			line += fmt.Sprintf(", %d more passed through", through-n)
		}
		out("%s", line)
	}
	for _, i := range slices.Concat(r.transitions, r.routes) {
		if i.level < asserted {
			out("  not asserted on: %s (%s)", i.name, i.at)
			for _, l := range b.shortest(i) {
				out("      %s", l)
			}
		}
	}
}
