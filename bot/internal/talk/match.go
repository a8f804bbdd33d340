package talk

import (
	"fmt"
	"maps"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Match compares a message the bot sent with the value that is expected. It
// returns what is wrong in a few words, empty for nothing.
func (v Value) Match(sent jsontext.Value) string {
	got, err := parseFields(sent)
	if err != nil {
		return "the message is not a JSON object"
	}
	text, isText := got["message"].(string)
	switch v.Form {
	case Text:
		if got["messageType"] != "text" {
			return fmt.Sprintf("the message is of type %v, not a text", got["messageType"])
		}
		if !isText || text != v.Text {
			return "the text differs"
		}
		return ""
	case Pattern:
		if !isText || !v.pattern.MatchString(text) {
			return "the text does not match the expression"
		}
		return ""
	}
	want, err := parseFields(v.JSON)
	if err != nil {
		return "the expected message is not a JSON object"
	}
	return subset(want, got)
}

// subset reports where got lacks something of want, empty for nowhere.
func subset(want, got any) string { return subsetAt("", want, got) }

func subsetAt(at string, want, got any) string {
	switch want := want.(type) {
	case map[string]any:
		have, ok := got.(map[string]any)
		if !ok {
			return differs(at, want, got)
		}
		for _, name := range slices.Sorted(maps.Keys(want)) {
			child, ok := have[name]
			if !ok {
				return at + "/" + name + " is missing"
			}
			if d := subsetAt(at+"/"+name, want[name], child); d != "" {
				return d
			}
		}
		return ""
	case []any:
		have, ok := got.([]any)
		if !ok || len(have) != len(want) {
			return differs(at, want, got)
		}
		for i := range want {
			if d := subsetAt(fmt.Sprintf("%s/%d", at, i), want[i], have[i]); d != "" {
				return d
			}
		}
		return ""
	}
	if want != got {
		return differs(at, want, got)
	}
	return ""
}

func differs(at string, want, got any) string {
	return fmt.Sprintf("%s is %s, expected %s", at, brief(got), brief(want))
}

// brief writes a value so that a line of output holds it.
func brief(v any) string {
	b, _ := json.Marshal(v, json.Deterministic(true), jsontext.AllowInvalidUTF8(true))
	if r := []rune(string(b)); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return string(b)
}
