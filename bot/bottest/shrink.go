package bottest

import (
	"slices"

	"github.com/funtekco/webhookbot/bot/internal/talk"
)

// maxTries bounds the conversations that shrinking plays.
const maxTries = 300

// shrink returns the conversation without the turns that the failure does not
// need: halves first, then ever smaller pieces, then each turn by itself.
func shrink(tk *talk.Talk, fails func(*talk.Talk) bool) *talk.Talk {
	small := *tk
	tries := 0
	for size := (len(small.Turns) + 1) / 2; size > 0 && tries < maxTries; {
		removed := false
		for from := 0; from < len(small.Turns) && tries < maxTries; {
			candidate := small
			candidate.Turns = slices.Delete(slices.Clone(small.Turns), from, min(from+size, len(small.Turns)))
			tries++
			if fails(&candidate) {
				small, removed = candidate, true
			} else {
				from += size
			}
		}
		if !removed || size > 1 {
			size /= 2
		}
	}
	return &small
}
