package event

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Text returns what the person wrote, as it was written. It is empty for
// messages that are no writing: pictures, system messages, ciphertext.
//
// Writing is messageType "text" or absent, "mixed" (the web client's text with
// pictures), "ai_streaming", and "line" (bridged from LINE) when it carries a
// text.
func (m *Message) Text() string {
	switch m.Type {
	case "text", "", "mixed":
		return m.Body.String()
	case "ai_streaming":
		return first(m.StreamText, m.Body.String())
	case "line":
		return first(m.Body.String(), m.lineText())
	}
	return ""
}

// lineText reads the LINE message object, which stands in extra, usually as
// JSON encoded into a string.
func (m *Message) lineText() string {
	var line struct {
		Type string `json:"type"`
		Text string `json:"text"`
	}
	if unwrap(m.Extra, &line) != nil || line.Type != "text" {
		return ""
	}
	return line.Text
}

// unwrap decodes v, or the JSON that v holds as a string, into target.
func unwrap(v jsontext.Value, target any) error {
	if v.Kind() == '"' {
		inner, err := jsontext.AppendUnquote(nil, v)
		if err != nil {
			return err
		}
		v = inner
	}
	return json.Unmarshal(v, target, asSeen)
}

var systemTypes = []string{
	"joinRoom", "leaveRoom", "addMember", "addMembers", "deleteMember", "deleteMembers",
	"cancelInvitations", "recall", "announcement",
}

// IsSystem reports whether the server or a client made this message to tell of
// something (a member who came, a recall, an announcement), so that nobody
// wrote it as an answer to the bot.
func (m *Message) IsSystem() bool { return slices.Contains(systemTypes, m.Type) }

// Members returns the users a membership message is about, in whichever of its
// forms they came: "member", "extra.invitees", "extra.members", or an array
// encoded into the text. joinRoom and leaveRoom are about the sender. It is nil
// for other messages.
func (m *Message) Members() []User {
	switch m.Type {
	case "joinRoom", "leaveRoom":
		return []User{m.Sender}
	case "addMember", "addMembers", "deleteMember", "deleteMembers", "cancelInvitations":
	default:
		return nil
	}
	var extra struct {
		Invitees []User `json:"invitees"`
		Members  []User `json:"members"`
	}
	_ = unwrap(m.Extra, &extra)
	var encoded []User
	if text := m.Body.String(); strings.HasPrefix(text, "[") {
		_ = json.Unmarshal([]byte(text), &encoded, asSeen)
	}
	switch {
	case m.Member != nil:
		return []User{*m.Member}
	case len(extra.Invitees) > 0:
		return extra.Invitees
	case len(extra.Members) > 0:
		return extra.Members
	}
	return encoded
}
