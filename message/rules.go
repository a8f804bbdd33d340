package message

import (
	"reflect"
	"regexp"
	"strings"
	"sync"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/go-playground/validator/v10"
)

// brokenRules applies the rules in the struct tags, then those of rules_type.go
// and its neighbours, which look at several fields.
func (m *Message) brokenRules() []Problem {
	err := rules().Struct(m)
	broken, _ := err.(validator.ValidationErrors)
	problems := make([]Problem, len(broken))
	for i, e := range broken {
		problems[i] = problem(e)
	}
	return problems
}

// rules is built once, when the first message needs it.
var rules = sync.OnceValue(func() *validator.Validate {
	v := validator.New(validator.WithRequiredStructEnabled())
	v.RegisterTagNameFunc(wireName)
	for tag, holds := range map[string]func(reflect.Value) bool{
		"sendable":     func(f reflect.Value) bool { return !isRefused(f.String()) },
		"notblank":     func(f reflect.Value) bool { return !isBlank(f.String()) },
		"mediaurl":     func(f reflect.Value) bool { return isMediaURL(f.String()) },
		"link":         func(f reflect.Value) bool { return isLink(f.String()) },
		"sticker":      func(f reflect.Value) bool { return stickerID.MatchString(f.String()) || isMediaURL(f.String()) },
		"ratio":        func(f reflect.Value) bool { return ratio.MatchString(f.String()) },
		"wholeseconds": func(f reflect.Value) bool { return isWholeSeconds(f.Float()) },
		"object":       func(f reflect.Value) bool { return isObject(f.Bytes()) },
	} {
		must(v.RegisterValidation(tag, func(fl validator.FieldLevel) bool { return holds(fl.Field()) }))
	}
	v.RegisterStructValidation(checked(checkMessage), Message{})
	v.RegisterStructValidation(checked(checkTemplate), Template{})
	v.RegisterStructValidation(checked(checkQuickReply), QuickReplyItem{})
	v.RegisterStructValidation(checked(checkContainer), FlexContainer{})
	v.RegisterStructValidation(checked(checkComponent), FlexComponent{})
	return v
})

func must(err error) {
	if err != nil {
		panic("message: " + err.Error()) // a rule registered under an impossible name
	}
}

var (
	stickerID = regexp.MustCompile(`^[A-Za-z0-9_]+-[0-9]+$`)
	ratio     = regexp.MustCompile(`^[1-9][0-9]{0,4}:[1-9][0-9]{0,4}$`)
)

// isWholeSeconds also refuses NaN and the infinities, which JSON cannot hold.
func isWholeSeconds(f float64) bool { return f >= 0 && f < 1<<31 && f == float64(int64(f)) }

func isObject(v jsontext.Value) bool { return v.Kind() == '{' && v.IsValid() }

// checker collects what a rule that looks at several fields finds.
type checker struct{ sl validator.StructLevel }

// require reports the rule for the field at path, below the struct under
// check, unless it holds.
func (c checker) require(holds bool, path, rule string) {
	if !holds {
		rule, param, _ := strings.Cut(rule, "=")
		c.sl.ReportError("", path, path, rule, param)
	}
}

// checked adapts a rule for T to the validator.
func checked[T any](check func(checker, *T)) validator.StructLevelFunc {
	return func(sl validator.StructLevel) {
		check(checker{sl}, sl.Current().Addr().Interface().(*T)) // addressable, since Validate has a pointer
	}
}

// wireName is the name a field has on the wire.
func wireName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// wireNames are all names of fields that a message can have.
var wireNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	addWireNames(names, reflect.TypeFor[Message](), map[reflect.Type]bool{})
	return names
})

func addWireNames(names map[string]bool, t reflect.Type, seen map[reflect.Type]bool) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || seen[t] {
		return
	}
	seen[t] = true
	for i := range t.NumField() {
		f := t.Field(i)
		if name := wireName(f); name != "" {
			names[name] = true
		}
		if f.IsExported() {
			addWireNames(names, f.Type, seen)
		}
	}
}
