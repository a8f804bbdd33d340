package bot

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"github.com/funtekco/webhookbot/fsm"
)

// Config says how a [Bot] behaves. The zero Config is a bot without states that
// hears loopback requests only and has no ID to speak as. Limits that are zero
// take the default named with them.
type Config struct {
	// SenderID is the client ID the bot speaks as. A reply that carries a
	// message needs one: without a sender the web client drops the message.
	// Events that this ID caused are never handled, so that the bot does not
	// answer itself.
	SenderID string

	// Senders are further client IDs that handlers may speak as with [Reply.As].
	// Events that they caused are not handled either.
	Senders []string

	// Machine declares the bot's states and transitions. Without one the bot may
	// move to any state.
	Machine *fsm.Machine

	// Verify decides which requests are genuine. With nil only loopback requests
	// that no proxy forwarded are answered, all others get 401.
	Verify Verifier

	// AppIDs, when not empty, are the applications the bot serves. Events of
	// another one get 403; events that name none are let through.
	AppIDs []string

	// Robots lets the bot hear other robots: without it events whose sender has
	// isRobot set are answered with nothing. See also [Route.HearRobots].
	Robots bool

	// CommandPrefixes are what a command may begin with. Default: "/".
	CommandPrefixes []string

	// Late is the answer when a handler overran its Budget. The zero Reply
	// answers 503 with nothing in it, which a server may take as a reason to
	// deliver again, and then the handler's own answer goes out. Any other Late is
	// sent with 200, and what the handler answers in the end is most likely lost.
	Late Reply

	// Logger receives what goes wrong, never a message text or a secret.
	// Default: slog.Default(), as it is when New is called.
	Logger *slog.Logger

	// Observer is told of every request after it was answered. Default: none.
	Observer Observer

	Limits
}

// Limits are the bounds a [Bot] keeps. Zero means the default; a field that may
// be switched off says so.
type Limits struct {
	MaxBody     int64         // largest request body in bytes; default 1 MiB
	ReadTimeout time.Duration // for receiving a body; default 5 s, negative: none

	// Budget is how long a request may take from its arrival, waiting for its
	// turn included. It is the deadline of the handler's context; past it the
	// sender is answered whatever the handler does. Default 2.5 s, negative: no
	// limit.
	Budget time.Duration

	MaxRunning int // handlers at one time, overrunning ones included; default 256; more get 503
	MaxWaiting int // events of one room waiting for their turn; default 16; more get 503. Negative: rooms take no turns

	// Remember is how long the answer to a MESSAGE is kept for a redelivery of
	// it. Default 10 min, negative: redeliveries are handled again.
	Remember time.Duration

	MaxRemembered      int // answers kept, oldest dropped first; default 16 384
	MaxRememberedBytes int // their total size; default 16 MiB

	// RobotTurns is how many events of robots in a row a room may see answered
	// before the bot falls silent there for a minute, or until a person writes.
	// Default 8, negative: no such breaker.
	RobotTurns int
}

// maxReply is the largest answer in bytes. No limit is documented; a person's
// client shows nothing sensible far below it.
const maxReply = 64 << 10

func (l *Limits) setDefaults() {
	setDefault(&l.MaxBody, 1<<20)
	setDefault(&l.ReadTimeout, 5*time.Second)
	setDefault(&l.Budget, 2500*time.Millisecond)
	setDefault(&l.MaxRunning, 256)
	setDefault(&l.MaxWaiting, 16)
	setDefault(&l.Remember, 10*time.Minute)
	setDefault(&l.MaxRemembered, 16384)
	setDefault(&l.MaxRememberedBytes, 16<<20)
	setDefault(&l.RobotTurns, 8)
}

func setDefault[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}

// check returns every problem of c at once.
func (c *Config) check() error {
	var errs []error
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf("bot: Config."+format, args...)) }
	if c.MaxBody < 0 {
		bad("MaxBody is negative: a body needs a bound")
	}
	if c.MaxBody > 1<<30 {
		bad("MaxBody is over 1 GiB: a body is held in memory")
	}
	if c.MaxRemembered < 0 || c.MaxRememberedBytes < 0 {
		bad("MaxRemembered or MaxRememberedBytes is negative: a negative Remember switches the memory off")
	}
	if c.MaxRunning < 0 {
		bad("MaxRunning is negative: handlers need a bound")
	}
	if slices.Contains(c.Senders, "") {
		bad("Senders holds an empty ID")
	}
	if slices.Contains(c.CommandPrefixes, "") {
		bad("CommandPrefixes holds an empty prefix, which would make every text a command")
	}
	if v, ok := c.Verify.(interface{ check() error }); ok {
		if err := v.check(); err != nil {
			bad("Verify: %w", err)
		}
	}
	if c.Late.ToBotState != "" {
		bad("Late moves to a state: a late handler may still move the room itself")
	}
	if c.Late.Message != nil {
		if err := c.checkMessage(&c.Late); err != nil {
			bad("Late: %w", err)
		}
	}
	return errors.Join(errs...)
}
