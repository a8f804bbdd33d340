package bottest

import (
	"maps"
	"slices"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// input is something to say or do in a state.
type input struct {
	turn  *talk.Turn
	route *bot.Route // whose example it is; nil for what is tried everywhere
}

// gibberish is a text that no bot expects.
const gibberish = "qwxz qwxz"

// somebody is who acts in generated conversations.
const somebody = "ann"

func says(text string) *talk.Turn {
	return &talk.Turn{Who: somebody, Verb: talk.Says, Say: talk.TextValue(text)}
}

func sends(value string) *talk.Turn {
	v, err := talk.ParseValue(value)
	if err != nil {
		panic(err)
	}
	return &talk.Turn{Who: somebody, Verb: talk.Says, Say: v}
}

// everywhere is one request of each kind, for states whose routes name nothing.
func everywhere() []input {
	return []input{
		{turn: says(gibberish)},
		{turn: sends("[sticker FunFunFamily-1]")},
		{turn: &talk.Turn{Who: somebody, Verb: talk.Joins}},
		{turn: &talk.Turn{Who: somebody, Verb: talk.Adds, Whom: []string{"bob"}}},
		{turn: &talk.Turn{Who: somebody, Verb: talk.Removes, Whom: []string{"bob"}}},
		{turn: &talk.Turn{Who: somebody, Verb: talk.Sends, Kind: "SOMETHING_NEW", Data: []byte(`{}`)}},
	}
}

// inputs returns what to try in a state: the examples of every route that works
// there, then one request of each kind.
func (s *subject) inputs(state fsm.State) []input {
	var in []input
	for _, r := range s.bot.Routes() {
		if inState(r, state) {
			in = append(in, examples(r)...)
		}
	}
	return append(in, everywhere()...)
}

// samples are messages of the types that need more than a name to be believable.
var samples = map[string]string{
	"image":    "[image https://example.com/a.png 640x480]",
	"video":    "[video https://example.com/a.mp4 640x480 12s]",
	"audio":    "[audio https://example.com/a.m4a 3.2s]",
	"file":     "[file https://example.com/a.pdf a.pdf]",
	"location": "[location 25.03 121.56 Taipei 101]",
	"sticker":  "[sticker FunFunFamily-1]",
	"mixed":    "[mixed https://example.com/a.png Look]",
}

// sampleTypes is the keys of samples in an order that is always the same.
var sampleTypes = slices.Sorted(maps.Keys(samples))

// examples returns the requests that are meant for a route.
func examples(r *bot.Route) []input {
	var in []input
	for _, text := range r.Examples() {
		in = append(in, input{says(text), r})
	}
	by, keys := r.Match()
	for _, key := range keys {
		switch {
		case by == "type":
			value, ok := samples[key]
			if !ok {
				value = `{"messageType":` + quoted(key) + `}`
			}
			in = append(in, input{sends(value), r})
		case by == "event" && !slices.Contains(ordinary, event.Kind(key)) && key != "":
			in = append(in, input{&talk.Turn{Who: somebody, Verb: talk.Sends, Kind: event.Kind(key), Data: []byte(`{}`)}, r})
		}
	}
	return in
}

// ordinary are the kinds that everywhere covers.
var ordinary = []event.Kind{event.KindMessage, event.KindJoinRoom, event.KindAddMembers, event.KindDeleteMembers}
