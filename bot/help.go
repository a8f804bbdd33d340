package bot

import (
	"maps"
	"slices"
	"strings"
)

// Help lists the commands a person may give in the state, each with the text of
// [Route.Help]; commands without one are left out. An empty state is the
// machine's initial one, so that a handler can pass the event's botState on.
//
//	/cancel  start over
//	/order   order a coffee
func (b *Bot) Help(botState string) string {
	var lines []string
	for name, r := range b.commands(botState) {
		if r.help != "" && name == r.match.keys[0] {
			lines = append(lines, b.cfg.CommandPrefixes[0]+name+"  "+r.help)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

// Suggest returns the command, with its prefix, that a person most likely meant
// by name in the state; ok is false when none is near.
func (b *Bot) Suggest(botState, name string) (command string, ok bool) {
	name = fold(name)
	if len(name) > 32 {
		return "", false
	}
	best := 1 + len(name)/3 // one slip for every three letters, and one
	known := b.commands(botState)
	for _, key := range slices.Sorted(maps.Keys(known)) {
		if d := distance(name, key); d < best || d == best && command == "" {
			best, command = d, b.cfg.CommandPrefixes[0]+key
		}
	}
	return command, command != ""
}

// commands returns the routes of the commands that count in the state, by name.
func (b *Bot) commands(botState string) map[string]*Route {
	state, _ := b.resolve(botState)
	t := b.compiled()
	l := t.states[state]
	if l == nil {
		l = &t.any
	}
	found := map[string]*Route{}
	for _, s := range slices.Backward(l[:]) { // nearer routes replace farther ones
		if s != nil {
			maps.Copy(found, s.commands)
		}
	}
	return found
}

// distance is the number of letters to insert, delete, change or swap with the
// next to turn a into b.
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	before, above, row := make([]int, len(y)+1), make([]int, len(y)+1), make([]int, len(y)+1)
	for j := range above {
		above[j] = j
	}
	for i := 1; i <= len(x); i++ {
		row[0] = i
		for j := 1; j <= len(y); j++ {
			cost := 1
			if x[i-1] == y[j-1] {
				cost = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+cost)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, above, row = above, row, before
	}
	return above[len(y)]
}
