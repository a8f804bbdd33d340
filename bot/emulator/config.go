package emulator

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// Config says which bot to talk to. One of Webhook and Handler is needed.
type Config struct {
	// Webhook is the bot's URL. Redirects are not followed: the chat server is not
	// known to.
	Webhook string
	// Handler is a bot in the same process. It sees real HTTP requests from
	// 127.0.0.1. Of Webhook, only path and query are used then; default "/".
	Handler http.Handler
	// Header is sent with every request, for example a shared secret. The page
	// shows the names and never the values.
	Header http.Header
	// Timeout is how long the bot may take to answer. Default 10 s; the vendor
	// documents no limit.
	Timeout time.Duration

	// Machine, if given, is drawn with the room's state marked, and a state it does
	// not have is pointed out.
	Machine *fsm.Machine

	// Users are who one can speak as; those who are robots are members of every
	// room. Default: Ann and Bob.
	Users []event.User
	// Rooms are the IDs of the rooms at the start, each with the first user who is
	// no robot as member. Default: "demo".
	Rooms []string

	// Hosts are further names, besides localhost and its addresses, under which
	// the page may be opened. Naming one also lets other machines connect; a "*"
	// accepts every name.
	Hosts []string
	// Logger gets what goes wrong. Default slog.Default. Texts and secrets are
	// never logged.
	Logger *slog.Logger
}

// Emulator is a chat server in memory, and the http.Handler of its page. It is
// safe for concurrent use.
type Emulator struct {
	hook    *hook
	hub     *hub
	files   files
	log     *slog.Logger
	hosts   []string
	handler http.Handler
	machine *machine

	mu     sync.Mutex // for all below and what is in the rooms
	users  []event.User
	rooms  []*room
	lastID int // of turns and lines
}

// New checks c and returns an emulator with its rooms. It starts nothing.
func New(c Config) (*Emulator, error) {
	c = c.withDefaults()
	target, err := c.target()
	if err != nil {
		return nil, fmt.Errorf("emulator: %w", err)
	}
	e := &Emulator{hub: newHub(), log: c.Logger, hosts: c.Hosts, users: c.Users, machine: newMachine(c.Machine)}
	e.hook = newHook(c, target)
	e.handler = e.routes()
	for _, id := range c.Rooms {
		if _, err := e.openRoom(id, ""); err != nil {
			return nil, fmt.Errorf("emulator: Config.Rooms: %w", err)
		}
	}
	return e, nil
}

func (c Config) withDefaults() Config {
	if c.Timeout <= 0 {
		c.Timeout = 10 * time.Second
	}
	if c.Logger == nil {
		c.Logger = slog.Default()
	}
	if len(c.Rooms) == 0 {
		c.Rooms = []string{"demo"}
	}
	c.Users = slices.Clone(c.Users)
	if !slices.ContainsFunc(c.Users, func(u event.User) bool { return !u.IsRobot }) {
		c.Users = append(c.Users, event.User{ID: "ann", Nickname: "Ann"}, event.User{ID: "bob", Nickname: "Bob"})
	}
	return c
}

// target returns where requests go. Its errors do not repeat the URL, which may
// hold a secret.
func (c Config) target() (*url.URL, error) {
	switch {
	case c.Webhook == "" && c.Handler == nil:
		return nil, errors.New("Config needs a Webhook or a Handler")
	case c.Webhook == "":
		return &url.URL{Scheme: "http", Host: "localhost", Path: "/"}, nil
	}
	u, err := url.Parse(c.Webhook)
	if err != nil {
		return nil, errors.New("Config.Webhook is not a URL")
	}
	if c.Handler != nil {
		u.Scheme, u.Host = "http", "localhost"
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, errors.New("Config.Webhook is not an http or https URL with a host")
	}
	return u, nil
}
