package main

import (
	"net/http/httptest"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
	"github.com/stretchr/testify/require"
)

func TestMain(m *testing.M) {
	bottest.Main(m, bottest.Cover{States: 100, Transitions: 100, Routes: 100})
}

const token = "t0ken-canary"

// fake returns a ticket system of the test's own and a client for it.
func fake(t *testing.T) (*Fake, *Client) {
	f := NewFake(token)
	srv := httptest.NewServer(f)
	t.Cleanup(srv.Close)
	c, err := NewClient(srv.URL+"/", token)
	require.NoError(t, err)
	return f, c
}

func (f *Fake) count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return len(f.tickets)
}

// Each bot has a ticket system of its own. What is opened there is on purpose not
// in the room's state, so the layers that compare answers by that are left out.
func TestTalks(t *testing.T) {
	newBot := func() *bot.Bot { _, c := fake(t); return newBot(nil, c) }
	bottest.Talks(t, newBot, "testdata/talks/*.txt")
	bottest.Cells(t, newBot)
	bottest.Echo(t, newBot, bottest.Files("testdata/talks/*.txt"))
}

func TestRedelivered(t *testing.T) {
	f, c := fake(t)
	bottest.Redelivered(t, func() *bot.Bot { return newBot(nil, c) }, bottest.Effects(f.count))
	require.Positive(t, f.count())
}

// A bot that was restarted knows what was said before, and one that handles a
// message again after a crash opens no second ticket.
func TestRestart(t *testing.T) {
	f, c := fake(t)
	const say = `{"roomID":"r","event":"MESSAGE","botState":"idle","data":{"_id":"m1","message":"/ticket no light","sender":"ann"}}`
	for range 2 {
		require.Contains(t, post(t, newBot(nil, c), say), "T-1 is open.")
	}
	require.Equal(t, 1, f.count())
	room := bottest.New(t, newBot(nil, c)).Room("r").At(Details)
	room.User("ann", "").Says("all dark").RepliesLike("How urgent").State(Urgency)
	require.Equal(t, "all dark", f.tickets[0].Details)
}

func TestOtherRooms(t *testing.T) {
	_, c := fake(t)
	s := bottest.New(t, newBot(nil, c))
	s.Room("a").User("ann", "").Says("/ticket secret").RepliesLike("T-1 is open")
	bob := s.Room("b").User("bob", "")
	bob.Says("/status T-1").RepliesLike("no such ticket").Stays()
	bob.Says("/tickets").Replies("This room has no tickets. /ticket opens one.")
}

func TestFlow(t *testing.T) {
	fsmtest.RequireSound(t, newBot(nil, nil))
	fsmtest.Diagram(t, flow, "README.md", "flow")
}

func TestReadme(t *testing.T) {
	_, c := fake(t)
	readme.Curl(t, newBot(nil, c))
}
