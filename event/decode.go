package event

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// MaxValues is how many values a body may hold, in objects and arrays together,
// give or take. Real events hold tens; a room with thousands of members stays
// under it too.
const MaxValues = 1 << 16

// MaxDepth is how deep objects and arrays may nest in a body, counting the
// outermost. Real events stay under ten.
const MaxDepth = 64

// Decode reads one request body. Its errors are [*DecodeError].
// The event does not refer to body, which may be used again.
func Decode(body []byte) (Event, error) {
	if err := checkText(body); err != nil {
		return nil, err
	}
	text := string(body) // one copy, of which the strings of a plain body are parts
	if plain := (wire{text: text}); readPlain(text, &plain) {
		return plain.settle()
	}
	return decodeAny(body, text)
}

// decodeAny reads a body by the rules of the spec, and where a type differs once
// more by rules that cost more.
func decodeAny(body []byte, text string) (Event, error) {
	w := &wire{text: text}
	err := w.read(body, asSpecified)
	if isTypeError(err) {
		w = &wire{text: text, Event: w.Event}
		err = w.read(body, asSeenEnvelope)
	}
	if err != nil {
		return nil, asDecodeError(err)
	}
	return w.settle()
}

// wire is the envelope as it stands in the body.
type wire struct {
	AppID    string   `json:"appID"`
	ClientID string   `json:"clientID"`
	RobotID  string   `json:"robotID"`
	RoomID   string   `json:"roomID"`
	Event    Kind     `json:"event"`
	BotState *string  `json:"botState"`
	Data     dataWire `json:"data"`

	text string // the whole body
}

// dataWire is the value of "data", whose type depends on the event's name.
type dataWire struct {
	parent     *wire
	start, end int          // where the value is in the text
	event      Event        // nil until the data was read
	message    *messageWire // the event, before its names are folded
}

func (w *wire) read(body []byte, opts json.Options) error {
	w.Data.parent = w
	if err := json.Unmarshal(body, w, opts); err != nil {
		return err
	}
	if w.Data.event == nil && w.Data.end > 0 && w.Event != "" {
		// "data" stood before "event": now that the name is known, read again.
		return json.Unmarshal(body, w, opts)
	}
	return nil
}

// UnmarshalJSONFrom decodes the data straight into the event's type, or passes
// over it while the event's name is not known yet.
func (d *dataWire) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	before := int(dec.InputOffset())
	kind := dec.PeekKind()
	if err := d.into(dec, kind); err != nil {
		return err
	}
	d.end = int(dec.InputOffset())
	d.start = d.end - len(strings.TrimLeft(d.parent.text[before:d.end], ": \t\r\n"))
	return nil
}

func (d *dataWire) into(dec *jsontext.Decoder, kind jsontext.Kind) error {
	var target any
	d.event, target = d.create(d.parent.Event)
	switch {
	case target == nil, kind == 'n':
		return dec.SkipValue()
	case kind != '{':
		return typeErrorAt("/data")
	}
	return json.UnmarshalDecode(dec, target)
}

// create returns the event of a kind and what its data is decoded into: nothing
// while the kind is unknown.
func (d *dataWire) create(kind Kind) (Event, any) {
	switch kind {
	case "":
		return nil, nil
	case KindMessage:
		d.message = new(messageWire)
		return &d.message.Message, d.message
	case KindJoinRoom:
		e := new(JoinRoom)
		return e, &e.Membership
	case KindAddMembers:
		e := new(AddMembers)
		return e, &e.Membership
	case KindDeleteMembers:
		e := new(DeleteMembers)
		return e, &e.Membership
	}
	return &Unknown{Name: kind}, nil
}

// settle fills the envelope and checks what routes.
func (w *wire) settle() (Event, error) {
	if w.Event == "" {
		return nil, &DecodeError{Pointer: "/event", Err: ErrMissing}
	}
	e := w.Data.event
	if e == nil { // "data" is absent
		e, _ = w.Data.create(w.Event)
	}
	h := e.Head()
	*h = Envelope{AppID: w.AppID, ClientID: w.ClientID, RobotID: w.RobotID, RoomID: w.RoomID, raw: w.text, start: w.Data.start, end: w.Data.end}
	if w.BotState != nil {
		h.BotState, h.HasBotState = *w.BotState, true
	}
	var room string
	switch e := e.(type) {
	case *Message:
		w.Data.settleMessage(e)
		room = e.Room
		if room == "" && h.RoomID == "" && w.Data.message != nil {
			room = w.Data.message.RoomAlias // a client's stray copy is better than none
		}
	case *JoinRoom:
		room = e.settle(h)
	case *AddMembers:
		room = e.settle(h)
	case *DeleteMembers:
		room = e.settle(h)
	case *Unknown:
		if data := h.Data(); data != "" {
			e.Payload = jsontext.Value(data)
		}
	}
	if err := h.settleRoom(room); err != nil {
		return nil, err
	}
	return e, nil
}

func (d *dataWire) settleMessage(m *Message) {
	if d.message != nil {
		d.message.settle()
	}
	m.Sender.ID = first(m.Sender.ID, m.ClientID)
	m.AppID = first(m.AppID, m.App)
}

func (m *Membership) settle(h *Envelope) (room string) {
	m.Sender.ID = first(m.Sender.ID, h.ClientID)
	return m.Room
}

// settleRoom takes the room that data names when the envelope names none.
func (v *Envelope) settleRoom(room string) error {
	switch {
	case v.RoomID == "" && room == "":
		return &DecodeError{Pointer: "/roomID", Err: ErrMissing}
	case v.RoomID == "":
		v.RoomID = room
	case room != "" && room != v.RoomID:
		return &DecodeError{Pointer: "/data/room", Err: ErrRoom}
	}
	return nil
}

// checkText refuses what no JSON decoder should be asked to read.
func checkText(body []byte) error {
	if !utf8.Valid(body) {
		return &DecodeError{Err: ErrUTF8}
	}
	if err := checkStructure(body); err != nil {
		return &DecodeError{Err: err}
	}
	return nil
}

// checkStructure counts nesting and values only when there are bytes enough for
// too much of either, so that ordinary bodies pay for vectorised counts and no
// more.
func checkStructure(body []byte) error {
	if bytes.Count(body, []byte{'{'})+bytes.Count(body, []byte{'['}) <= MaxDepth && bytes.Count(body, []byte{','}) <= MaxValues {
		return nil
	}
	depth, values, inString := 0, 0, false
	for i := 0; i < len(body); i++ {
		switch c := body[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			depth++
			values++
		case c == '}' || c == ']':
			depth--
		case c == ',':
			values++
		}
		if depth > MaxDepth {
			return ErrDepth
		}
		if values > MaxValues {
			return ErrValues
		}
	}
	return nil
}
