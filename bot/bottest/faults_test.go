package bottest_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

const goodTalk = `room demo
ann joins
< Welcome, Ann
ann: order
< Small or large?
= size
ann: gigantic
< Small or large?
ann: large
< One large coffee, yes?
= confirm
ann: maybe
< Sorry?
ann: yes
< Coming
= idle
`

// maker makes fresh bots; the faults of a process live outside of them.
type maker = func() http.Handler

// talks and the others are the layers, in one shape.
var layers = map[string]func(testing.TB, maker){
	"script": func(t testing.TB, newBot maker) {
		ann := bottest.New(t, newBot()).Room("demo").User("ann", "Ann")
		ann.Says("order").Replies("Small or large?").State(size)
		ann.Says("gigantic").Replies("Small or large?").Stays()
		ann.Says("large").Replies("One large coffee, yes?").State(confirm)
		ann.Says("yes").Replies("Coming").State(idle)
	},
	"talks":       func(t testing.TB, newBot maker) { bottest.PlayText(t, newBot, goodTalk) },
	"cells":       func(t testing.TB, newBot maker) { bottest.Cells(t, newBot, bottest.AlwaysAnswers()) },
	"tour":        func(t testing.TB, newBot maker) { bottest.Tour(t, newBot) },
	"stateless":   func(t testing.TB, newBot maker) { bottest.Stateless(t, newBot) },
	"interleaved": func(t testing.TB, newBot maker) { bottest.Interleaved(t, newBot) },
	"echo":        func(t testing.TB, newBot maker) { bottest.Echo(t, newBot) },
}

// TestPlantedFaults plants one fault at a time and requires the layers that
// claim to see it to see it, and no fault to be seen in a sound bot.
func TestPlantedFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		newBot func() maker
		caught string // the layers that must catch it
		why    string
	}{
		{"none", func() maker { return plant(nil) }, "", "a sound bot passes everything"},
		{"wrong target", func() maker {
			return plant(func(h *handlers) { h.order = text(bot.Say("Small or large?").Go(idle)) })
		}, "script talks", "only a person knows where it should go"},
		{"undeclared move", func() maker {
			return plant(func(h *handlers) { h.order = text(bot.Say("Small or large?").Go(confirm)) })
		}, "script talks cells", "the machine knows where it must not go"},
		{"forgotten fallback", func() maker {
			return plant(func(h *handlers) { h.what = nil })
		}, "script talks cells", "a state in which words fall on deaf ears"},
		{"lost reply", func() maker {
			return plant(func(h *handlers) { h.size = text(bot.Go(confirm)); h.what = text(bot.Reply{}) })
		}, "script talks cells", "a handler that forgot to answer"},
		{"panic", func() maker {
			return plant(func(h *handlers) {
				h.yes = func(context.Context, *event.Message) (bot.Reply, error) { panic("boom") }
			})
		}, "script talks cells", "a failing handler"},
		{"state in a global", func() maker {
			var last string
			return plant(func(h *handlers) {
				h.size = func(_ context.Context, m *event.Message) (bot.Reply, error) {
					last = m.Text()
					return bot.Say("One " + m.Text() + " coffee, yes?").Go(confirm), nil
				}
				h.other = func(_ context.Context, m *event.Message) (bot.Reply, error) {
					return bot.Say("Sorry? You ordered " + last), nil
				}
			})
		}, "talks stateless interleaved", "another room, or another replica, has another last order"},
		{"state in the bot", func() maker {
			return func() http.Handler {
				n := 0
				return build(bot.Config{}, func(h *handlers) {
					h.welcome = func(context.Context, *event.JoinRoom) (bot.Reply, error) {
						n++
						return bot.Say(strings.Repeat("Welcome", n)), nil
					}
				})
			}
		}, "talks stateless interleaved", "a restart forgets it"},
		{"moves by memory", func() maker {
			return func() http.Handler {
				asked := map[string]bool{}
				return build(bot.Config{}, func(h *handlers) {
					h.what = func(_ context.Context, m *event.Message) (bot.Reply, error) {
						if asked[m.RoomID] {
							return bot.Say("Small or large?").Go(idle), nil
						}
						asked[m.RoomID] = true
						return bot.Say("Small or large?"), nil
					}
				})
			}
		}, "tour stateless", "the second time the words do something else"},
		{"loop", func() maker {
			return func() http.Handler { return http.HandlerFunc(parrot) }
		}, "", "a webhook without *bot.Bot; see TestLoop"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if c.name == "loop" {
				t.Skip(c.why)
			}
			for name, layer := range layers {
				s := watch(t, func(tb testing.TB) { layer(tb, c.newBot()) })
				if claimed := strings.Contains(" "+c.caught+" ", " "+name+" "); claimed != s.failed {
					t.Errorf("%s: caught %v, claimed %v: %s\n%s", name, s.failed, claimed, c.why, s.output.String())
				}
			}
		})
	}
}

func plant(change func(*handlers)) maker {
	return func() http.Handler { return build(bot.Config{}, change) }
}

// parrot answers everything, itself included.
func parrot(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	e, err := event.Decode(body)
	w.Header().Set("Content-Type", "application/json")
	m, ok := e.(*event.Message)
	if err != nil || !ok {
		_, _ = io.WriteString(w, `{"toBotState":null,"data":null}`)
		return
	}
	_, _ = io.WriteString(w, `{"senderID":"parrot","toBotState":null,"data":{"messageType":"text","message":"`+m.Text()+`!"}}`)
}

func TestLoop(t *testing.T) {
	newParrot := func() http.Handler { return http.HandlerFunc(parrot) }
	s := watch(t, func(tb testing.TB) { bottest.Echo(tb, newParrot, bottest.Files("testdata/talks/order.txt")) })
	require.Contains(t, s.output.String(), "loop: the bot answers its own message")
	require.Contains(t, s.output.String(), "room order\nuser ann Ann Lee\nann: yes\n< yes!\n", "as short as it can be")

	s = watch(t, func(tb testing.TB) {
		bottest.New(tb, newParrot()).Room("demo").Echo().User("ann", "").Says("hi").Replies("hi!")
	})
	require.Contains(t, s.output.String(), "loop")
}

func TestDoubleEffect(t *testing.T) {
	orders := 0
	faulty := func(remember bool) maker {
		return func() http.Handler {
			var c bot.Config
			if !remember {
				c.Remember = -1
			}
			return build(c, func(h *handlers) {
				h.yes = func(context.Context, *event.Message) (bot.Reply, error) {
					orders++
					return bot.Say("Coming").Go(idle), nil
				}
			})
		}
	}
	count := bottest.Effects(func() int { return orders })
	bottest.Redelivered(t, faulty(true), count)
	s := watch(t, func(tb testing.TB) { bottest.Redelivered(tb, faulty(false), count) })
	require.Contains(t, s.output.String(), "the bot acts again")
	require.Contains(t, s.output.String(), "ann: yes\n", "the turn is in the transcript")

	s = watch(t, func(tb testing.TB) { bottest.Redelivered(tb, faulty(false)) })
	require.False(t, s.failed, "without Effects only the bytes tell")
}
