// Package message holds the messages a bot sends.
package message

import "errors"

// Message is one outgoing message.
type Message struct {
	Type     string   `json:"messageType"`
	Text     string   `json:"message"`
	ReplyTo  string   `json:"reply,omitzero"`
	Mentions []string `json:"mentions,omitzero"`
	Content
}

// Text returns a plain text message.
func Text(text string) *Message { return &Message{Type: "text", Text: text} }

// Validate reports every rule the message breaks.
func (m *Message) Validate() error {
	if m.Text == "" {
		return errors.New("message: empty text")
	}
	return nil
}
