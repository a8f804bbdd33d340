package talk

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// param is one word behind the type in [TYPE ...], and the fields it stands for.
type param struct {
	kind   paramKind
	fields []string
}

type paramKind int

const (
	word1   paramKind = iota // one word
	number                   // a JSON number
	size                     // WxH, in pixels
	seconds                  // Ns
	rest                     // the rest, a text
)

// shorts are the types that have more than a name between the brackets. Later
// parameters may be left out.
var shorts = map[string][]param{
	"image":        {{word1, []string{"originalUrl", "thumbnailUrl"}}, {size, []string{"width", "height"}}},
	"video":        {{word1, []string{"originalUrl", "thumbnailUrl"}}, {size, []string{"width", "height"}}, {seconds, []string{"duration"}}},
	"audio":        {{word1, []string{"originalUrl"}}, {seconds, []string{"duration"}}},
	"file":         {{word1, []string{"originalUrl"}}, {rest, []string{"message"}}},
	"location":     {{number, []string{"latitude"}}, {number, []string{"longitude"}}, {rest, []string{"message"}}},
	"sticker":      {{word1, []string{"sticker"}}},
	"mixed":        {{word1, []string{"originalUrl", "thumbnailUrl"}}, {rest, []string{"message"}}},
	"announcement": {{rest, []string{"message"}}},
}

var (
	typeName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)
	isSize   = regexp.MustCompile(`^([0-9]+)x([0-9]+)$`)
	isSecs   = regexp.MustCompile(`^([0-9]+(?:\.[0-9]+)?)s$`)
	isNumber = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?$`)
)

// readShort parses the inside of [TYPE ...]. What is said fills every field of a
// parameter (a picture is its own thumbnail); what is expected asks for the first.
func readShort(s string, inReply bool) (Value, error) {
	name, args, _ := strings.Cut(strings.TrimSpace(s), " ")
	if !typeName.MatchString(name) {
		return Value{}, errors.New("not a message type; a text in brackets stands in quotes")
	}
	fields := map[string]any{"messageType": name}
	args = strings.TrimSpace(args)
	for _, p := range shorts[name] {
		if args == "" {
			break
		}
		var err error
		if args, err = p.read(args, inReply, fields); err != nil {
			return Value{}, fmt.Errorf("[%s ...]: %w", name, err)
		}
	}
	if args != "" {
		return Value{}, fmt.Errorf("[%s ...]: more than this type takes; write its fields as {JSON}, or a text in quotes", name)
	}
	raw, err := json.Marshal(fields, json.Deterministic(true))
	return Value{Form: Short, Text: strings.TrimSpace(s), JSON: raw}, err
}

// read takes the parameter from the front of args. A parameter that may be left
// out takes nothing when the next word is not of its kind.
func (p param) read(args string, inReply bool, fields map[string]any) (left string, err error) {
	w, left, _ := strings.Cut(args, " ")
	left = strings.TrimSpace(left)
	switch p.kind {
	case rest:
		fields[p.fields[0]] = args
		return "", nil
	case number:
		if !isNumber.MatchString(w) {
			return "", errors.New("not a number")
		}
		fields[p.fields[0]] = jsontext.Value(w)
	case size:
		m := isSize.FindStringSubmatch(w)
		if m == nil {
			return args, nil
		}
		fields[p.fields[0]], fields[p.fields[1]] = num(m[1]), num(m[2])
	case seconds:
		m := isSecs.FindStringSubmatch(w)
		if m == nil {
			return args, nil
		}
		fields[p.fields[0]] = num(m[1])
	default:
		for i, f := range p.fields {
			if i == 0 || !inReply {
				fields[f] = w
			}
		}
	}
	return left, nil
}

// num drops leading zeros, which JSON does not have.
func num(s string) jsontext.Value {
	s = strings.TrimLeft(s, "0")
	if s == "" || s[0] == '.' {
		s = "0" + s
	}
	return jsontext.Value(s)
}

// shorten writes a message as [TYPE ...] if that reads back as the same message.
func shorten(m map[string]any) (Value, bool) {
	name, _ := m["messageType"].(string)
	words := []string{name}
	for _, p := range shorts[name] {
		words = append(words, p.show(m))
	}
	text := strings.Join(strings.Fields(strings.Join(words, " ")), " ")
	v, err := readShort(text, false)
	if err != nil {
		return Value{}, false
	}
	again, err := parseFields(v.JSON)
	return v, err == nil && equal(again, m)
}

func (p param) show(m map[string]any) string {
	v := m[p.fields[0]]
	switch p.kind {
	case size:
		return fmt.Sprintf("%sx%s", show(v), show(m[p.fields[1]]))
	case seconds:
		return show(v) + "s"
	}
	return show(v)
}

func show(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return ""
}

// equal compares decoded JSON: each holds all of the other.
func equal(a, b any) bool { return cmp.Or(subset(a, b), subset(b, a)) == "" }
