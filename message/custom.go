package message

import (
	"slices"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Custom returns a message of any type, for what the other constructors do not
// cover: a type of the customer's own, or members this package does not know.
// fields is a struct, a map or a [jsontext.Value] that makes a JSON object,
// whose members stand beside messageType and message; nil adds none.
//
// Clients that do not know the type show little: the web client an empty bubble,
// the mobile client the fallback. Types that only the server may send
// (membership, recall, ...) and "url", which the web client shows as an empty
// bubble, are refused by [Message.Validate].
func Custom(messageType, fallback string, fields any) *Message {
	m := &Message{Type: messageType, Text: fallback}
	if fields == nil {
		return m
	}
	members, err := object(fields)
	if err != nil {
		m.problems = append(m.problems, Problem{Rule: "object", Text: "the fields must encode as a JSON object"})
		return m
	}
	if len(members) > 0 {
		m.fields = encoded(members)
	}
	return m
}

// refusedTypes cannot be sent: the server makes them, one that is malformed
// breaks a whole page of history in both clients, and "url" shows nothing on
// the web (web client, mobile client).
var refusedTypes = []string{
	"joinRoom", "leaveRoom", "addMember", "addMembers", "deleteMember", "deleteMembers",
	"cancelInvitations", "recall", "typing", "url",
}

func isRefused(messageType string) bool { return slices.Contains(refusedTypes, messageType) }

// MarshalJSONTo writes the message as the protocol wants it.
func (m *Message) MarshalJSONTo(enc *jsontext.Encoder) error {
	type plain Message
	if m.fields == nil {
		return json.MarshalEncode(enc, (*plain)(m))
	}
	text, err := json.Marshal((*plain)(m))
	if err != nil {
		return err
	}
	text[len(text)-1] = ','
	return enc.WriteValue(append(text, m.fields[1:]...))
}
