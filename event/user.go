package event

import (
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// User is a chat client as the server describes it: a person, a robot or a
// group. Only ID is certain to be there.
type User struct {
	ID       string `json:"_id,omitzero"`      // chosen by the customer, any characters
	Nickname string `json:"nickname,omitzero"` // may be missing altogether

	AvatarURL   string `json:"avatarUrl,omitzero"` // empty or null when there is none
	Description string `json:"description,omitzero"`

	// IsRobot is often absent, and bot accounts made through the HTTP API
	// report false: a true is a robot, a false may be one.
	IsRobot bool `json:"isRobot"`

	LastLoginTime   string `json:"lastLoginTime,omitzero"` // ISO 8601, usually absent
	LastLoginTimeMS int64  `json:"lastLoginTimeMS"`        // milliseconds since 1970; 0 means never or unknown

	// The rest comes with API results rather than with webhook events.

	LastActiveTime           string         `json:"lastActiveTime,omitzero"`
	LastActiveTimeMS         int64          `json:"lastActiveTimeMS,omitzero"`
	LastJoinOrCreateRoomTime string         `json:"lastJoinOrCreateRoomTime,omitzero"`
	UpdatedAt                string         `json:"updatedAt,omitzero"`
	UserAgent                string         `json:"userAgent,omitzero"`
	Address                  *Address       `json:"address,omitzero"`
	Mute                     jsontext.Value `json:"mute,omitzero"` // an array whose elements no document describes
	PublicKey                string         `json:"publicKey,omitzero"`
	Email                    string         `json:"email,omitzero"`
	AppID                    string         `json:"appID,omitzero"`
	Version                  int64          `json:"__v,omitzero"`
	NotificationEnabled      bool           `json:"notificationEnabled,omitzero"`

	// ClientType is "user" or "group". A group is a member that holds Members.
	ClientType string `json:"clientType,omitzero"`
	Members    []User `json:"members,omitzero"`
}

// Address is where a user was last connected from.
type Address struct {
	Address string `json:"address,omitzero"`
	Family  string `json:"family,omitzero"`
	Port    int    `json:"port,omitzero"`
}

// String returns the nickname, or the ID for a user without one.
func (u User) String() string {
	if u.Nickname != "" {
		return u.Nickname
	}
	return u.ID
}

// userFields is User without its methods, so that they do not call themselves.
type userFields User

// userWire adds the second spelling of the ID, which the server sends too.
type userWire struct {
	userFields
	Alias string `json:"id,omitzero"`
}

// MarshalJSONTo writes the ID under both of its wire names, _id and id, as the
// server does.
func (u User) MarshalJSONTo(enc *jsontext.Encoder) error {
	return json.MarshalEncode(enc, &userWire{userFields(u), u.ID})
}

// UnmarshalJSONFrom accepts the object, with either name of the ID, and a bare
// ID, as some API results have it.
func (u *User) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	*u = User{}
	switch dec.PeekKind() {
	case '"':
		return json.UnmarshalDecode(dec, &u.ID)
	case '{':
		var w userWire
		err := json.UnmarshalDecode(dec, &w)
		*u = User(w.userFields)
		u.ID = first(u.ID, w.Alias)
		return err
	case 'n':
		return dec.SkipValue()
	}
	return ErrType
}
