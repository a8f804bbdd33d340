package bot

import (
	"net/http"
	"time"

	"github.com/funtekco/webhookbot/event"
)

// ServeHTTP answers one webhook request. It is the whole path, from HTTP in to
// HTTP out; the first step that fails decides the answer:
//
//	method, verification, media type, size   -> 405, 401, 415, 413
//	body, decoding, application              -> 413, 408, 400, 403
//	own and robots' events, no route         -> 200, nothing
//	redelivery of an answered MESSAGE        -> 200, the same bytes
//	the room's turn, a free slot             -> 503
//	middleware and handler                   -> 500, 503 when over budget
//	checking and encoding the reply          -> 500
//
// Whatever the status, the body is one JSON response envelope. A failure has
// the reason as one fixed word in the header X-Bot-Error.
func (b *Bot) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	x := &exchange{bot: b, w: w, r: r, started: time.Now(), key: -1}
	if !b.gate.arrive() {
		x.fail(errClosed)
		x.report()
		return
	}
	defer b.gate.depart()
	defer func() {
		p := recover() // of a verifier or a condition; handlers are contained in run
		if p != nil && !x.apartly {
			x.fail(x.panicked(p))
		}
		if !x.apartly { // else the handler's goroutine, which may still run, does
			x.report()
		}
		if p == http.ErrAbortHandler || !x.apartly && x.aborted {
			panic(http.ErrAbortHandler) // as was asked for: no answer at all
		}
	}()
	if e, err := x.receive(); err != nil {
		x.fail(err)
	} else {
		x.serve(e)
	}
}

// receive turns the request into an event.
func (x *exchange) receive() (event.Event, error) {
	b := x.bot
	var err error
	if x.key, err = b.admit(x.r); err != nil {
		return nil, err
	}
	e, err := b.readEvent(x.w, x.r)
	if err != nil {
		return nil, err
	}
	x.event = e
	return e, b.checkApp(e.Head())
}

// serve answers a well-formed event of a genuine sender.
func (x *exchange) serve(e event.Event) {
	b := x.bot
	x.state, x.declared = b.resolve(e.Head().BotState)
	if x.room = b.rooms.of(e.Head().RoomID); !b.cfg.mayHear(e) {
		x.nothing(Ignored)
		return
	}
	x.route = b.compiled().route(x.state, e, b.cfg.CommandPrefixes)
	if !x.declared {
		b.errs.undeclared(e.Head().BotState)
	}
	switch {
	case !b.cfg.hears(e.From(), x.route):
		x.nothing(Ignored)
	case x.route == nil:
		x.nothing(Unrouted)
	default:
		x.once(e)
	}
}

// once answers a redelivered message with the bytes of its first answer, and
// has everything else handled.
func (x *exchange) once(e event.Event) {
	mem, first := x.room.remember(e, x.started)
	switch {
	case !first:
		x.again(e, mem)
	case x.r.ProtoMajor >= 2 && x.bot.cfg.Budget > 0:
		x.apart(func() { x.inTurn(e, mem) })
	default:
		x.inTurn(e, mem)
	}
}

// again answers as the first delivery was answered, waiting for it if it is
// still in work. When the sender of the first hung up, this is the one that is
// left, and is handled.
func (x *exchange) again(e event.Event, mem *memory) {
	first, err := x.room.recall(x.wait(), mem)
	switch {
	case err != nil:
		x.fail(err)
	case first.outcome == HungUp:
		x.once(e)
	default:
		x.answer(first.as(Duplicate))
	}
}

// inTurn waits for the room's turn and a slot, and runs the handler.
func (x *exchange) inTurn(e event.Event, mem *memory) {
	id := e.Head().RoomID
	if err := x.room.enter(x.wait(), id); err != nil {
		x.conclude(mem, failure(err), err)
		return
	}
	defer x.room.leave(id)
	if err := x.bot.gate.enter(); err != nil {
		x.conclude(mem, failure(err), err)
		return
	}
	defer x.bot.gate.leave()
	x.stale, x.muted = x.room.look(e.Head(), e.From(), x.bot.cfg.RobotTurns, x.started)
	x.run(e, mem)
}
