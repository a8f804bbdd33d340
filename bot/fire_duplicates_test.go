package bot_test

import (
	"context"
	"fmt"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

// numbered answers each message with how many were handled before it.
func numbered(cfg bot.Config) (*bot.Bot, *atomic.Int64) {
	var n atomic.Int64
	cfg.SenderID, cfg.Logger = "robot001", quiet()
	b := bot.MustNew(cfg)
	b.Fallback(func(context.Context, event.Event) (bot.Reply, error) {
		return bot.Say(fmt.Sprint("answer ", n.Add(1))), nil
	})
	return b, &n
}

func TestRow27_RedeliveredMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b, n := numbered(bot.Config{})
		first := post(b, text("idle", "m1", "x")).Body.String()
		require.Equal(t, first, post(b, text("idle", "m1", "x")).Body.String(), "same bytes")
		require.Equal(t, first, post(b, text("size", "m1", "x")).Body.String(), "the room's state has moved on meanwhile")
		require.EqualValues(t, 1, n.Load())

		require.NotEqual(t, first, post(b, text("idle", "m1", "edited")).Body.String(), "an edited message keeps its ID")
		require.NotEqual(t, first, post(b, strings.Replace(text("idle", "m1", "x"), `"r"`, `"s"`, 1)).Body.String(), "another room")
		require.EqualValues(t, 3, n.Load())

		time.Sleep(9 * time.Minute)
		require.Equal(t, first, post(b, text("idle", "m1", "x")).Body.String(), "still remembered")
		time.Sleep(2 * time.Minute)
		require.NotEqual(t, first, post(b, text("idle", "m1", "x")).Body.String(), "forgotten after ten minutes")
	})
}

func TestRow27_Bounds(t *testing.T) {
	b, n := numbered(bot.Config{Limits: bot.Limits{MaxRemembered: 4}})
	for i := range 100 {
		post(b, text("idle", fmt.Sprint("m", i), "x"))
		require.LessOrEqual(t, b.Stats().Remembered, 4)
	}
	post(b, text("idle", "m99", "x"))
	require.EqualValues(t, 100, n.Load(), "the newest is still known")
	post(b, text("idle", "m0", "x"))
	require.EqualValues(t, 101, n.Load(), "the oldest is not")

	b, _ = numbered(bot.Config{Limits: bot.Limits{MaxRemembered: 100, MaxRememberedBytes: 300}})
	for i := range 100 {
		post(b, text("idle", fmt.Sprint("m", i), "x"))
	}
	require.LessOrEqual(t, b.Stats().Remembered, 4, "bounded in bytes too")

	b, n = numbered(bot.Config{Limits: bot.Limits{Remember: -1}})
	post(b, text("idle", "m", "x"))
	post(b, text("idle", "m", "x"))
	require.EqualValues(t, 2, n.Load(), "switched off")
}

// Room, ID and data each tell deliveries apart, also within one shard.
func TestRow27_OneShard(t *testing.T) {
	b, n := numbered(bot.Config{Limits: bot.Limits{MaxRemembered: 100}})
	for _, body := range []string{
		inRoomText("r", "m", "x"), inRoomText("s", "m", "x"), inRoomText("r", "n", "x"), inRoomText("r", "m", "y"),
		inRoomText("rm", "", "x"), inRoomText("m", "r", "x"),
	} {
		post(b, body)
	}
	require.EqualValues(t, 6, n.Load())
}

func TestRow27_ErrorsAreNotRemembered(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	fail := true
	b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
		if fail {
			return bot.Reply{}, context.Canceled
		}
		return bot.Say("ok"), nil
	})
	require.Equal(t, 500, post(b, text("", "m", "x")).Code)
	fail = false
	require.Equal(t, 200, post(b, text("", "m", "x")).Code)
}

func TestRow28_CopiesWhileTheFirstRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var runs atomic.Int64
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
		b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
			time.Sleep(time.Second)
			return bot.Say(fmt.Sprint("run ", runs.Add(1))), nil
		})
		var all [100]*httptest.ResponseRecorder
		var wg sync.WaitGroup
		for i := range all {
			wg.Go(func() { all[i] = post(b, text("", "m", "x")) })
		}
		wg.Wait()
		for _, w := range all {
			require.Equal(t, 200, w.Code)
			require.Equal(t, all[0].Body.String(), w.Body.String())
		}
		require.EqualValues(t, 1, runs.Load())
		require.Zero(t, b.Stats().Rooms)
	})
}

func TestRow28_CopiesGiveUpAtTheBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
		b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
			time.Sleep(6 * time.Second)
			return bot.Say("late"), nil
		})
		go post(b, text("", "m", "x"))
		synctest.Wait()
		start := time.Now()
		w := post(b, text("", "m", "x"))
		require.Equal(t, 503, w.Code)
		require.Equal(t, 2500*time.Millisecond, time.Since(start))
		time.Sleep(5 * time.Second)
		require.Contains(t, post(b, text("", "m", "x")).Body.String(), "late", "the late answer goes out with a redelivery")
	})
}

func TestRow29_MembershipIsNeverADuplicate(t *testing.T) {
	b, n := numbered(bot.Config{})
	for _, name := range []string{"spec_join_room", "spec_add_members", "spec_delete_members"} {
		post(b, testdata(t, name))
		post(b, testdata(t, name))
	}
	post(b, text("", "", "a message without an ID"))
	post(b, text("", "", "a message without an ID"))
	require.EqualValues(t, 8, n.Load())
}

func TestRow30_OtherApplication(t *testing.T) {
	in := func(app string) string { return `{"appID":"` + app + `","roomID":"r","event":"X"}` }
	b, n := numbered(bot.Config{AppIDs: []string{"mine", "ours"}})
	require.Equal(t, 200, post(b, in("mine")).Code)
	require.Equal(t, 200, post(b, in("ours")).Code)
	require.Equal(t, 200, post(b, `{"roomID":"r","event":"X"}`).Code, "the spec's examples name none")
	w := post(b, in("theirs"))
	require.Equal(t, 403, w.Code)
	require.Equal(t, noop, w.Body.String())
	require.Equal(t, "app", w.Header().Get("X-Bot-Error"))
	require.EqualValues(t, 3, n.Load())
}
