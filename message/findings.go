package message

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Client is a program in which people read messages.
type Client string

// The vendor's clients. Older ones behave like neither.
const (
	Web    Client = "web"    // the vendor's web client; its behaviour was run
	Mobile Client = "mobile" // the vendor's mobile client; its behaviour was read in the source
)

// Effect is how bad a finding is.
type Effect string

// The effects, worst first.
const (
	Breaks  Effect = "breaks"  // the client fails: the message, or the page it is on, is gone
	Exposes Effect = "exposes" // people are put at risk: live HTML, a token sent to another host
	Hides   Effect = "hides"   // there is nothing to see
	Disarms Effect = "disarms" // a button does nothing, or not what it should
	Alters  Effect = "alters"  // it is shown, but cut or otherwise
)

// Finding is one thing a client does with a message that its author may not
// expect. It is a warning: a message with findings can be sent.
type Finding struct {
	Code   string `json:"code"` // one stable word for the kind of finding, as "no-thumbnail"
	Client Client `json:"client"`
	Effect Effect `json:"effect"`
	Path   string `json:"path,omitzero"` // the place by its wire names, as "template.columns[1].text"; empty for the whole message
	Text   string `json:"text"`          // one sentence that says what happens; it repeats nothing of the message
}

// String returns client, place and sentence.
func (f Finding) String() string {
	if f.Path == "" {
		return string(f.Client) + ": " + f.Text
	}
	return string(f.Client) + ": " + f.Path + ": " + f.Text
}

// Findings lists what each client does with the message that its author may
// not expect, in the order of the message's parts and at most 100; nil for
// nothing. It is for tests and tools: it takes some microseconds.
func (m *Message) Findings() []Finding {
	data, err := json.Marshal(m)
	if err != nil {
		return nil // Validate says why
	}
	return Inspect(data)
}

// maxFindings bounds the list, since what is inspected may be anything.
const maxFindings = 100

// Inspect does for the JSON of a message what [Message.Findings] does: data is
// the "data" of a bot's answer, whoever wrote it and whatever its shape. A null
// is no message and has no findings.
func Inspect(data jsontext.Value) []Finding {
	var v any
	if json.Unmarshal(data, &v, jsontext.AllowInvalidUTF8(true), jsontext.AllowDuplicateNames(true)) != nil {
		v = data // not JSON, hence no object
	}
	if v == nil {
		return nil
	}
	var in inspector
	in.message(node{value: v})
	return in.found
}

// inspector collects findings.
type inspector struct{ found []Finding }

// note adds one kind of finding for the value at n.
func (in *inspector) note(k kind, n node) {
	if len(in.found) < maxFindings {
		in.found = append(in.found, Finding{k.code, k.client, k.effect, n.path, k.text})
	}
}

func (in *inspector) noteIf(holds bool, k kind, n node) {
	if holds {
		in.note(k, n)
	}
}
