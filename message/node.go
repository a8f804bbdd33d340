package message

import (
	"strconv"
	"unicode/utf16"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// node is one JSON value of a message, with its path. The value nil stands for
// an absent one as well as for null, which no client tells apart.
type node struct {
	path  string
	value any
}

// get returns a member of an object, absent if n is none. As in the web client,
// an object may come as JSON inside a string.
func (n node) get(name string) node {
	at := name
	if n.path != "" {
		at = n.path + "." + name
	}
	members, _ := n.opened().value.(map[string]any)
	return node{at, members[name]}
}

// elements returns the elements of an array, none if n is no array.
func (n node) elements() []node {
	values, _ := n.value.([]any)
	nodes := make([]node, len(values))
	for i, v := range values {
		nodes[i] = node{n.path + "[" + strconv.Itoa(i) + "]", v}
	}
	return nodes
}

// opened decodes the JSON object inside a string; other values stay as they are.
func (n node) opened() node {
	s, ok := n.value.(string)
	var members map[string]any
	if ok && json.Unmarshal([]byte(s), &members, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)) == nil {
		n.value = members
	}
	return n
}

func (n node) absent() bool { return n.value == nil }

func (n node) isString() bool { _, ok := n.value.(string); return ok }

func (n node) isArray() bool { _, ok := n.value.([]any); return ok }

func (n node) isObject() bool { _, ok := n.opened().value.(map[string]any); return ok }

func (n node) isTrue() bool { return n.value == true }

// text is the string, empty for any other value.
func (n node) text() string { s, _ := n.value.(string); return s }

func (n node) blank() bool { return isBlank(n.text()) }

// length counts as JavaScript does, in UTF-16 units.
func (n node) length() int { return len(utf16.Encode([]rune(n.text()))) }

// number is the number, 0 for any other value.
func (n node) number() float64 { f, _ := n.value.(float64); return f }

func (n node) isWhole() bool { return n.number() == float64(int64(n.number())) }
