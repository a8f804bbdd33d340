package bottest

import (
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// lastReply returns the last message of the bot, nil for none.
func (r *Room) lastReply() jsontext.Value {
	for _, x := range slices.Backward(r.session.turns) {
		if x.observed.Message != nil {
			return x.observed.Message
		}
	}
	return nil
}

// findAction looks for the action with a label anywhere in a message. It returns
// the text the action sends, and the labels of all that send one.
func findAction(message jsontext.Value, label string) (text string, labels []string) {
	var m any
	_ = json.Unmarshal(message, &m)
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			l, t, ok := action(v)
			if ok {
				labels = append(labels, l)
			}
			if ok && l == label && text == "" {
				text = t
			}
			for _, name := range slices.Sorted(maps.Keys(v)) {
				walk(v[name])
			}
		}
	}
	walk(m)
	return text, labels
}

// action reads the actions that web clients act on by sending a text.
func action(v map[string]any) (label, text string, ok bool) {
	label, hasLabel := v["label"].(string)
	text, hasText := v["text"].(string)
	return label, text, hasLabel && hasText && (v["type"] == "message" || v["type"] == "text")
}

// quoted returns s as a JSON string.
func quoted(s string) string {
	b, _ := jsontext.AppendQuote(nil, s)
	return string(b)
}
