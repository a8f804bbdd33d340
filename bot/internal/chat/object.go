package chat

import (
	"bytes"
	"errors"
	"io"
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// field is one name and value of a JSON object.
type field struct {
	name  string
	value jsontext.Value
}

// object is a JSON object that keeps the order of its names and the bytes of its
// values, which no map and no struct does for fields nobody knows.
type object []field

var errNotObject = errors.New("not a JSON object")

// parseObject reads one JSON object. Half an emoji (a lone surrogate) passes,
// since clients send it.
func parseObject(v []byte, opts ...jsontext.Options) (object, error) {
	opts = append(opts, jsontext.AllowInvalidUTF8(true))
	dec := jsontext.NewDecoder(bytes.NewReader(v), opts...)
	if dec.PeekKind() != '{' {
		return nil, errNotObject
	}
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	var o object
	for dec.PeekKind() != '}' {
		name, err := dec.ReadToken()
		if err != nil {
			return nil, err
		}
		key := name.String()
		value, err := dec.ReadValue()
		if err != nil {
			return nil, err
		}
		o = append(o, field{key, bytes.Clone(value)})
	}
	if _, err := dec.ReadToken(); err != nil {
		return nil, err
	}
	if _, err := dec.ReadToken(); err != io.EOF {
		return nil, errNotObject
	}
	return o, nil
}

func (o object) index(name string) int {
	return slices.IndexFunc(o, func(f field) bool { return f.name == name })
}

func (o object) has(name string) bool { return o.index(name) >= 0 }

// get returns nil for a name that is absent.
func (o object) get(name string) jsontext.Value {
	if i := o.index(name); i >= 0 {
		return o[i].value
	}
	return nil
}

// set replaces the value of name where it stands, or appends it.
func (o *object) set(name string, value jsontext.Value) {
	if i := o.index(name); i >= 0 {
		(*o)[i].value = value
		return
	}
	*o = append(*o, field{name, value})
}

func (o *object) remove(names ...string) {
	*o = slices.DeleteFunc(*o, func(f field) bool { return slices.Contains(names, f.name) })
}

func (o object) encode() jsontext.Value {
	b := []byte{'{'}
	for i, f := range o {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, quote(f.name)...), ':'), f.value...)
	}
	return append(b, '}')
}

var null = jsontext.Value("null")

// quote returns s as a JSON string; bytes that are not UTF-8 become U+FFFD.
func quote(s string) jsontext.Value {
	b, _ := jsontext.AppendQuote(nil, s)
	return b
}

// unquote returns the string that v is, and whether it is one.
func unquote(v jsontext.Value) (string, bool) {
	var s string
	if v.Kind() != '"' || json.Unmarshal(v, &s, jsontext.AllowInvalidUTF8(true)) != nil {
		return "", false
	}
	return s, true
}
