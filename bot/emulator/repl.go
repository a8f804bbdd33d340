package emulator

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/funtekco/webhookbot/bot/internal/talk"
	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json/jsontext"
)

// ErrProtocol is what [REPL] returns when a script is over in which the bot broke
// the protocol.
var ErrProtocol = errors.New("emulator: the bot broke the protocol")

// errQuit ends the loop.
var errQuit = errors.New("quit")

// REPL talks to the bot in lines of text: what is typed is said, and lines that
// begin with one of the commands below are done. It returns when in ends, at
// /quit, or when ctx ends; a read that blocks stays behind then.
//
//	/?                  these commands
//	/as ID [NICKNAME]   speak as somebody, who need not exist yet
//	/join /leave        tell the bot that you came or left
//	/add ID... /remove ID...
//	/room NAME          go to another room, or make it
//	/state [NAME]       show the room's state, or set it
//	/1 /2 ...           press a button of the last answer
//	/send {JSON}        send any message by its fields
//	/event KIND [JSON]  send any event
//	/with [QUIRK...]    bend the requests from here on
//	/fault [NAME]       try a fault, or list them
//	/raw                show the last request and response
//	/rewind [N]         take back the last turn, or the last N
//	/save FILE /play FILE
//	/quit
//
// Any other line is for the bot, commands of its own too; "//" in front makes sure
// ("//add" says "/add"). On a terminal REPL shows a prompt and colours (none if
// NO_COLOR is set). Otherwise it writes the conversation as a transcript, which
// package bottest plays, and returns [ErrProtocol] if the bot broke the protocol.
func REPL(ctx context.Context, c Config, in io.Reader, out io.Writer) error {
	e, err := New(c)
	if err != nil {
		return err
	}
	s := &session{ctx: ctx, e: e, room: e.rooms[0].id, who: e.firstPerson(), out: out}
	s.terminal = isTerminal(in) && isTerminal(out)
	s.color = s.terminal && os.Getenv("NO_COLOR") == ""
	s.greet()
	for line := range lines(ctx, in) {
		if err := s.line(line); errors.Is(err, errQuit) {
			break
		} else if err != nil {
			s.remark("! " + err.Error())
		}
		s.prompt()
	}
	if s.terminal {
		s.printf("\n")
	} else if s.broken {
		return ErrProtocol
	}
	return nil
}

// session is one REPL at work.
type session struct {
	ctx             context.Context
	e               *Emulator
	room, who       string
	out             io.Writer
	terminal, color bool

	quirks  []string
	last    *turn
	buttons []button
	broken  bool
	usual   string // who speaks in plain answers of the transcript
}

func (e *Emulator) firstPerson() string {
	for _, u := range e.users {
		if !u.IsRobot {
			return u.ID
		}
	}
	return "" // withDefaults adds one
}

// commands are the REPL's own; what is not here is for the bot.
var commands map[string]func(*session, string) error

func init() {
	commands = map[string]func(*session, string) error{
		"?": (*session).help, "as": (*session).as, "room": (*session).goTo, "state": (*session).state,
		"join":   func(s *session, _ string) error { return s.act(talk.Turn{Verb: talk.Joins}) },
		"leave":  func(s *session, _ string) error { return s.act(talk.Turn{Verb: talk.Leaves}) },
		"add":    func(s *session, arg string) error { return s.members(talk.Adds, arg) },
		"remove": func(s *session, arg string) error { return s.members(talk.Removes, arg) },
		"send":   (*session).send, "event": (*session).event, "with": (*session).with, "fault": (*session).fault,
		"raw": (*session).raw, "rewind": (*session).rewind, "save": (*session).save, "play": (*session).play,
		"quit": func(*session, string) error { return errQuit },
	}
}

func (s *session) line(line string) error {
	line = strings.TrimSpace(line)
	if line == "" {
		return nil
	}
	if rest, ok := strings.CutPrefix(line, "//"); ok {
		return s.say("/" + rest)
	}
	if word, ok := strings.CutPrefix(line, "/"); ok {
		name, arg, _ := strings.Cut(word, " ")
		if n, err := strconv.Atoi(name); err == nil {
			return s.press(n)
		}
		if do, ok := commands[name]; ok {
			return do(s, strings.TrimSpace(arg))
		}
	}
	return s.say(line)
}

func (s *session) say(text string) error {
	return s.act(talk.Turn{Verb: talk.Says, Say: talk.TextValue(text)})
}

// act does something as the current user and shows what came of it.
func (s *session) act(t talk.Turn) error {
	if t.Verb != talk.At {
		t.Who = s.who
		if len(s.quirks) > 0 {
			t.With = &talk.With{Quirks: s.quirks}
		}
	}
	done, err := s.e.do(s.ctx, s.room, t)
	if err != nil {
		return err
	}
	s.last = done
	s.show(done)
	return nil
}

func (s *session) as(arg string) error {
	id, nickname, _ := strings.Cut(arg, " ")
	if id == "" {
		return errors.New("write: /as ID, or /as ID NICKNAME")
	}
	s.e.mu.Lock()
	u := s.e.cast().User(id)
	if nickname = strings.TrimSpace(nickname); nickname != "" {
		u.Nickname = nickname
	}
	s.e.setUser(u)
	s.e.mu.Unlock()
	s.who = id
	return nil
}

func (s *session) goTo(arg string) error {
	if _, err := s.e.addRoom(arg, ""); err != nil && !errors.Is(err, errRoomTaken) {
		return err
	}
	s.room, s.last, s.buttons, s.usual = arg, nil, nil, ""
	s.printf("room %s\n", arg)
	return nil
}

func (s *session) state(arg string) error {
	if arg != "" {
		if arg == `""` {
			arg = ""
		}
		return s.act(talk.Turn{Verb: talk.At, To: arg})
	}
	s.e.mu.Lock()
	defer s.e.mu.Unlock()
	r, err := s.e.room(s.room)
	if err == nil {
		s.remark("state " + stateName(r.chat.BotState()))
	}
	return err
}

func (s *session) members(v talk.Verb, arg string) error {
	ids := strings.FieldsFunc(arg, func(r rune) bool { return r == ' ' || r == ',' })
	if len(ids) == 0 {
		return fmt.Errorf("write: /%s ID ID", strings.TrimSuffix(string(v), "s"))
	}
	return s.act(talk.Turn{Verb: v, Whom: ids})
}

func (s *session) send(arg string) error {
	fields := jsontext.Value(arg)
	if !fields.IsValid(lax) || fields.Kind() != '{' {
		return errors.New(`write: /send {"messageType":"sticker","sticker":"FunFunFamily-1"}`)
	}
	return s.act(talk.Turn{Verb: talk.Says, Say: talk.MessageValue(fields)})
}

func (s *session) event(arg string) error {
	kind, data, _ := strings.Cut(arg, " ")
	v := jsontext.Value(strings.TrimSpace(data))
	if kind == "" || len(v) > 0 && !v.IsValid(lax) {
		return errors.New("write: /event KIND, or /event KIND and one JSON value")
	}
	if len(v) == 0 {
		v = nil
	}
	return s.act(talk.Turn{Verb: talk.Sends, Kind: event.Kind(kind), Data: v})
}

func (s *session) rewind(arg string) error {
	n, err := strconv.Atoi(arg)
	if err != nil {
		n = 1
	}
	s.e.mu.Lock()
	r, err := s.e.room(s.room)
	if err != nil || n < 1 || n > len(r.turns) {
		s.e.mu.Unlock()
		return errors.New("there are not so many turns to take back")
	}
	id := r.turns[len(r.turns)-n].ID
	s.e.mu.Unlock()
	s.last, s.buttons = nil, nil
	s.remark(fmt.Sprintf("rewound by %d", n))
	return s.e.rewind(s.room, id)
}
