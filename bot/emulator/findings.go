package emulator

// finding is what a real client would do wrong with a message.
type finding struct {
	Code   string `json:"code"`
	Client string `json:"client"`
	Path   string `json:"path,omitzero"`
	Text   string `json:"text"`
}

func findingsOf(x *exchange) []finding { return nil }
