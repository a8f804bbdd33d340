package chat

import (
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
)

// Request returns the body the server POSTs for e, with the room's state of now,
// in the order of the spec's table. Quirks are applied in the order given.
func (r *Room) Request(e Event, quirks ...Quirk) jsontext.Value {
	return r.RequestAt(e, r.BotState(), quirks...)
}

// RequestAt is [Room.Request] with a state the room need not be in: a server that
// resends, or that has not applied the last answer yet.
func (r *Room) RequestAt(e Event, botState string, quirks ...Quirk) jsontext.Value {
	q := request{
		envelope: object{
			{"appID", quote(r.appID)},
			{"clientID", quote(e.ClientID)},
			{"roomID", quote(r.id)},
			{"event", quote(string(e.Kind))},
			{"botState", quote(botState)},
		},
		isMessage: e.Kind == event.KindMessage,
	}
	if e.ClientID == "" {
		q.envelope.remove("clientID")
	}
	var err error
	if q.data, err = parseObject(e.Data); err != nil {
		q.other = e.Data
	}
	for _, quirk := range quirks {
		quirk.apply(&q)
	}
	return q.encode()
}

// request is a body that quirks may still bend.
type request struct {
	envelope  object
	data      object
	other     jsontext.Value // data that is not an object, nil for none
	isMessage bool
	dataFirst bool
}

func (q *request) encode() jsontext.Value {
	data := q.other
	if q.data != nil {
		data = q.data.encode()
	}
	switch {
	case len(data) == 0:
		return q.envelope.encode()
	case q.dataFirst:
		return append(object{{"data", data}}, q.envelope...).encode()
	}
	return append(q.envelope, field{"data", data}).encode()
}
