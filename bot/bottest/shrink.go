package bottest

import (
	"slices"

	"github.com/funtekco/webhookbot/bot/internal/talk"
)

// maxShrink bounds the turns that shrinking plays.
const maxShrink = 100_000

// shrink returns the conversation without the turns that the failure does not
// need: halves first, then ever smaller pieces, then each turn by itself.
func shrink(tk *talk.Talk, fails func(*talk.Talk) bool) *talk.Talk {
	small := *tk
	played := 0
	for size := (len(small.Turns) + 1) / 2; size > 0 && played < maxShrink; {
		removed := false
		for from := 0; from < len(small.Turns) && played < maxShrink; {
			candidate := small
			candidate.Turns = slices.Delete(slices.Clone(small.Turns), from, min(from+size, len(small.Turns)))
			played += len(candidate.Turns) + 1
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
