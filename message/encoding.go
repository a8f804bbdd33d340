package message

import (
	"errors"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// encodingProblems encodes the message to see what only its bytes show.
func (m *Message) encodingProblems() []Problem {
	text, err := json.Marshal(m)
	switch {
	case err != nil:
		return []Problem{m.encodingProblem(err)}
	case len(text) > MaxSize:
		return []Problem{{"", "size", "must not take more than 64 KiB of JSON"}}
	}
	return nil
}

// encodingProblem keeps the place and drops the rest of err, which quotes the
// content.
func (m *Message) encodingProblem(err error) Problem {
	var p Problem
	syntax, semantic := new(jsontext.SyntacticError), new(json.SemanticError)
	switch {
	case errors.As(err, &syntax):
		p.Path = pathOf(syntax.JSONPointer)
	case errors.As(err, &semantic):
		p.Path = pathOf(semantic.JSONPointer)
	}
	if errors.Is(err, jsontext.ErrDuplicateName) {
		p.Rule, p.Text = "duplicate", "must not stand twice: a field of the message has that name"
	} else if _, err := json.Marshal(m, jsontext.AllowInvalidUTF8(true)); err == nil {
		p.Rule, p.Text = "utf8", "must be valid UTF-8"
	} else {
		p.Rule, p.Text = "encoding", "must encode as JSON"
	}
	return p
}

// pathOf turns a JSON pointer into the form of Problem.Path. It ends at a name
// that is no wire name, since that is content.
func pathOf(pointer jsontext.Pointer) string {
	var b strings.Builder
	for tok := range pointer.Tokens() {
		switch {
		case tok != "" && tok[0] >= '0' && tok[0] <= '9':
			b.WriteString("[" + tok + "]")
			continue
		case !wireNames()[tok]:
			return b.String()
		}
		if b.Len() > 0 {
			b.WriteByte('.')
		}
		b.WriteString(tok)
	}
	return b.String()
}
