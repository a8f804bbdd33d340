package event

import (
	"reflect"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

var (
	// asSpecified reads a body whose values have the types the spec shows.
	// Invalid UTF-8 is allowed because checkText has refused raw bytes already;
	// what is left are escaped lone surrogates, which become U+FFFD.
	asSpecified = jsontext.AllowInvalidUTF8(true)

	// asSeen reads the other types values were seen with, and takes a value it
	// cannot use for an absent one.
	asSeen json.Options

	// asSeenEnvelope does so for a whole body, in which some values route.
	asSeenEnvelope json.Options
)

// init breaks the circle of reading JSON inside JSON by the same rules.
func init() {
	asSeen = json.JoinOptions(asSpecified, json.WithUnmarshalers(json.UnmarshalFromFunc(readAsSeen)))
	asSeenEnvelope = json.JoinOptions(asSpecified, json.WithUnmarshalers(json.UnmarshalFromFunc(readEnvelope)))
}

// readEnvelope reads one value of a body into v.
func readEnvelope(dec *jsontext.Decoder, v any) error {
	kind, at := dec.PeekKind(), dec.StackPointer()
	if wanted, strict := routing[at]; strict && kind != 'n' && !strings.ContainsRune(wanted, rune(kind)) {
		return typeErrorAt(at)
	}
	return readAsSeen(dec, v)
}

// readAsSeen reads one value of any type into v.
func readAsSeen(dec *jsontext.Decoder, v any) error {
	kind := dec.PeekKind()
	switch v := v.(type) {
	case *User:
		return readUser(dec, kind, v)
	case *string:
		return readString(dec, kind, v)
	case *bool:
		return readBool(dec, kind, v)
	case *int:
		f, err := readNumber(dec, kind)
		*v = int(whole(f))
		return err
	case *int64:
		f, err := readNumber(dec, kind)
		*v = whole(f)
		return err
	case *float64:
		f, err := readNumber(dec, kind)
		*v = f
		return err
	case json.UnmarshalerFrom, *jsontext.Value:
		return errNotHere
	}
	return readTree(dec, kind, v)
}

// routing lists the values whose type must be right, with the kinds allowed.
// A wrong one fails the event: guessing would send it to the wrong handler, or
// let the bot hear itself.
var routing = map[jsontext.Pointer]string{
	"":                 `{`,
	"/event":           `"`,
	"/roomID":          `"`,
	"/botState":        `"`,
	"/clientID":        `"`,
	"/data/room":       `"`,
	"/data/sender":     `{"`,
	"/data/sender/_id": `"`,
	"/data/sender/id":  `"`,
}

// readUser leaves what a user may be to its own method and drops the rest.
func readUser(dec *jsontext.Decoder, kind jsontext.Kind, u *User) error {
	switch kind {
	case '"', '{', 'n':
		return errNotHere
	}
	*u = User{}
	return dec.SkipValue()
}

func readString(dec *jsontext.Decoder, kind jsontext.Kind, s *string) error {
	if kind != '"' {
		*s = ""
		return dec.SkipValue()
	}
	tok, err := dec.ReadToken()
	if err == nil {
		*s = tok.String()
	}
	return err
}

func readBool(dec *jsontext.Decoder, kind jsontext.Kind, b *bool) error {
	*b = kind == 't'
	return dec.SkipValue()
}

// readNumber accepts numbers and numbers inside strings; 0 for anything else
// and for what no float64 holds.
func readNumber(dec *jsontext.Decoder, kind jsontext.Kind) (float64, error) {
	if kind != '0' && kind != '"' {
		return 0, dec.SkipValue()
	}
	tok, err := dec.ReadToken()
	if err != nil {
		return 0, err
	}
	f, err := strconv.ParseFloat(strings.TrimSpace(tok.String()), 64)
	if err != nil || f != f {
		return 0, nil
	}
	return f, nil
}

// whole returns f when it is a whole number that a float64 holds exactly.
func whole(f float64) int64 {
	const limit = 1 << 53
	if f != f || f < -limit || f > limit || f != float64(int64(f)) {
		return 0
	}
	return int64(f)
}

// readTree leaves objects, arrays and pointers to the decoder when the kind
// fits, opens JSON that was encoded into a string, and drops anything else.
func readTree(dec *jsontext.Decoder, kind jsontext.Kind, v any) error {
	t := reflect.TypeOf(v).Elem()
	want := jsontext.Kind('{')
	switch t.Kind() {
	case reflect.Slice, reflect.Array:
		want = '['
	case reflect.Struct, reflect.Map:
	default: // pointers and named basic types decide further down
		return readNamed(dec, kind, v)
	}
	switch kind {
	case want, 'n':
		return errNotHere
	case '"':
		return readEncoded(dec, want, v)
	}
	return dec.SkipValue()
}

// readNamed reads into a named basic type; pointers are left to the decoder,
// which comes back with what they point to.
func readNamed(dec *jsontext.Decoder, kind jsontext.Kind, v any) error {
	e := reflect.ValueOf(v).Elem()
	if e.Kind() != reflect.String {
		return errNotHere
	}
	var s string
	err := readString(dec, kind, &s)
	e.SetString(s)
	return err
}

// readEncoded reads an object or array that stands inside a JSON string.
func readEncoded(dec *jsontext.Decoder, want jsontext.Kind, v any) error {
	var inner string
	if err := readString(dec, '"', &inner); err != nil {
		return err
	}
	text := jsontext.Value(strings.TrimSpace(inner))
	if text.Kind() == want && checkStructure(text) == nil {
		// Best effort: text that is no JSON leaves v as it is.
		_ = json.Unmarshal(text, v, asSeen)
	}
	return nil
}
