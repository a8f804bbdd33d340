package emulator

// grade is how well a bot kept the protocol.
type grade string

const (
	kept    grade = "kept"
	careful grade = "careful" // nothing is broken, but somebody should look
	broken  grade = "broken"
)

// info marks a note that does not change the grade.
const info grade = "info"

// note is one finding about a turn.
type note struct {
	Code  string `json:"code"`
	Text  string `json:"text"`
	Grade grade  `json:"grade,omitzero"`
}

// verdict is the worst grade of its notes.
type verdict struct {
	Grade grade  `json:"grade,omitzero"` // empty while nothing was judged
	Notes []note `json:"notes,omitzero"`
}

// say adds a note and lowers the grade where it must.
func (v *verdict) say(g grade, code, text string) {
	v.Notes = append(v.Notes, note{code, text, g})
	if g == broken || g == careful && v.Grade != broken {
		v.Grade = g
	}
}

// verdict judges an ordinary exchange, where a good answer with 200 is expected.
func (x *exchange) verdict() verdict {
	v := verdict{Grade: kept}
	if x.Err != "" {
		v.say(broken, "no-answer", x.Err)
	}
	for _, b := range x.Broken {
		v.say(broken, b.Code, b.Text)
	}
	return v
}

// wellFormed reports an answer that keeps every rule, whatever its status.
func (x *exchange) wellFormed() bool {
	for _, b := range x.Broken {
		if b.Code != "status" {
			return false
		}
	}
	return x.Err == ""
}

// noop reports an answer that does nothing.
func (x *exchange) noop() bool {
	return x.wellFormed() && x.answer.Data == nil && x.answer.ToBotState == nil
}
