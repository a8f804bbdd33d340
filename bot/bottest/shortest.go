package bottest

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/funtekco/webhookbot/fsm"
)

// shortest returns the shortest conversation to something, as far as the tests
// have found the way, and else to where it could happen.
func (b *seen) shortest(i item) []string {
	if way := b.path(i.is); way != nil {
		return b.lines(way)
	}
	switch {
	case i.from == fsm.Any:
		return []string{"nothing that was said so far does it"}
	case i.from == b.start():
		return []string{fmt.Sprintf("in %s nothing that was said so far does it", show(string(i.from)))}
	}
	way := b.path(func(st step) bool { return st.to == i.from })
	if way == nil {
		return []string{fmt.Sprintf("nothing that was said so far leads to %s", show(string(i.from)))}
	}
	return append(b.lines(way), fmt.Sprintf("now in %s, where nothing that was said so far does it", show(string(i.from))))
}

func (b *seen) start() fsm.State {
	if m := b.bot.Machine(); m != nil {
		return m.Initial()
	}
	return ""
}

func (b *seen) lines(way []step) []string {
	var lines []string
	for _, st := range way {
		lines = append(lines, strings.Split(strings.TrimSpace(b.says[st].String()), "\n")...)
	}
	return lines
}

// path finds the fewest steps from the start to one that is wanted.
func (b *seen) path(wanted func(step) bool) []step {
	came := map[fsm.State][]step{b.start(): {}}
	for queue := []fsm.State{b.start()}; len(queue) > 0; queue = queue[1:] {
		for _, st := range b.from(queue[0]) {
			way := append(slices.Clone(came[st.from]), st)
			if wanted(st) {
				return way
			}
			if _, known := came[st.to]; !known {
				came[st.to] = way
				queue = append(queue, st.to)
			}
		}
	}
	return nil
}

// from returns the steps seen from a state, in an order that is always the same.
func (b *seen) from(state fsm.State) []step {
	var steps []step
	for st := range b.steps {
		if st.from == state {
			steps = append(steps, st)
		}
	}
	slices.SortFunc(steps, func(x, y step) int {
		return cmp.Or(cmp.Compare(x.to, y.to), cmp.Compare(x.route, y.route))
	})
	return steps
}
