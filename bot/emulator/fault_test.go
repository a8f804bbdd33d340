package emulator_test

import (
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/funtekco/webhookbot/bot/emulator/internal/orderbot"
	"github.com/stretchr/testify/require"
)

func locked() emulator.Config {
	return emulator.Config{Handler: orderbot.Locked(), Header: http.Header{"X-Bot-Secret": {orderbot.Secret}}}
}

// good is what the order bot, which keeps no memory, makes of each fault.
func TestFaultsOnAGoodBot(t *testing.T) {
	for _, c := range []struct{ name, grade, codes, why string }{
		{"redeliver", "kept", "same", "a bot without memory says the same again"},
		{"five", "kept", "answered", "each is answered"},
		{"order", "kept", "answered", "each is answered"},
		{"stale", "kept", "answered", "the state of before is as good as any"},
		{"undeclared", "kept", "answered", "answered all the same"},
		{"echo", "kept", "silent", "robots are not answered"},
		{"secret", "kept", "refused", "401 and a no-op"},
		{"broken", "kept", "refused", "400 and a no-op"},
		{"unknown", "kept", "answered", "a no-op"},
		{"oversize", "kept", "refused", "413 and a no-op"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := open(t, locked())
			p.say("ann", "order")
			got := p.fault(c.name)
			require.Equal(t, c.grade, got.Verdict.Grade, "%s: %v", c.why, got.Verdict.Notes)
			require.Equal(t, c.codes, got.codes(), c.why)
			require.NotEmpty(t, got.Exchanges)
			s := p.state().Rooms[0]
			require.Equal(t, "size", s.BotState, "a fault changes nothing")
			require.Equal(t, 2, s.Lines, "nor the conversation")
			require.Equal(t, 2, s.Turns)
		})
	}
}

func TestFaultsOnACarelessBot(t *testing.T) {
	var n atomic.Int32
	count := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{"senderID":"b","toBotState":"`+strings.Repeat("x", int(n.Add(1)))+`","data":{"messageType":"text","message":"hi"}}`)
	})
	p := open(t, emulator.Config{Handler: count})
	p.say("ann", "hi")
	for _, c := range []struct{ name, grade, codes string }{
		{"redeliver", "careful", "differs"},
		{"echo", "careful", "loop"},
		{"secret", "careful", "accepted"},
		{"broken", "careful", "accepted"},
		{"oversize", "careful", "accepted"},
	} {
		got := p.fault(c.name)
		require.Equal(t, c.grade, got.Verdict.Grade, c.name)
		require.Equal(t, c.codes, got.codes(), c.name)
	}
}

func TestFaultsOnABrokenBot(t *testing.T) {
	for _, c := range []struct {
		why, codes string
		bot        http.HandlerFunc
	}{
		{"an error page", "syntax", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400); io.WriteString(w, "<h1>Oops") }},
		{"nothing", "no-answer", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
		{"another status than that of the fault", "status", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(500)
			io.WriteString(w, `{}`)
		}},
		{"it acts on what it refuses", "effect", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(400)
			io.WriteString(w, `{"toBotState":"x"}`)
		}},
	} {
		got := open(t, emulator.Config{Handler: c.bot}).fault("broken")
		require.Contains(t, got.codes(), c.codes, c.why)
		require.NotEqual(t, "kept", got.Verdict.Grade, c.why)
	}
}

func TestGiveUp(t *testing.T) {
	var asked atomic.Int32
	gone := make(chan bool, 1)
	p := open(t, emulator.Config{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		if asked.Add(1) == 1 {
			<-r.Context().Done()
			gone <- true
			return
		}
		w.Header().Set("Content-Type", "application/json")
		io.WriteString(w, `{}`)
	})})
	got := p.fault("giveup")
	require.True(t, <-gone, "the bot sees that the caller is gone")
	require.Equal(t, "kept", got.Verdict.Grade, got.Verdict.Notes)
	require.Contains(t, got.Exchanges[0].Error, "no answer within 1ms")
	require.Equal(t, 200, got.Exchanges[1].Status)
}

func TestFiveAtOnceRefusedByABusyBot(t *testing.T) {
	turn := make(chan bool, 1)
	turn <- true
	p := open(t, emulator.Config{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		select {
		case <-turn:
		default:
			w.WriteHeader(http.StatusServiceUnavailable)
		}
		io.WriteString(w, `{"toBotState":null,"data":null}`)
	})})
	got := p.fault("five")
	require.Equal(t, "careful", got.Verdict.Grade)
	require.Equal(t, "busy", got.codes())
	require.Len(t, got.Exchanges, 5)
}

func TestRaw(t *testing.T) {
	p := open(t, emulator.Config{})
	got := decode[turn](t, p.post("/api/rooms/demo/raw", `{"body":"not JSON"}`))
	require.Equal(t, "broken", got.Verdict.Grade)
	require.Equal(t, "not JSON", got.Exchanges[0].Request)
	require.Equal(t, 400, got.Exchanges[0].Status)
	require.Equal(t, "syntax", got.Exchanges[0].BotError)
}

func TestFaultsAreListed(t *testing.T) {
	p := open(t, emulator.Config{})
	for _, f := range p.state().Faults {
		require.NotEmpty(t, f.Title)
		require.NotEmpty(t, f.About)
		require.NotEmpty(t, p.fault(f.Name).Verdict.Grade, "in an empty room too: "+f.Name)
	}
}
