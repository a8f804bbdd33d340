package emulator

import (
	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/message"
)

// finding is a [message.Finding] as the page gets it.
type finding struct {
	Code   string         `json:"code"`
	Client message.Client `json:"client"`
	Effect message.Effect `json:"effect"`
	Path   string         `json:"path,omitzero"`
	Text   string         `json:"text"`
}

// findingsOf tells what real clients would do wrong with an answer's message.
func findingsOf(a chat.Answer) []finding {
	var all []finding
	if a.SenderID == "" {
		all = append(all, finding{"no-sender", message.Web, message.Hides, "", "is not shown when it arrives, because nobody sent it; after a reload it has no name"})
	}
	for _, f := range message.Inspect(a.Data) {
		all = append(all, finding(f))
	}
	return all
}
