package message

import "github.com/go-json-experiment/json/jsontext"

// The message types a bot can send, as the wire field "messageType" has them.
const (
	TypeText         = "text"
	TypeImage        = "image"
	TypeMixed        = "mixed"
	TypeVideo        = "video"
	TypeAudio        = "audio"
	TypeFile         = "file"
	TypeLocation     = "location"
	TypeSticker      = "sticker"
	TypeAnnouncement = "announcement"
	TypeTemplate     = "template"
	TypeFlex         = "flex"
)

// MaxSize is how many bytes of JSON one message may take: 64 KiB. The limit is
// this package's; no document of the vendor gives one.
const MaxSize = 64 << 10

// Message is one outgoing message. Make it with a constructor ([Text], [Image],
// [Buttons], ...), which sets everything its type needs; the fields are the
// wire's and may be changed afterwards. [Message.Validate] checks the result.
//
// A message is a plain value: it may be kept, shared and sent many times, and
// read from several goroutines as long as nobody writes to it.
type Message struct {
	Type string `json:"messageType" validate:"required,sendable"`

	// Text is the text of a text message. In every other type it is the
	// fallback: what a client shows that does not know the type. The
	// constructors set one; [Message.WithFallback] replaces it.
	Text string `json:"message" validate:"notblank"`

	ReplyTo  string   `json:"reply,omitzero"`                                        // ID of the message this one answers
	Mentions []string `json:"mentions,omitempty" validate:"omitempty,dive,notblank"` // IDs of the users who are told of it

	Content

	fields   jsontext.Value // more members of the JSON object, see [Custom]
	problems []Problem      // what a constructor or an option could not do; Validate reports it
}

// InReplyTo marks the message as an answer to the message with that ID
// (event.Message.ID). The web client shows a preview of it when it has the
// message loaded; the mobile client ignores a bare ID (web client, mobile
// client).
func (m *Message) InReplyTo(messageID string) *Message {
	m.ReplyTo = messageID
	return m
}

// Mention adds users who are told that they were mentioned. It does not change
// the text; [Markdown.Mention] writes the name as well.
func (m *Message) Mention(clientIDs ...string) *Message {
	m.Mentions = append(m.Mentions, clientIDs...)
	return m
}

// WithFallback replaces what clients show that do not know the message's type,
// such as the mobile client for templates. On a text message it is the text.
func (m *Message) WithFallback(text string) *Message {
	m.Text = text
	return m
}
