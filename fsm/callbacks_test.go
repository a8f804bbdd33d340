package fsm_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/fsm"
	looplab "github.com/looplab/fsm"
	"github.com/stretchr/testify/require"
)

// withCallbacks is the order machine with callbacks.
func withCallbacks(cs looplab.Callbacks) *fsm.Machine {
	return fsm.MustNew("idle",
		tr("order", "idle", "size"), tr("sized", "size", "confirm"), tr("again", "confirm", "confirm"),
		tr("done", "confirm", "idle"), tr("cancel", fsm.Any, "idle"), fsm.Callbacks(cs))
}

func TestCallbacksRunInOrder(t *testing.T) {
	var ran []string
	note := func(key string) looplab.Callback {
		return func(ctx context.Context, e *looplab.Event) {
			ran = append(ran, fmt.Sprint(key, " ", e.Event, " ", e.Src, " ", e.Dst, " ", e.Args[0], " ", ctx.Value(ctxKey{}), " ", e.FSM.Current()))
		}
	}
	cs := looplab.Callbacks{}
	for _, key := range []string{
		"before_order", "before_event", "leave_idle", "leave_state", "enter_size", "enter_state", "after_order", "after_event",
		"after_again", "confirm", "cancel",
	} {
		cs[key] = note(key)
	}
	m := withCallbacks(cs)
	ctx := context.WithValue(context.Background(), ctxKey{}, "live")
	for _, row := range []struct {
		name, why string
		from, to  fsm.State
		want      []string
	}{
		{"all of them", "looplab's order; the FSM shows the state before, then the one after", "idle", "size", []string{
			"before_order order idle size hi live idle", "before_event order idle size hi live idle",
			"leave_idle order idle size hi live idle", "leave_state order idle size hi live idle",
			"enter_size order idle size hi live size", "enter_state order idle size hi live size",
			"after_order order idle size hi live size", "after_event order idle size hi live size"}},
		{"to itself", "no state is left or entered", "confirm", "confirm", []string{
			"before_event again confirm confirm hi live confirm",
			"after_again again confirm confirm hi live confirm", "after_event again confirm confirm hi live confirm"}},
		{"short forms", "a state's name means entering it", "size", "confirm", []string{
			"before_event sized size confirm hi live size", "leave_state sized size confirm hi live size",
			"confirm sized size confirm hi live confirm", "enter_state sized size confirm hi live confirm",
			"after_event sized size confirm hi live confirm"}},
		{"undeclared state", "looplab sees it as Any", "milk", "idle", []string{
			"before_event cancel * idle hi live *", "leave_state cancel * idle hi live *", "enter_state cancel * idle hi live idle",
			"cancel cancel * idle hi live idle", "after_event cancel * idle hi live idle"}},
		{"staying", "nothing is taken", "idle", "idle", []string{
			"before_event cancel idle idle hi live idle", "cancel cancel idle idle hi live idle", "after_event cancel idle idle hi live idle"}},
		{"staying without a transition", "nothing is taken", "size", "size", nil},
	} {
		t.Run(row.name, func(t *testing.T) {
			ran = nil
			_, err := m.Move(ctx, row.from, row.to, "hi")
			require.NoError(t, err)
			require.Equal(t, row.want, ran, row.why)
		})
	}
}

type ctxKey struct{}

// Whatever a callback does, the move fails or succeeds, and the next one is as
// if nothing had happened.
func TestCallbacksNeverWedge(t *testing.T) {
	sour := errors.New("the milk is sour")
	dead, cancel := context.WithCancel(context.Background())
	cancel()
	for _, row := range []struct {
		name, why string
		ctx       context.Context
		key       string
		run       looplab.Callback
		want      string // what the error holds; empty: none
		is        error
		panics    bool
	}{
		{name: "cancelled before", why: "the callback forbids the move", key: "before_order",
			run: func(_ context.Context, e *looplab.Event) { e.Cancel(sour) }, want: "idle --order--> size refused: the milk is sour", is: sour},
		{name: "cancelled on leaving", why: "the same", key: "leave_idle",
			run: func(_ context.Context, e *looplab.Event) { e.Cancel() }, want: "cancelled"},
		{name: "error without cancelling", why: "looplab moves and fails; here nothing has been sent yet, so nothing moves", key: "enter_size",
			run: func(_ context.Context, e *looplab.Event) { e.Err = sour }, want: "sour", is: sour},
		{name: "cancelled after the fact", why: "looplab returns the error only", key: "after_order",
			run: func(_ context.Context, e *looplab.Event) { e.Cancel(sour) }, want: "sour", is: sour},
		{name: "dead context", why: "looplab would be stuck for good", ctx: dead, key: "leave_idle",
			run: func(context.Context, *looplab.Event) {}, want: "canceled", is: context.Canceled},
		{name: "asynchronous", why: "nobody would finish it", key: "leave_idle",
			run: func(_ context.Context, e *looplab.Event) { e.Async() }, want: "asynchronous"},
		{name: "panic on leaving", why: "looplab would be stuck for good", key: "leave_idle",
			run: func(context.Context, *looplab.Event) { panic(sour) }, panics: true},
		{name: "panic on entering", why: "the same", key: "enter_size",
			run: func(context.Context, *looplab.Event) { panic(sour) }, panics: true},
		{name: "asks the machine", why: "looplab's own would wait for itself", key: "before_order",
			run: func(_ context.Context, e *looplab.Event) {
				if !e.FSM.Can("order") || e.FSM.Can("done") || e.FSM.Current() != "idle" {
					e.Cancel(errors.New("the machine it sees is wrong"))
				}
			}},
		{name: "moves the machine", why: "only the handler's reply moves a room", key: "enter_size",
			run:  func(ctx context.Context, e *looplab.Event) { _ = e.FSM.Event(ctx, "sized") },
			want: `callback "enter_size" moved the machine itself`},
		{name: "sets the state", why: "the same; looplab would wait for itself", key: "before_order",
			run: func(_ context.Context, e *looplab.Event) { e.FSM.SetState("confirm") }, want: `callback "before_order" moved`},
	} {
		t.Run(row.name, func(t *testing.T) {
			naughty := true
			m := withCallbacks(looplab.Callbacks{row.key: func(ctx context.Context, e *looplab.Event) {
				if naughty {
					row.run(ctx, e)
				}
			}})
			if row.ctx == nil {
				row.ctx = context.Background()
			}
			for range 3 {
				naughty = true
				if row.panics {
					require.PanicsWithValue(t, sour, func() { _, _ = m.Move(row.ctx, "idle", "size", nil) })
				} else if _, err := m.Move(row.ctx, "idle", "size", nil); row.want == "" {
					require.NoError(t, err, row.why)
				} else {
					var refused *fsm.RefusedError
					require.ErrorAs(t, err, &refused, row.why)
					require.ErrorContains(t, err, row.want, row.why)
					if row.is != nil {
						require.ErrorIs(t, err, row.is)
					}
				}
				naughty = false
				got, err := m.Move(context.Background(), "idle", "size", nil)
				require.NoError(t, err, "the next room is not affected")
				require.Equal(t, "order", got.Name)
			}
		})
	}
}

// The sender may hang up while a callback runs: the move that has begun is
// finished, and the callbacks see that nobody waits.
func TestContextDiesMidway(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	var seen error
	m := withCallbacks(looplab.Callbacks{
		"leave_idle": func(context.Context, *looplab.Event) { cancel() },
		"enter_size": func(ctx context.Context, _ *looplab.Event) { seen = ctx.Err() },
	})
	_, err := m.Move(ctx, "idle", "size", nil)
	require.NoError(t, err)
	require.ErrorIs(t, seen, context.Canceled)
}

// Rooms that move at the same time, some with dead contexts, some with
// callbacks that panic, go asynchronous or cancel, never see each other.
func TestCallbacksOfManyRooms(t *testing.T) {
	type room struct {
		n    int
		seen []string
	}
	trouble := errors.New("trouble")
	note := func(_ context.Context, e *looplab.Event) {
		r := e.Args[0].(*room)
		r.seen = append(r.seen, e.Event)
		switch {
		case r.n%7 == 3:
			panic(trouble)
		case r.n%11 == 5:
			e.Async()
		case r.n%13 == 6:
			e.Cancel(trouble)
		}
	}
	m := withCallbacks(looplab.Callbacks{"leave_state": note, "after_event": func(_ context.Context, e *looplab.Event) {
		if e.FSM.Current() != e.Dst {
			panic("another room's machine")
		}
	}})
	moves := []fsm.Move{
		{Name: "order", From: "idle", To: "size"}, {Name: "sized", From: "size", To: "confirm"},
		{Name: "done", From: "confirm", To: "idle"}, {Name: "cancel", From: "size", To: "idle"},
	}
	work := func(n int) (err error) {
		mv, r := moves[n%len(moves)], &room{n: n}
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		if n%3 == 1 {
			cancel()
		}
		defer func() {
			if p := recover(); p != nil && (p != trouble || n%7 != 3) {
				err = fmt.Errorf("panic in room %d: %v", n, p)
			}
		}()
		got, moveErr := m.Move(ctx, mv.From, mv.To, r)
		calm := n%3 != 1 && n%11 != 5 && n%13 != 6
		if calm != (moveErr == nil) || calm && got.Name != mv.Name {
			return fmt.Errorf("room %d: %v, %w", n, got, moveErr)
		}
		if n%3 != 1 && (len(r.seen) != 1 || r.seen[0] != mv.Name) {
			return fmt.Errorf("room %d saw %q", n, r.seen)
		}
		return nil
	}
	errs := make(chan error, 8)
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for i := range 2000 {
				if err := work(i*8 + g); err != nil {
					errs <- err
					return
				}
			}
		})
	}
	wg.Wait()
	close(errs)
	require.NoError(t, <-errs)
}

// A guard that refuses keeps the callbacks from running.
func TestGuardsComeBeforeCallbacks(t *testing.T) {
	ran := false
	m := fsm.MustNew("idle", guarded("order", "idle", "size"), tr("again", "idle", "idle"), tr("done", "size", "idle"),
		fsm.Callbacks(looplab.Callbacks{"before_event": func(context.Context, *looplab.Event) { ran = true }}))
	_, err := m.Move(context.Background(), "idle", "size", nil)
	require.Error(t, err)
	require.False(t, ran)
}
