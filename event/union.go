package event

import (
	"bytes"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Body is the wire field "message": a string in almost every message, but also
// seen as a number and as an object of a customer's own.
type Body struct {
	text string
	raw  jsontext.Value // only of a body that is not a string
}

// TextBody returns the body that holds text.
func TextBody(text string) Body { return Body{text: text} }

// String returns the text: the string itself, or the digits of a number. It is
// empty for anything else.
func (b Body) String() string { return b.text }

// JSON returns the body as it came when it was not a string, else nil.
func (b Body) JSON() jsontext.Value { return b.raw }

// IsZero reports whether there was no body at all.
func (b Body) IsZero() bool { return b.text == "" && b.raw == nil }

// MarshalJSONTo writes the body in the JSON type it came in.
func (b Body) MarshalJSONTo(enc *jsontext.Encoder) error {
	if b.raw != nil {
		return enc.WriteValue(b.raw)
	}
	return enc.WriteToken(jsontext.String(b.text))
}

// UnmarshalJSONFrom accepts any JSON value.
func (b *Body) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*b = Body{}
	kind := dec.PeekKind()
	if kind == '"' {
		return json.UnmarshalDecode(dec, &b.text)
	}
	v, err := dec.ReadValue()
	if err != nil || kind == 'n' {
		return err
	}
	b.raw = bytes.Clone(v)
	if kind == '0' {
		b.text = string(v)
	}
	return nil
}

// Reply is the wire field "reply": the ID of the message that is answered, or
// that whole message.
type Reply struct {
	ID      string
	Message *Message // nil when the server sent the ID alone
}

// MarshalJSONTo writes the message when there is one, else the ID.
func (r Reply) MarshalJSONTo(enc *jsontext.Encoder) error {
	if r.Message != nil {
		return json.MarshalEncode(enc, wireOf(r.Message))
	}
	return enc.WriteToken(jsontext.String(r.ID))
}

// UnmarshalJSONFrom accepts a string or an object and takes anything else for
// no reply.
func (r *Reply) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*r = Reply{}
	switch dec.PeekKind() {
	case '"':
		return json.UnmarshalDecode(dec, &r.ID)
	case '{':
		w := new(messageWire)
		if err := json.UnmarshalDecode(dec, w); err != nil {
			return err
		}
		r.Message = w.settle()
		r.ID = r.Message.ID
		return nil
	}
	return dec.SkipValue()
}
