package message

import (
	"errors"
	"strings"
)

// ValidationError lists everything that is wrong with a message. It never
// repeats the message's content. Get it with [errors.As].
type ValidationError struct {
	Problems []Problem // at least one
}

// Problem is one rule that a message breaks.
type Problem struct {
	// Path is the place by its wire names, as "template.columns[1].text";
	// empty for the message as a whole.
	Path string
	// Rule is one stable word: "required", "blank", "url", "link", "min", "max",
	// "range", "choice", "form", "type", "object", "utf8", "duplicate", "depth",
	// "size" or "encoding".
	Rule string
	// Text says in words what must hold, as "must not be blank".
	Text string
}

// Error lists the problems, as
// "message: originalUrl: must be an absolute http or https URL; width: must be positive".
func (e *ValidationError) Error() string {
	var b strings.Builder
	b.WriteString("message: ")
	for i, p := range e.Problems {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(p.String())
	}
	return b.String()
}

// String returns the place and the rule in words.
func (p Problem) String() string {
	if p.Path == "" {
		return p.Text
	}
	return p.Path + ": " + p.Text
}

var errNoObject = errors.New("not a JSON object")
