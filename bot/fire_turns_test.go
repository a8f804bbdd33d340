package bot_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

// inRoom is a MESSAGE of ann in any room.
func inRoom(room, state, id string) string {
	return fmt.Sprintf(`{"roomID":%q,"event":"MESSAGE","botState":%q,"data":{"_id":%q,"message":"x","sender":{"_id":"ann"}}}`, room, state, id)
}

func TestRow31_OneAtATimeInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
		var order []string // guarded by the room's turn: the race detector checks that
		b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) {
			if m.RoomID == "r" {
				time.Sleep(10 * time.Millisecond)
				order = append(order, m.ID)
			}
			return bot.Reply{}, nil
		})
		var want []string
		var wg sync.WaitGroup
		for i := range 17 { // one runs, sixteen wait
			id := fmt.Sprint("m", i)
			want = append(want, id)
			wg.Go(func() { require.Equal(t, 200, post(b, inRoom("r", "", id)).Code) })
			synctest.Wait() // so that they arrive one after the other
		}
		require.Equal(t, 16, b.Stats().Waiting)
		w := post(b, inRoom("r", "", "one too many"))
		require.Equal(t, 503, w.Code)
		require.Equal(t, "1", w.Header().Get("Retry-After"))
		require.Equal(t, 200, post(b, inRoom("other", "", "m")).Code, "other rooms do not wait")
		wg.Wait()
		require.Equal(t, want, order)
		require.Equal(t, bot.Stats{Remembered: 18}, b.Stats(), "no entry is left")
	})
}

func TestRow31_WaitingEndsWithTheBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
		b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
			time.Sleep(10 * time.Second)
			return bot.Say("at last"), nil
		})
		go post(b, inRoom("r", "", "m1"))
		synctest.Wait()
		start := time.Now()
		require.Equal(t, 503, post(b, inRoom("r", "", "m2")).Code)
		require.Equal(t, 2500*time.Millisecond, time.Since(start))
		time.Sleep(10 * time.Second)
		require.Equal(t, bot.Stats{Remembered: 1}, b.Stats())
	})
}

func TestRow31_SenderHangsUpWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
		b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
			time.Sleep(time.Second)
			return bot.Reply{}, nil
		})
		go post(b, inRoom("r", "", "m1"))
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		go serve(b, request(inRoom("r", "", "m2")).WithContext(ctx))
		synctest.Wait()
		require.Equal(t, 1, b.Stats().Waiting)
		cancel()
		synctest.Wait()
		require.Zero(t, b.Stats().Waiting)
		time.Sleep(time.Second)
		synctest.Wait()
		require.Zero(t, b.Stats().Rooms)
	})
}

func TestRow31_ManyRooms(t *testing.T) {
	const rooms, each = 1000, 20
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet(), Limits: bot.Limits{MaxRunning: rooms, MaxWaiting: each, Budget: time.Minute}})
	counts := make([]int, rooms) // each guarded by its room's turn
	var running, most atomic.Int64
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) {
		most.Store(max(most.Load(), running.Add(1)))
		defer running.Add(-1)
		var i int
		_, _ = fmt.Sscan(m.RoomID, &i)
		counts[i]++
		return bot.Reply{}, nil
	})
	var wg sync.WaitGroup
	for i := range rooms * each {
		wg.Go(func() { post(b, inRoom(fmt.Sprint(i%rooms), "", fmt.Sprint("m", i))) })
	}
	wg.Wait()
	for i, n := range counts {
		require.Equal(t, each, n, "room %d", i)
	}
	require.Zero(t, b.Stats().Rooms)
	require.Zero(t, b.Stats().Waiting)
}

func TestRow31_SwitchedOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet(), Limits: bot.Limits{MaxWaiting: -1}})
		b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
			time.Sleep(time.Second)
			return bot.Reply{}, nil
		})
		var wg sync.WaitGroup
		start := time.Now()
		for i := range 10 {
			wg.Go(func() { require.Equal(t, 200, post(b, inRoom("r", "", fmt.Sprint("m", i))).Code) })
		}
		wg.Wait()
		require.Equal(t, time.Second, time.Since(start), "all at once")
	})
}

func TestRow32_Stale(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var stale bool
		b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
		b.OnMessage(func(ctx context.Context, m *event.Message) (bot.Reply, error) {
			stale = bot.Stale(ctx)
			if m.BotState == "idle" {
				return bot.Go(size), nil
			}
			return bot.Reply{}, nil
		})
		deliver := func(state, id string) bool {
			require.Equal(t, 200, post(b, inRoom("r", state, id)).Code)
			return stale
		}
		require.False(t, deliver("idle", "m1"), "the first")
		require.True(t, deliver("idle", "m2"), "sent before the move arrived")
		require.False(t, deliver("size", "m3"), "the state the room was moved to")
		require.False(t, deliver("confirm", "m4"), "moved by somebody else")
		time.Sleep(time.Minute)
		require.False(t, deliver("idle", "m5"), "set back meanwhile, more likely")
	})
}

func TestRow32_UndeclaredState(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Machine: machine(), Logger: quiet()})
	b.State(idle).OnMessage(says("idle"))
	b.Fallback(func(context.Context, event.Event) (bot.Reply, error) { return bot.Say("fallback"), nil })
	require.Equal(t, "idle", said(t, b, text("idle", "m1", "x")))
	require.Equal(t, "fallback", said(t, b, text("gone", "m2", "x")))
}

func TestRow39_Loops(t *testing.T) {
	from := func(sender string) string {
		return `{"roomID":"r","event":"MESSAGE","data":{"message":"x","sender":` + sender + `}}`
	}
	added := `{"roomID":"r","event":"ADD_MEMBERS","data":{"sender":{"_id":"ann"},"members":[{"_id":"robot001","isRobot":true}]}}`
	for _, c := range []struct {
		name, body string
		cfg        bot.Config
		runs       int64
		why        string
	}{
		{"a person", from(`{"_id":"ann"}`), bot.Config{}, 1, "who bots are for"},
		{"itself", from(`{"_id":"robot001"}`), bot.Config{}, 0, "its own reply comes back"},
		{"itself, said by the envelope", `{"clientID":"robot001","roomID":"r","event":"MESSAGE","data":{"message":"x"}}`, bot.Config{}, 0, "the other place of the sender"},
		{"itself as a bare ID", from(`"robot001"`), bot.Config{}, 0, "another form of the sender"},
		{"its other ID", from(`{"_id":"robot002"}`), bot.Config{Senders: []string{"robot002"}}, 0, "one it may speak as"},
		{"itself when it hears robots", from(`{"_id":"robot001","isRobot":true}`), bot.Config{Robots: true}, 0, "never"},
		{"a robot", from(`{"_id":"other","isRobot":true}`), bot.Config{}, 0, "two bots would not stop"},
		{"a robot, asked for", from(`{"_id":"other","isRobot":true}`), bot.Config{Robots: true}, 1, "Config.Robots"},
		{"a robot is added", added, bot.Config{}, 1, "the robot is among the members, the sender is a person"},
		{"nobody", from(`null`), bot.Config{}, 0, "may be the bot itself"},
	} {
		b, n := numbered(c.cfg)
		w := post(b, c.body)
		require.Equal(t, 200, w.Code, c.name)
		require.Equal(t, c.runs, n.Load(), "%s: %s", c.name, c.why)
	}

	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	b.OnText("ping", says("pong")).HearRobots()
	b.OnMessage(says("not for robots"))
	require.Equal(t, "pong", said(t, b, `{"roomID":"r","event":"MESSAGE","data":{"message":"ping","sender":{"_id":"other","isRobot":true}}}`))
	require.Equal(t, "200", said(t, b, from(`{"_id":"other","isRobot":true}`)))
}

// Two bots that hear each other fall silent, and speak again after a person
// wrote or a minute has passed.
func TestRow40_PingPong(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		bots := [2]*bot.Bot{}
		for i := range bots {
			bots[i] = bot.MustNew(bot.Config{SenderID: fmt.Sprint("robot", i), Robots: true, Logger: quiet()})
			bots[i].OnMessage(says("and you?"))
		}
		n := 0
		talk := func(first string) (turns int) {
			for i := 0; ; i++ {
				n++
				sender := fmt.Sprintf(`{"_id":"robot%d","isRobot":true}`, (i+1)%2)
				if i == 0 {
					sender = first
				}
				body := fmt.Sprintf(`{"roomID":"r","event":"MESSAGE","data":{"_id":"m%d","message":"x","sender":%s}}`, n, sender)
				if said(t, bots[i%2], body) == "200" {
					return i
				}
				require.Less(t, i, 100, "they never stop")
			}
		}
		const person = `{"_id":"ann"}`
		require.Equal(t, 17, talk(person), "one answer to the person, eight each to the other")
		require.Zero(t, talk(`{"_id":"robot1","isRobot":true}`), "still silent")
		require.Equal(t, 1, talk(person), "a person ends it for the bot that hears her; the other is still silent")
		time.Sleep(2 * time.Minute)
		require.Positive(t, talk(`{"_id":"robot1","isRobot":true}`), "a minute ends it")
	})
}
