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

// layers are what claims to catch faults, in one shape.
var layers = map[string]func(testing.TB, maker, ...bottest.Option){
	"script": func(t testing.TB, newBot maker, _ ...bottest.Option) {
		ann := bottest.New(t, newBot()).Room("demo").User("ann", "Ann")
		ann.Says("order").Replies("Small or large?").State(size)
		ann.Says("gigantic").Replies("Small or large?").Stays()
		ann.Says("large").Replies("One large coffee, yes?").State(confirm)
		ann.Says("yes").Replies("Coming").State(idle)
	},
	"talks":       func(t testing.TB, newBot maker, _ ...bottest.Option) { bottest.PlayText(t, newBot, goodTalk) },
	"cells":       bottest.Cells[http.Handler],
	"tour":        bottest.Tour[http.Handler],
	"stateless":   bottest.Stateless[http.Handler],
	"interleaved": bottest.Interleaved[http.Handler],
	"echo":        bottest.Echo[http.Handler],
	"redelivered": bottest.Redelivered[http.Handler],
}

// TestPlantedFaults plants one fault at a time and requires the layers that
// claim to see it to see it, the others not to, and none to see a fault in a
// sound bot.
func TestPlantedFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		newBot func(effects *int) maker
		caught string // the layers that must catch it
		why    string
	}{
		{"none", func(effects *int) maker {
			return plant(func(h *handlers) { h.yes = counting(effects) })
		}, "", "a sound bot passes everything"},
		{"wrong target", func(*int) maker {
			return plant(func(h *handlers) { h.order = text(bot.Say("Small or large?").Go(idle)) })
		}, "script talks", "only a person knows where it should go"},
		{"undeclared move", func(*int) maker {
			return plant(func(h *handlers) { h.order = text(bot.Say("Small or large?").Go(confirm)) })
		}, "script talks cells", "the machine knows where it must not go"},
		{"forgotten fallback", func(*int) maker {
			return plant(func(h *handlers) { h.what = nil })
		}, "script talks cells", "a state in which words fall on deaf ears"},
		{"lost reply", func(*int) maker {
			return plant(func(h *handlers) { h.what = text(bot.Reply{}) })
		}, "script talks cells", "a handler that forgot to answer"},
		{"panic", func(*int) maker {
			return plant(func(h *handlers) {
				h.yes = func(context.Context, *event.Message) (bot.Reply, error) { panic("boom") }
			})
		}, "script talks cells", "a handler that fails"},
		{"dead example", func(*int) maker {
			return func() http.Handler {
				b := build(bot.Config{}, nil)
				b.OnPattern("^tea", text(bot.Say("No tea"))).Example("coffee")
				return b
			}
		}, "cells", "an example that its own handler never gets"},
		{"state in a global", func(*int) maker {
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
		{"state in the bot", func(*int) maker {
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
		{"moves by memory", func(*int) maker {
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
		{"counting answers", func(*int) maker {
			n := 0
			return func() http.Handler {
				return build(bot.Config{Limits: bot.Limits{Remember: -1}}, func(h *handlers) {
					h.what = func(context.Context, *event.Message) (bot.Reply, error) {
						n++
						return bot.Say(strings.Repeat("Small or large?", n%7)), nil
					}
				})
			}
		}, "stateless interleaved redelivered", "the server sends again, and hears something else"},
		{"wears out", func(*int) maker {
			return func() http.Handler {
				n := 0
				return build(bot.Config{}, func(h *handlers) {
					h.welcome = func(_ context.Context, e *event.JoinRoom) (bot.Reply, error) {
						if n++; n > 20 {
							return bot.Say("Not you again"), nil
						}
						return bot.Say("Welcome, " + e.Sender.String()), nil
					}
				})
			}
		}, "stateless", "only a bot in use shows it"},
		{"double effect", func(effects *int) maker {
			return func() http.Handler {
				return build(bot.Config{Limits: bot.Limits{Remember: -1}}, func(h *handlers) { h.yes = counting(effects) })
			}
		}, "redelivered", "the server sends again, and there are two coffees"},
		{"loop", func(*int) maker {
			return func() http.Handler { return incognito(build(bot.Config{}, nil)) }
		}, "echo", "something in front of the bot hides that it hears itself"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, layer := range layers {
				effects := 0
				newBot := c.newBot(&effects)
				_, declares := newBot().(*bot.Bot)
				opts := []bottest.Option{bottest.AlwaysAnswers(), bottest.Effects(func() int { return effects })}
				if !declares {
					opts = append(opts, bottest.Files("testdata/talks/order.txt"))
				}
				if !declares && (name == "cells" || name == "tour") {
					continue
				}
				s := watch(t, func(tb testing.TB) { layer(tb, newBot, opts...) })
				if claimed := strings.Contains(" "+c.caught+" ", " "+name+" "); claimed != s.failed {
					t.Errorf("%s: caught %v, claimed %v: %s\n%s", name, s.failed, claimed, c.why, s.output.String())
				}
			}
		})
	}
}

func counting(effects *int) bot.MessageHandler {
	return func(context.Context, *event.Message) (bot.Reply, error) {
		*effects++
		return bot.Say("Coming").Go(idle), nil
	}
}

// incognito passes requests on with the bot's own ID replaced.
func incognito(b http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(strings.NewReader(strings.ReplaceAll(string(body), `"barista"`, `"gateway"`)))
		b.ServeHTTP(w, r)
	})
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
	require.Contains(t, s.output.String(), "room order\nuser ann Ann Lee\nann: order\n< order!\n", "as short as it can be")

	s = watch(t, func(tb testing.TB) {
		bottest.New(tb, newParrot()).Room("demo").Echo().User("ann", "").Says("hi").Replies("hi!")
	})
	require.Contains(t, s.output.String(), "loop")
}

func TestRedeliveredWithoutEffects(t *testing.T) {
	forgetful := func() http.Handler { return build(bot.Config{Limits: bot.Limits{Remember: -1}}, nil) }
	bottest.Redelivered(t, forgetful) // the same bytes: nobody can tell
}

func TestCellsWithoutAlwaysAnswers(t *testing.T) {
	deaf := plant(func(h *handlers) { h.what = nil })
	bottest.Cells(t, deaf) // silence may be meant
	s := watch(t, func(tb testing.TB) {
		bottest.Cells(tb, plant(func(h *handlers) { h.yes = text(bot.Say("")) }))
	})
	require.Contains(t, s.output.String(), "status: the status is not 200", "an error is never meant")
}

func TestOnlyBotsDeclare(t *testing.T) {
	s := watch(t, func(tb testing.TB) { bottest.Cells(tb, func() http.Handler { return http.HandlerFunc(parrot) }) })
	require.Contains(t, s.output.String(), "only a *bot.Bot declares")
}
