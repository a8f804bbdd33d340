package bottest

import (
	"crypto/rand"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot/internal/chat"
	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// Server is a chat server in memory. It keeps each room's state, members and
// messages, posts what people do to the bot and applies what the bot answers.
// It belongs to one test and is not safe for concurrent use.
type Server struct {
	t       testing.TB
	conf    *config
	client  *client
	subject *subject
	rooms   map[string]*Room
}

// New returns a chat server for a bot: a *bot.Bot, or any webhook that is an
// http.Handler. With a *bot.Bot failures also tell what would have been
// possible, and coverage is counted. Give each test a bot of its own: a bot knows
// for a while what it told a room, and would take the next test's for stale.
func New(t testing.TB, h http.Handler, opts ...Option) *Server {
	t.Helper()
	c := newConfig(opts)
	if c.now == nil {
		c.now = time.Now
	}
	// A bot that several tests share remembers messages by their IDs.
	c.newID = func(room string) func(time.Time) string { return chat.ObjectIDs(room + rand.Text()) }
	cl := connect(h, c)
	t.Cleanup(cl.close)
	return &Server{t: t, conf: c, client: cl, subject: newSubject(h), rooms: map[string]*Room{}}
}

// Room returns the room with an ID, made when it is asked for the first time:
// then it is empty and its state was never set.
func (s *Server) Room(id string) *Room {
	s.t.Helper()
	if r := s.rooms[id]; r != nil {
		return r
	}
	r := &Room{t: s.t, session: newSession(s.subject, s.client, s.conf, &talk.Talk{Room: id})}
	s.t.Cleanup(func() { r.settle() })
	s.rooms[id] = r
	return r
}

// Room is a chatroom with the bot in it.
type Room struct {
	t       testing.TB
	session *session
	last    *Turn
}

// At puts the room into a state without telling the bot, to begin a test
// anywhere in a conversation. In the midst of one the bot may take the room's
// events for stale, as it would with a real server; see bot.Stale.
func (r *Room) At(state fsm.State) *Room {
	r.t.Helper()
	r.act(&talk.Turn{Verb: talk.At, To: string(state)})
	return r
}

// State returns the state the room is in; empty means it was never set.
func (r *Room) State() fsm.State { return fsm.State(r.session.room.BotState()) }

// Echo makes the server tell the bot of its own replies from now on. It fails
// the test when the bot answers one.
func (r *Room) Echo() *Room {
	r.session.echo = true
	return r
}

// Transcript returns the conversation so far, in the form [Talks] reads.
func (r *Room) Transcript() string {
	f := talk.File{Talks: []*talk.Talk{r.session.talk}}
	return f.String()
}

// User returns a person who acts in the room. An empty nickname is the ID with a
// capital.
func (r *Room) User(id, nickname string) *User { return r.user(id, nickname, false) }

// Robot returns another robot, whose messages carry isRobot.
func (r *Room) Robot(id, nickname string) *User { return r.user(id, nickname, true) }

func (r *Room) user(id, nickname string, robot bool) *User {
	u := r.session.talk.User(id)
	if nickname != "" {
		u.Nickname = nickname
	}
	u.IsRobot = robot
	r.cast(u)
	return &User{room: r, user: u}
}

// cast introduces a user to the transcript unless it needs no introduction.
func (r *Room) cast(u event.User) {
	t := r.session.talk
	if known := t.User(u.ID); known.Nickname != u.Nickname || known.IsRobot != u.IsRobot {
		t.Cast = append(t.Cast, talk.Person{User: u})
	}
}

// act plays a turn and checks what must hold on every turn.
func (r *Room) act(turn *talk.Turn) *Turn {
	r.t.Helper()
	r.settle()
	x, err := r.session.play(turn)
	if err != nil {
		r.t.Fatalf("bottest: %v", err)
	}
	if x == nil {
		return nil
	}
	r.last = &Turn{room: r, x: x, at: caller()}
	if len(x.broken) > 0 {
		r.last.asserted = true
		r.last.fail("the protocol is broken", violations(x.broken)...)
	}
	return r.last
}

// settle fails the test when the last turn's reply was not expected.
func (r *Room) settle() {
	r.t.Helper()
	t := r.last
	if t == nil || t.asserted || r.t.Failed() {
		return
	}
	t.asserted = true
	if t.x.observed.Message != nil {
		r.t.Errorf("%s", t.report("the bot answers, and nothing expects it: add Replies, RepliesLike or RepliesWith in "+t.at))
	}
}

// caller returns the file and line outside of this package.
func caller() string {
	pcs := make([]uintptr, 16)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(2, pcs)])
	for {
		f, more := frames.Next()
		if !strings.Contains(f.Function, "/bottest.") || strings.HasSuffix(f.File, "_test.go") || !more {
			return f.File[strings.LastIndexByte(f.File, '/')+1:] + ":" + strconv.Itoa(f.Line)
		}
	}
}
