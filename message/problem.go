package message

import (
	"strings"

	"github.com/go-playground/validator/v10"
)

// wordings gives each rule of the validator the stable word of Problem.Rule and
// says in words what must hold; the rule's parameter follows.
var wordings = map[string]struct{ rule, text string }{
	"required":     {"required", "is required"},
	"notblank":     {"blank", "must not be blank"},
	"sendable":     {"type", "must not be a type that only the server sends, nor \"url\", which the web client does not show"},
	"mediaurl":     {"url", "must be an absolute http or https URL without blanks"},
	"link":         {"link", "must be an absolute http, https, tel or mailto URL without blanks"},
	"sticker":      {"form", "must be a sticker ID such as FunFunFamily-1, or an http or https URL"},
	"ratio":        {"form", "must be a ratio such as 16:9"},
	"wholeseconds": {"range", "must be whole seconds, 0 or more"},
	"object":       {"object", "must be a JSON object"},
	"oneof":        {"choice", "must be one of: "},
	"min":          {"min", "must not have fewer elements than "},
	"max":          {"max", "must not have more elements than "},
	"len":          {"max", "must have this many elements: "},
	"gt":           {"range", "must be more than "},
	"gte":          {"range", "must not be less than "},
	"lte":          {"range", "must not be more than "},
	"bubble":       {"choice", "must be a bubble: carousels do not nest"},
	"only":         {"type", "belongs to messages of this type: "},
}

func problem(e validator.FieldError) Problem {
	p := Problem{Path: wirePath(e.Namespace()), Rule: e.Tag(), Text: "breaks the rule " + e.Tag()}
	if w, ok := wordings[e.Tag()]; ok {
		p.Rule, p.Text = w.rule, w.text
	}
	if strings.HasSuffix(p.Text, " ") {
		p.Text += e.Param()
	}
	return p
}

// wirePath drops from a validator's namespace the Go types at its head.
func wirePath(namespace string) string {
	return strings.TrimPrefix(strings.TrimPrefix(namespace, "Message."), "Content.")
}
