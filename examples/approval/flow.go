package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/fsm"
)

// The states say how far the room's request has come.
//
// A reply names the state to move to and not the transition, so guards tell
// apart only what leads to different states: to withdraw leads to Idle, and were
// Idle also what follows an approval, those who may withdraw could approve.
const (
	Idle      fsm.State = "idle"
	Pending   fsm.State = "pending"
	Escalated fsm.State = "escalated"
	Approved  fsm.State = "approved"
	Rejected  fsm.State = "rejected"
)

// flow is who may do what, and when.
func (w *workflow) flow() *fsm.Machine {
	return fsm.MustNew(Idle,
		fsm.Transition{Name: "request", From: Idle, To: Pending},
		fsm.Transition{Name: "approve", From: Pending, To: Approved, Guard: w.byAnother},
		fsm.Transition{Name: "reject", From: Pending, To: Rejected, Guard: w.byAnother},
		fsm.Transition{Name: "withdraw", From: Pending, To: Idle, Guard: w.byRequester},
		fsm.Transition{Name: "escalate", From: Pending, To: Escalated, Guard: w.afterPatience},
		fsm.Transition{Name: "approve", From: Escalated, To: Approved, Guard: w.byManager},
		fsm.Transition{Name: "reject", From: Escalated, To: Rejected, Guard: w.byManager},
		fsm.Transition{Name: "withdraw", From: Escalated, To: Idle, Guard: w.byRequester},
		fsm.Transition{Name: "request", From: Approved, To: Pending},
		fsm.Transition{Name: "request", From: Rejected, To: Pending},
		fsm.Allow("FSM006", Pending, "every way out is guarded, but each member passes one of the guards"),
		fsm.Allow("FSM006", Escalated, "a manager or who asked gets through"),
		fsm.Allow("FSM013", fsm.Any, "what is no command is people talking to each other"),
	)
}

// refusal is why a person may not do something, in words for them.
type refusal string

func (r refusal) Error() string { return string(r) }

// byAnother lets any member decide but the one who asked.
func (w *workflow) byAnother(ctx context.Context, mv fsm.Move) error {
	r, who, err := w.asked(ctx, mv)
	if err == nil && who == r.By {
		return refusal("somebody else has to decide")
	}
	return err
}

func (w *workflow) byManager(ctx context.Context, mv fsm.Move) error {
	if !slices.Contains(w.managers, mv.Event.(event.Event).From().ID) {
		return refusal("only managers can decide now")
	}
	return w.byAnother(ctx, mv)
}

// byRequester lets the one who asked go back. When that is lost everybody may, or
// the room could not get out of the state.
func (w *workflow) byRequester(ctx context.Context, mv fsm.Move) error {
	r, who, err := w.asked(ctx, mv)
	if err == nil && who != r.By {
		return refusal("only who asked can take it back")
	}
	if errors.Is(err, errLost) {
		return nil
	}
	return err
}

func (w *workflow) afterPatience(ctx context.Context, mv fsm.Move) error {
	r, _, err := w.asked(ctx, mv)
	if wait := r.At.Add(w.patience).Sub(w.now()); err == nil && wait > 0 {
		return refusal(fmt.Sprintf("the others have %.0f more minutes to decide", math.Ceil(wait.Minutes())))
	}
	return err
}

// errLost is what guards say when a room waits for a decision about a request
// that the ledger does not have: it was in the memory of another process.
const errLost refusal = "I have lost what was asked for: /withdraw it, and ask again"

// asked returns the room's request and who acts now.
func (w *workflow) asked(ctx context.Context, mv fsm.Move) (Request, string, error) {
	e := mv.Event.(event.Event)
	r, err := w.ledger.Load(ctx, e.Head().RoomID)
	if errors.Is(err, ErrNoRequest) {
		err = errLost
	}
	return r, e.From().ID, err
}
