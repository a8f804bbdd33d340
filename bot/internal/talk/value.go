package talk

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Form is how a value is written.
type Form int

// The forms of the grammar.
const (
	Text    Form = iota // text, in quotes or not
	Pattern             // ~ REGEXP
	Short               // [TYPE ...]
	JSON                // {JSON}
)

// Value is a message that is said, or one that is expected.
type Value struct {
	Form Form
	Text string         // the text, the regular expression, or the inside of the brackets
	JSON jsontext.Value // the fields of Short and JSON

	pattern *regexp.Regexp
}

// TextValue returns the value of a text message.
func TextValue(text string) Value { return Value{Text: text} }

// PatternValue returns the value that any message with a matching text meets.
func PatternValue(p *regexp.Regexp) Value { return Value{Form: Pattern, Text: p.String(), pattern: p} }

// MessageValue returns the shortest form that loses nothing of a message, a JSON
// object.
func MessageValue(fields jsontext.Value) Value {
	m, _ := parseFields(fields)
	text, isText := m["message"].(string)
	if isText && m["messageType"] == "text" && len(m) == 2 {
		return TextValue(text)
	}
	if v, ok := shorten(m); ok {
		return v
	}
	v, _ := readJSON(string(fields))
	return v
}

// Fields returns the message as a client would send it. A pattern has none.
func (v Value) Fields() jsontext.Value {
	if v.Form == Text {
		return chat.Text(v.Text)
	}
	return v.JSON
}

// ParseValue reads a value that is said, as it stands behind "ID:".
func ParseValue(s string) (Value, error) { return readValue(strings.TrimSpace(s), false) }

// ParseExpected reads a value that is expected, as it stands behind "<".
func ParseExpected(s string) (Value, error) { return readValue(strings.TrimSpace(s), true) }

// readValue parses lines of a value, which a continuation joined.
func readValue(s string, inReply bool) (Value, error) {
	switch {
	case strings.HasPrefix(s, `"`):
		if q, err := strconv.Unquote(s); err == nil {
			return TextValue(q), nil
		}
	case inReply && strings.HasPrefix(s, "~"):
		return readPattern(strings.TrimSpace(s[1:]))
	case strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]"):
		return readShort(s[1:len(s)-1], inReply)
	case strings.HasPrefix(s, "{"):
		return readJSON(s)
	}
	if s == "" {
		return Value{}, errors.New(`nothing is said here; an empty text is written ""`)
	}
	return TextValue(s), nil
}

func readPattern(s string) (Value, error) {
	p, err := regexp.Compile(s)
	if err != nil {
		return Value{}, fmt.Errorf("%w; a text that begins with ~ stands in quotes", err)
	}
	return PatternValue(p), nil
}

func readJSON(s string) (Value, error) {
	v := Value{Form: JSON, JSON: jsontext.Value(s)}
	if v.JSON.Kind() != '{' || v.JSON.Compact(jsontext.AllowInvalidUTF8(true), jsontext.PreserveRawStrings(true)) != nil {
		return Value{}, errors.New("not one JSON object; a text that begins with { stands in quotes")
	}
	return v, nil
}

// wide is how long a line of JSON may be before it is broken up.
const wide = 100

// lines writes the value; all but the first are continuations.
func (v Value) lines(inReply bool) []string {
	switch v.Form {
	case Pattern:
		return strings.Split("~ "+v.Text, "\n")
	case Short:
		return strings.Split("["+v.Text+"]", "\n")
	case JSON:
		return jsonLines(v.JSON)
	}
	if lines := strings.Split(v.Text, "\n"); v.survives(lines, inReply) {
		return lines
	}
	return []string{strconv.Quote(v.Text)}
}

// survives reports whether the text reads back as it is without quotes.
func (v Value) survives(lines []string, inReply bool) bool {
	for i, l := range lines {
		if i > 0 && strings.TrimSpace(l) != "" {
			l = strings.TrimLeft(l, " ") // a continuation may be indented
		}
		if !plainLine(l) {
			return false
		}
	}
	again, err := readValue(v.Text, inReply)
	return err == nil && again.Form == Text && again.Text == v.Text && lines[0] != "" && lines[len(lines)-1] != ""
}

func jsonLines(v jsontext.Value) []string {
	if len(v) <= wide {
		return []string{string(v)}
	}
	pretty := bytes.Clone(v)
	raw := []jsontext.Options{jsontext.AllowInvalidUTF8(true), jsontext.PreserveRawStrings(true), jsontext.WithIndent("  ")}
	if (*jsontext.Value)(&pretty).Indent(raw...) != nil {
		return []string{string(v)}
	}
	return strings.Split(string(pretty), "\n")
}

// parseFields reads a JSON object for comparison.
func parseFields(v jsontext.Value) (map[string]any, error) {
	var m map[string]any
	if v.Kind() != '{' {
		return nil, errors.New("not a JSON object")
	}
	return m, json.Unmarshal(v, &m, jsontext.AllowInvalidUTF8(true))
}
