package event

import "github.com/go-json-experiment/json/jsontext"

// Kind is the wire field "event". The set is open: a server may send kinds this
// package does not know, which arrive as [*Unknown].
type Kind string

// The four kinds of the spec.
const (
	KindJoinRoom      Kind = "JOIN_ROOM"
	KindAddMembers    Kind = "ADD_MEMBERS"
	KindDeleteMembers Kind = "DELETE_MEMBERS"
	KindMessage       Kind = "MESSAGE"
)

// Event is one of [*Message], [*JoinRoom], [*AddMembers], [*DeleteMembers] and
// [*Unknown]. No other type implements it.
type Event interface {
	// Kind returns the wire name of the event.
	Kind() Kind
	// Head returns the envelope: app, room and state.
	Head() *Envelope
	// From returns who caused the event. Its ID is data.sender's, else the
	// envelope's clientID, else empty: then nobody can tell who it was.
	From() User

	sealed()
}

// Envelope holds what every event carries around its data.
type Envelope struct {
	AppID    string // application; taken from data.appID when the envelope has none
	ClientID string // the sender's ID; absent in all of the spec's examples
	RoomID   string // never empty after Decode; taken from data.room when the envelope has none
	BotState string // the room's state; empty when absent, null or empty

	// HasBotState tells a present botState (even an empty one) from an absent
	// or null one. Both mean the machine's initial state.
	HasBotState bool

	// RobotID is the robot the event is for. Only the legacy robot callbacks of
	// 2019 send it, in place of AppID, ClientID and BotState.
	RobotID string

	raw        string // the body
	start, end int    // where the value of "data" is in it
}

// Head returns the envelope itself. It makes every event struct an [Event].
func (v *Envelope) Head() *Envelope { return v }

// Raw returns the request body the event was decoded from, byte for byte; it is
// empty for an event that was built in code.
func (v *Envelope) Raw() string { return v.raw }

// Data returns the part of [Envelope.Raw] that is the value of "data", empty
// when it was absent.
func (v *Envelope) Data() string { return v.raw[v.start:v.end] }

// Membership is the data of the three events about who is in a room.
// It has no ID and no time, so two real joins can be equal byte for byte.
type Membership struct {
	Room    string `json:"room"`
	Sender  User   `json:"sender"`  // who acted: the joiner, inviter or remover
	Members []User `json:"members"` // who came or went; in JOIN_ROOM exactly the sender
}

// From returns the sender. [Decode] gives one without an ID that of the envelope.
func (m *Membership) From() User { return m.Sender }

// JoinRoom says that a user came into the room by himself.
type JoinRoom struct {
	Envelope
	Membership
}

// AddMembers says that users, perhaps the bot itself, were added to the room.
type AddMembers struct {
	Envelope
	Membership
}

// DeleteMembers says that users were removed. A user who leaves most likely
// arrives as one who removes himself; no event of its own is documented.
type DeleteMembers struct {
	Envelope
	Membership
}

// Unknown is an event of a kind this package has no type for.
type Unknown struct {
	Envelope
	Name    Kind           // the wire field "event"
	Payload jsontext.Value // the wire field "data", of any JSON type; nil when absent
}

// From returns a user with nothing but the envelope's ClientID, which may be
// empty: what an unknown event's data says is unknown too.
func (e *Unknown) From() User { return User{ID: e.ClientID} }

// Kind returns [KindJoinRoom].
func (*JoinRoom) Kind() Kind { return KindJoinRoom }

// Kind returns [KindAddMembers].
func (*AddMembers) Kind() Kind { return KindAddMembers }

// Kind returns [KindDeleteMembers].
func (*DeleteMembers) Kind() Kind { return KindDeleteMembers }

// Kind returns the name the server sent.
func (e *Unknown) Kind() Kind { return e.Name }

func (*JoinRoom) sealed()      {}
func (*AddMembers) sealed()    {}
func (*DeleteMembers) sealed() {}
func (*Unknown) sealed()       {}
