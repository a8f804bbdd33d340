package event

import (
	"fmt"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// encodedEnvelope is the request body as the server writes it.
type encodedEnvelope struct {
	AppID    string  `json:"appID,omitzero"`
	ClientID string  `json:"clientID,omitzero"`
	RobotID  string  `json:"robotID,omitzero"`
	RoomID   string  `json:"roomID"`
	Event    Kind    `json:"event"`
	BotState *string `json:"botState,omitzero"`
	Data     any     `json:"data"`
}

// Encode is the inverse of [Decode]: the body a chat server would POST for e.
// Forms that mean the same come out as one (a sender sent as a bare ID becomes
// an object), and fields without a type here do not come out at all.
// It is for tests, emulators and replays; a bot has no use for it.
func Encode(e Event) ([]byte, error) {
	h := e.Head()
	env := encodedEnvelope{AppID: h.AppID, ClientID: h.ClientID, RobotID: h.RobotID, RoomID: h.RoomID, Event: e.Kind()}
	if h.HasBotState || h.BotState != "" {
		env.BotState = &h.BotState
	}
	switch e := e.(type) {
	case *Message:
		env.Data = wireOf(e)
	case *JoinRoom:
		env.Data = &e.Membership
	case *AddMembers:
		env.Data = &e.Membership
	case *DeleteMembers:
		env.Data = &e.Membership
	case *Unknown:
		env.Data = e.Payload
	}
	body, err := json.Marshal(env, jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return nil, fmt.Errorf("event: encode %s: %w", e.Kind(), err)
	}
	return body, nil
}

// wireOf writes the ID under both of its names, as the server does.
func wireOf(m *Message) *messageWire { return &messageWire{Message: *m, Alias: m.ID} }
