package message

import (
	"strings"
	"unicode/utf8"
)

// Validate reports every rule the message breaks as one [*ValidationError], nil
// when there is none. What is valid may still look other than meant, because a
// client cuts or ignores it: [Message.Findings] tells.
//
// It costs next to nothing for a text message and some microseconds for others.
func (m *Message) Validate() error {
	if m == nil {
		return &ValidationError{Problems: []Problem{{Rule: "required", Text: "there is no message (nil)"}}}
	}
	if m.isPlainText() {
		return nil
	}
	return m.validate()
}

// validate applies every rule.
func (m *Message) validate() error {
	problems := m.problems[:len(m.problems):len(m.problems)]
	if m.tooDeep() {
		// What follows walks the tree and would not come back from one that
		// contains itself.
		problems = append(problems, Problem{"contents", "depth", "must not nest deeper than 20"})
	} else {
		problems = append(problems, m.brokenRules()...)
		problems = append(problems, m.encodingProblems()...)
	}
	if len(problems) == 0 {
		return nil
	}
	return &ValidationError{Problems: problems}
}

// plainTextMax bounds the text that isPlainText vouches for: in the worst case
// JSON takes six bytes for one, so everything under it stays under MaxSize.
const plainTextMax = 8 << 10

// isPlainText recognises at a glance the common message in which no rule can be
// broken: a text, perhaps with a reply and mentions. False means nothing.
func (m *Message) isPlainText() bool {
	if m.Type != TypeText || m.fields != nil || m.problems != nil || !m.Content.isZero() {
		return false
	}
	size := len(m.Text) + len(m.ReplyTo)
	for _, id := range m.Mentions {
		size += len(id) + 1
		if !isWritten(id) {
			return false
		}
	}
	return size <= plainTextMax && isWritten(m.Text) && utf8.ValidString(m.ReplyTo)
}

// isWritten reports whether s is UTF-8 with something to see in it.
func isWritten(s string) bool { return !isBlank(s) && utf8.ValidString(s) }

func isBlank(s string) bool { return strings.TrimSpace(s) == "" }

const maxDepth = 20

// tooDeep reports whether the flex tree nests too deep, or contains itself.
func (m *Message) tooDeep() bool { return m.Contents != nil && !m.Contents.within(maxDepth) }

func (c *FlexContainer) within(depth int) bool {
	if depth == 0 {
		return false
	}
	for i := range c.Contents {
		if !c.Contents[i].within(depth - 1) {
			return false
		}
	}
	for _, part := range c.parts() {
		if part != nil && !part.within(depth-1) {
			return false
		}
	}
	return true
}

func (c *FlexComponent) within(depth int) bool {
	if depth == 0 {
		return false
	}
	for i := range c.Contents {
		if !c.Contents[i].within(depth - 1) {
			return false
		}
	}
	return true
}
