package bottest

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
)

// maxFuzzTurns is how long a fuzzed conversation gets.
const maxFuzzTurns = 64

// Fuzz lets Go's fuzzing make up conversations from a vocabulary: the examples of
// every route, what people say in the golden conversations of [Files], texts that
// break programs, all message types, joins, edits, unknown events and odd
// envelopes, in any state. Whatever is said, every answer must keep the protocol
// and the bot must not answer itself. A conversation that fails is shown as short
// as it can be, in a form that can be saved.
//
//	func FuzzBot(f *testing.F) { bottest.Fuzz(f, newBot) }
//
// The seeds are the tour and the golden conversations, so that go test without
// -fuzz plays these.
func Fuzz[H http.Handler](f *testing.F, newBot func() H, opts ...Option) {
	f.Helper()
	k := newKit(f, newBot, opts)
	v := k.vocabulary()
	for _, tk := range k.talks() {
		for turns := range slices.Chunk(tk.Turns, maxFuzzTurns) {
			f.Add(v.encode(turns), "")
		}
	}
	f.Fuzz(func(t *testing.T, script []byte, text string) {
		k := &kit{t: t, conf: k.conf, newBot: k.newBot}
		tk := v.decode(script, text)
		c := func(tk *talk.Talk) *failure { return k.play(tk, func(s *session) { s.echo = true }) }
		if fail := c(tk); fail != nil {
			k.show(tk, fail, c)
		}
	})
}

// vocabulary is what fuzzed conversations are made of. A script is pairs of
// bytes: what is done, and which word or state of the lists it is done with.
type vocabulary struct {
	says   []talk.Value
	states []string
}

// nasty are texts that break programs.
var nasty = []string{
	"", " ", "/", "//", "/nosuchcommand", "/cancel@bot now", "0", "-1", "1e400", "null", "{}", "\x00", "\u202eabc", "\u2028",
	"a\nb", "<script>", "%s%n", "*_`~", "\U0001F600", strings.Repeat("x", 5000), "\"", "\\", "@ann",
}

func (k *kit) vocabulary() *vocabulary {
	v := &vocabulary{states: []string{""}}
	add := func(value talk.Value) {
		if !slices.ContainsFunc(v.says, func(o talk.Value) bool { return string(o.Fields()) == string(value.Fields()) }) {
			v.says = append(v.says, value)
		}
	}
	for _, tk := range k.talks() {
		v.addState(tk.State)
		for _, turn := range tk.Turns {
			switch turn.Verb {
			case talk.Says, talk.Edits:
				add(turn.Say)
			case talk.At:
				v.addState(turn.To)
			}
		}
	}
	for _, text := range nasty {
		add(talk.TextValue(text))
	}
	for _, name := range sampleTypes {
		add(sends(samples[name]).Say)
	}
	if b := newSubject(k.newBot()).bot; b != nil && b.Machine() != nil {
		for _, s := range b.Machine().States() {
			v.addState(string(s))
		}
	}
	return v
}

func (v *vocabulary) addState(s string) {
	if !slices.Contains(v.states, s) {
		v.states = append(v.states, s)
	}
}

// The acts of a script. Every higher number says a word: the acts above opSays
// are the high bits of the word's place, for vocabularies of more than 256.
const (
	opJoins = iota
	opLeaves
	opAdds
	opRemoves
	opEdits
	opUnknown
	opAt
	opBent // says a word, in an odd envelope
	opText // says the fuzzed text
	opSays
)

// people are who acts, by the two highest bits of an act.
var people = []string{somebody, "bob", "ann b", "doris"}

// decode makes a conversation of any bytes.
func (v *vocabulary) decode(script []byte, text string) *talk.Talk {
	tk := &talk.Talk{Room: "fuzz"}
	doris := tk.User("doris")
	doris.IsRobot = true
	tk.Cast = []talk.Person{{User: doris}}
	for len(script) >= 2 && len(tk.Turns) < maxFuzzTurns {
		tk.Turns = append(tk.Turns, v.turn(int(script[0]), int(script[1]), text))
		script = script[2:]
	}
	return tk
}

func (v *vocabulary) turn(op, arg int, text string) *talk.Turn {
	word := max(0, op&63-opSays)<<8 | arg
	turn := &talk.Turn{Who: people[op>>6], Verb: talk.Says, Say: v.says[word%len(v.says)]}
	switch op & 63 {
	case opJoins:
		turn.Verb = talk.Joins
	case opLeaves:
		turn.Verb = talk.Leaves
	case opAdds:
		turn.Verb, turn.Whom = talk.Adds, []string{people[arg&3]}
	case opRemoves:
		turn.Verb, turn.Whom = talk.Removes, []string{people[arg&3]}
	case opEdits:
		turn.Verb = talk.Edits
	case opUnknown:
		turn.Verb, turn.Kind, turn.Data = talk.Sends, "SOMETHING_NEW", []byte(`{"a":[1]}`)
	case opAt:
		return &talk.Turn{Verb: talk.At, To: v.states[arg%len(v.states)]}
	case opBent:
		quirks := chat.Quirks()
		turn.With = &talk.With{Quirks: []string{quirks[arg%len(quirks)].Name}}
	case opText:
		turn.Say = talk.TextValue(text)
	}
	return turn
}

// encode is the inverse of decode, as far as scripts can say it.
func (v *vocabulary) encode(turns []*talk.Turn) []byte {
	var script []byte
	for _, t := range turns {
		switch t.Verb {
		case talk.Joins:
			script = append(script, opJoins, 0)
		case talk.Leaves:
			script = append(script, opLeaves, 0)
		case talk.Adds:
			script = append(script, opAdds, 1)
		case talk.Removes:
			script = append(script, opRemoves, 1)
		case talk.Sends:
			script = append(script, opUnknown, 0)
		case talk.At:
			script = append(script, opAt, byte(slices.Index(v.states, t.To)))
		case talk.Says, talk.Edits:
			word := v.word(t.Say)
			op := byte(opSays + word>>8)
			if t.Verb == talk.Edits {
				op = opEdits
			}
			script = append(script, op, byte(word))
		}
	}
	return script
}

func (v *vocabulary) word(say talk.Value) int {
	return max(0, slices.IndexFunc(v.says, func(o talk.Value) bool { return string(o.Fields()) == string(say.Fields()) }))
}
