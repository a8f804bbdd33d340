package chat

import (
	"slices"

	"github.com/go-json-experiment/json/jsontext"
)

// Quirk is a way in which real requests differ from the plain one that
// [Room.Request] makes: what documents, samples and clients of the vendor show
// besides. A quirk that does not apply to an event leaves it as it is.
type Quirk struct {
	// Name is what transcripts and commands call it.
	Name string
	// About is one sentence on what is different.
	About string

	apply func(*request)
}

// Quirks returns all of them, envelope first.
func Quirks() []Quirk { return slices.Clone(quirks) }

// QuirkByName finds one.
func QuirkByName(name string) (Quirk, bool) {
	if i := slices.IndexFunc(quirks, func(q Quirk) bool { return q.Name == name }); i >= 0 {
		return quirks[i], true
	}
	return Quirk{}, false
}

var quirks = []Quirk{
	{"bare", "only roomID, event and data, as in all of the spec's examples", dropEnvelope("appID", "clientID", "botState")},
	{"no-app-id", "appID is absent", dropEnvelope("appID")},
	{"no-client-id", "clientID is absent", dropEnvelope("clientID")},
	{"no-bot-state", "botState is absent", dropEnvelope("botState")},
	{"null-bot-state", "botState is null", func(q *request) { q.envelope.set("botState", null) }},
	{"robot", "the envelope of 2019: robotID in place of appID, clientID and botState", func(q *request) {
		q.envelope.remove("appID", "clientID", "botState")
		q.envelope.set("robotID", quote("robot001"))
	}},
	{"room-in-data", "roomID is absent, data.room names the room", dropEnvelope("roomID")},
	{"data-first", "data stands before the event's name", func(q *request) { q.dataFirst = true }},
	{"null-data", "data is null", func(q *request) { q.data, q.other = nil, null }},

	{"ms-times", "times in milliseconds only", dropData("messageTime", "createdAt", "updatedAt")},
	{"iso-times", "times in ISO 8601 only", dropData("messageTimeMS", "createdAtMS", "updatedAtMS")},
	{"no-times", "no times at all", dropData("messageTime", "createdAt", "updatedAt", "messageTimeMS", "createdAtMS", "updatedAtMS")},
	{"no-alias", "no id beside _id", dropData("id")},
	{"alias-only", "id without _id", dropData("_id")},
	{"no-room", "data names no room", dropData("room")},
	{"null-sender", "the sender is null, as for messages sent with the API key", inMessage(func(o *object) { o.set("sender", null) })},
	{"sender-id", "the sender is the bare ID", inMessage(func(o *object) {
		if sender, err := parseObject(o.get("sender")); err == nil && sender.has("_id") {
			o.set("sender", sender.get("_id"))
		}
	})},
	{"no-type", "messageType is absent", inMessage(func(o *object) { o.remove("messageType") })},
	{"null-fields", "reply, extra and mentions are null", inMessage(func(o *object) {
		for _, name := range []string{"reply", "extra", "mentions"} {
			o.set(name, null)
		}
	})},
	{"encoded-extra", "extra is JSON encoded as a string, as mobile clients send it", inMessage(func(o *object) {
		if v := o.get("extra"); v.Kind() == '{' {
			o.set("extra", quote(string(v)))
		}
	})},
	{"numbers-as-strings", "sizes, durations and positions are strings", inMessage(func(o *object) {
		for _, name := range []string{"width", "height", "duration", "latitude", "longitude"} {
			if v := o.get(name); v.Kind() == '0' {
				o.set(name, quote(string(v)))
			}
		}
	})},
	{"numeric-nickname", "the sender's nickname is a number", inMessage(func(o *object) {
		if sender, err := parseObject(o.get("sender")); err == nil {
			sender.set("nickname", jsontext.Value("7"))
			o.set("sender", sender.encode())
		}
	})},
	{"unknown-fields", "fields that no document names", func(q *request) {
		q.envelope.set("traceID", quote("a1"))
		if q.data != nil {
			q.data.set("weather", jsontext.Value(`{"sky":"blue"}`))
		}
	}},
}

func dropEnvelope(names ...string) func(*request) {
	return func(q *request) { q.envelope.remove(names...) }
}

func dropData(names ...string) func(*request) {
	return func(q *request) {
		if q.data != nil {
			q.data.remove(names...)
		}
	}
}

func inMessage(f func(*object)) func(*request) {
	return func(q *request) {
		if q.isMessage && q.data != nil {
			f(&q.data)
		}
	}
}
