package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
	"github.com/stretchr/testify/require"
)

const talks = "testdata/talks/*.txt"

// office is a workflow with a clock that tests move, and a count of what was
// carried out.
type office struct {
	workflow
	clock time.Time
	done  int
}

func newOffice() *office {
	o := &office{clock: time.Date(2026, time.June, 1, 9, 0, 0, 0, time.UTC)}
	o.workflow = workflow{
		ledger: &Memory{}, managers: []string{"boss", "sue"}, patience: 24 * time.Hour,
		now:      func() time.Time { return o.clock },
		approved: func(context.Context, string, Request) error { o.done++; return nil },
	}
	return o
}

func newTestBot() *bot.Bot { return newOffice().newBot(nil) }

func TestTalks(t *testing.T)       { bottest.Talks(t, newTestBot, talks) }
func TestCells(t *testing.T)       { bottest.Cells(t, newTestBot) }
func TestEcho(t *testing.T)        { bottest.Echo(t, newTestBot, bottest.Files(talks)) }
func TestInterleaved(t *testing.T) { bottest.Interleaved(t, newTestBot, bottest.Files(talks)) }

func TestEscalation(t *testing.T) {
	o := newOffice()
	room := bottest.New(t, o.newBot(nil)).Room("demo")
	ann, bob, boss := room.User("ann", ""), room.User("bob", ""), room.User("boss", "")
	ann.Says("/request a new chair").RepliesLike("a new chair").State(Pending)
	o.clock = o.clock.Add(23*time.Hour + 58*time.Minute + 30*time.Second)
	ann.Says("/escalate").Replies("Sorry, the others have 2 more minutes to decide.").Stays()
	o.clock = o.clock.Add(90 * time.Second)
	ann.Says("/escalate").RepliesWith(`{"message":"**Ann** calls the managers about: a new chair","mentions":["boss","sue"]}`).State(Escalated)
	bob.Says("/approve").Replies("Sorry, only managers can decide now.").Stays()
	boss.Says("/approve").Replies("**Boss** approves: a new chair").State(Approved)
	require.Equal(t, 1, o.done)

	boss.Says("/request a golden chair").RepliesLike("golden").State(Pending)
	o.clock = o.clock.Add(24 * time.Hour)
	bob.Says("/escalate").RepliesLike("calls the managers").State(Escalated)
	boss.Says("/approve").Replies("Sorry, somebody else has to decide.").Stays() // managers ask too
	room.User("sue", "").Says("/reject").RepliesLike("Sue.* rejects").State(Rejected)

	ann.Says("/request a lamp").RepliesLike("lamp").State(Pending)
	o.clock = o.clock.Add(24 * time.Hour)
	ann.Says("/escalate").RepliesLike("lamp").State(Escalated)
	ann.Says("/withdraw").RepliesLike("takes back: a lamp").State(Idle)
	require.Equal(t, 1, o.done, "only what was approved is carried out")
}

func TestButtons(t *testing.T) {
	room := bottest.New(t, newTestBot()).Room("demo")
	room.User("ann", "").Says("/request cake").RepliesLike("cake")
	room.User("bob", "").Taps("Approve").Replies("**Bob** approves: cake").State(Approved)
}

// Two members decide at the same moment: the server sends the second command with
// the state from before the first, which At stands for.
func TestTwoDecideAtOnce(t *testing.T) {
	o := newOffice()
	room := bottest.New(t, o.newBot(nil)).Room("demo")
	room.User("ann", "").Says("/request cake").RepliesLike("cake")
	room.User("bob", "").Says("/approve").RepliesLike("approves").State(Approved)
	room.At(Pending).User("eve", "").Says("/reject").Replies("Sorry, somebody was faster.")
	require.Equal(t, 1, o.done)
}

func TestNothingIsCarriedOutTwice(t *testing.T) {
	var o *office
	fresh := func() *bot.Bot {
		o = newOffice()
		return o.newBot(nil)
	}
	bottest.Redelivered(t, fresh, bottest.Files(talks), bottest.Effects(func() int { return o.done }))
}

// brokenLedger stands for a database that is down.
type brokenLedger struct{}

var errDown = errors.New("connection refused")

func (brokenLedger) Load(context.Context, string) (Request, error) { return Request{}, errDown }
func (brokenLedger) Save(context.Context, string, Request) error   { return errDown }

// What people are told is why they may not; what is broken is for the log, and
// the chat server may send the event again.
func TestBrokenLedgerIsNoRefusal(t *testing.T) {
	o := newOffice()
	o.ledger = brokenLedger{}
	b := o.newBot(nil)
	for _, body := range []string{
		`{"roomID":"demo","event":"MESSAGE","data":{"message":"/request cake","sender":"ann"}}`,
		`{"roomID":"demo","event":"MESSAGE","botState":"pending","data":{"message":"/approve","sender":"bob"}}`,
		`{"roomID":"demo","event":"MESSAGE","botState":"escalated","data":{"message":"/approve","sender":"boss"}}`,
	} {
		r := httptest.NewRequest(http.MethodPost, "/webhook", strings.NewReader(body))
		r.RemoteAddr = "127.0.0.1:40000"
		r.Header.Set("Content-Type", "application/json")
		w := httptest.NewRecorder()
		b.ServeHTTP(w, r)
		require.Equal(t, http.StatusInternalServerError, w.Code, body)
		require.JSONEq(t, `{"toBotState":null,"data":null}`, w.Body.String(), body)
	}
}

func TestFlow(t *testing.T) {
	b := newTestBot()
	fsmtest.RequireSound(t, b)
	fsmtest.States(t, b.Machine(), "testdata/states.golden")
	fsmtest.Diagram(t, b.Machine(), "README.md", "approval")
	fsmtest.Before(t, b.Machine(), Pending, Approved)
}

func TestREADME(t *testing.T) { readme.Curl(t, newTestBot()) }

func TestMain(m *testing.M) {
	slog.SetDefault(slog.New(slog.DiscardHandler)) // what the bot logs here is expected
	bottest.Main(m, bottest.Cover{States: 100, Transitions: 100, Routes: 100})
}
