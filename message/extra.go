package message

import (
	"maps"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// WithExtra adds members to the message's "extra", an object the server hands
// back as it was. v is a struct, a map or a [jsontext.Value] that makes a JSON
// object; where "extra" has a member of that name already, v's wins. What makes
// no object is reported by [Message.Validate].
func (m *Message) WithExtra(v any) *Message {
	added, err := object(v)
	if err != nil {
		m.problems = append(m.problems, Problem{Path: "extra", Rule: "object", Text: "must encode as a JSON object"})
		return m
	}
	if merged, err := object(m.Extra); err == nil {
		maps.Copy(merged, added)
		added = merged
	}
	m.Extra = encoded(added)
	return m
}

// object returns the members of the JSON object that v encodes as.
func object(v any) (map[string]jsontext.Value, error) {
	text, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		return nil, err
	}
	if jsontext.Value(text).Kind() != '{' {
		return nil, errNoObject
	}
	var members map[string]jsontext.Value
	err = json.Unmarshal(text, &members)
	return members, err
}

// encoded is the JSON of a value that always has one, in a fixed order.
func encoded(v any) jsontext.Value {
	text, err := json.Marshal(v, json.Deterministic(true))
	if err != nil {
		panic("message: " + err.Error()) // members come from object, which has parsed them
	}
	return text
}
