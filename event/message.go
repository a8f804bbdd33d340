package event

import (
	"time"

	"github.com/funtekco/webhookbot/message"
)

// Message is a MESSAGE event: somebody wrote in the room.
//
// The fields are the server's; [Message.Text], [Message.Command],
// [Message.IsSystem], [Message.Members] and [Message.At] read them across the
// forms that documents and clients use. What differs from type to type (URLs,
// sizes, a template) is in the embedded [message.Content], which outgoing
// messages share.
type Message struct {
	Envelope `json:"-"`

	ID      string `json:"_id,omitzero"`     // 24 hexadecimal digits; an edited message keeps it
	Version int64  `json:"__v,omitzero"`     // the database's version key
	App     string `json:"appID,omitzero"`   // the application, as data repeats it
	Room    string `json:"room,omitzero"`    // the room's ID, as data repeats it
	BatchID string `json:"batchID,omitzero"` // set by the server on batch messages

	Type     string   `json:"messageType,omitzero"` // "text", "image", ...: an open set; may be absent
	Body     Body     `json:"message,omitzero"`     // a string nearly always; Text reads it
	Sender   User     `json:"sender,omitzero"`      // zero when the message was sent without one
	Mentions []string `json:"mentions,omitzero"`    // IDs of the users mentioned
	Reply    *Reply   `json:"reply,omitzero"`       // the message this one answers, nil for none

	// Times come as ISO 8601 strings, as milliseconds since 1970, or both; At
	// picks one.
	MessageTime   string `json:"messageTime,omitzero"`
	MessageTimeMS int64  `json:"messageTimeMS,omitzero"`
	CreatedAt     string `json:"createdAt,omitzero"`
	CreatedAtMS   int64  `json:"createdAtMS,omitzero"`
	UpdatedAt     string `json:"updatedAt,omitzero"`
	UpdatedAtMS   int64  `json:"updatedAtMS,omitzero"`
	EditedAt      string `json:"editedAt,omitzero"` // not empty on an edited message

	Reactions     []Reaction `json:"reactions,omitzero"`
	ReactionCount int        `json:"reactionCount,omitzero"`
	Pinned        bool       `json:"pinned,omitzero"` // also read from its other wire name, isPined
	IsHidden      bool       `json:"isHidden,omitzero"`
	IsDeleted     bool       `json:"isDeleted,omitzero"`

	Member     *User  `json:"member,omitzero"`     // legacy addMember and deleteMember only; Members reads it
	RTCSession string `json:"rtcSession,omitzero"` // call messages
	StreamText string `json:"text,omitzero"`       // the text of a stored "ai_streaming" message

	message.Content
}

// Reaction is one user's reaction to a message.
type Reaction struct {
	Client   User   `json:"client,omitzero"`
	Reaction string `json:"reaction,omitzero"`
}

// Kind returns [KindMessage].
func (*Message) Kind() Kind { return KindMessage }

// From returns the sender. [Decode] gives one without an ID that of the envelope.
func (m *Message) From() User { return m.Sender }

func (*Message) sealed() {}

// messageWire adds the names that are second spellings of a field.
type messageWire struct {
	Message
	Alias     string `json:"id,omitzero"`
	IsPined   bool   `json:"isPined,omitzero"` // sic
	RoomAlias string `json:"roomId,omitzero"`  // the web client's stray copy
}

// settle folds the second spellings into the fields they belong to.
func (w *messageWire) settle() *Message {
	m := &w.Message
	m.ID = first(m.ID, w.Alias)
	m.Pinned = m.Pinned || w.IsPined
	return m
}

// At returns when the message was sent, in UTC: messageTime or createdAt,
// milliseconds before ISO, else the time inside an ID of 24 hexadecimal digits,
// else the zero time.
func (m *Message) At() time.Time {
	for _, ms := range [...]int64{m.MessageTimeMS, m.CreatedAtMS} {
		if ms > 0 {
			return time.UnixMilli(ms).UTC()
		}
	}
	for _, iso := range [...]string{m.MessageTime, m.CreatedAt} {
		if t, err := time.Parse(time.RFC3339, iso); err == nil {
			return t.UTC()
		}
	}
	return objectIDTime(m.ID)
}

// objectIDTime reads the seconds that a MongoDB ObjectId begins with.
func objectIDTime(id string) time.Time {
	if len(id) != 24 {
		return time.Time{}
	}
	var sec int64
	for i := range len(id) {
		d, ok := hexDigit(id[i])
		if !ok {
			return time.Time{}
		}
		if i < 8 {
			sec = sec<<4 | int64(d)
		}
	}
	return time.Unix(sec, 0).UTC()
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case '0' <= c && c <= '9':
		return c - '0', true
	case 'a' <= c && c <= 'f':
		return c - 'a' + 10, true
	case 'A' <= c && c <= 'F':
		return c - 'A' + 10, true
	}
	return 0, false
}

// first returns the first string that is not empty.
func first(s ...string) string {
	for _, v := range s {
		if v != "" {
			return v
		}
	}
	return ""
}
