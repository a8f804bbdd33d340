package message

import "github.com/go-json-experiment/json/jsontext"

// Action is what a button does when it is pressed.
type Action struct {
	// Type is "message" (the person sends Text as a message of their own) or
	// "uri" (URI opens in a new tab). The web client does nothing on any other,
	// such as LINE's "postback" and "datetimepicker": put what a postback would
	// carry into the text, or into the room's state.
	Type  string `json:"type"`
	Label string `json:"label,omitzero"`                         // what stands on the button
	Text  string `json:"text,omitzero"`                          // of a "message"
	URI   string `json:"uri,omitzero" validate:"omitempty,link"` // of a "uri"

	Data        string         `json:"data,omitzero"`        // of a "postback"
	DisplayText string         `json:"displayText,omitzero"` // of a "postback"
	Fill        jsontext.Value `json:"fill,omitzero"`        // of a flex rating; no document tells its type
}

const (
	actionText      = "message"
	actionTextAlias = "text"
	actionURI       = "uri"
)

// TextAction returns a button that makes the person send text, which the bot
// then hears as an ordinary text message of theirs.
func TextAction(label, text string) Action {
	return Action{Type: actionText, Label: label, Text: text}
}

// URIAction returns a button that opens an address: http, https, tel or mailto.
// Others are refused, because the web client opens a "javascript:" address
// without a look.
func URIAction(label, uri string) Action {
	return Action{Type: actionURI, Label: label, URI: uri}
}

// sendsText reports whether pressing the button sends a text.
func (a *Action) sendsText() bool { return a.Type == actionText || a.Type == actionTextAlias }
