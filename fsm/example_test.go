package fsm_test

import (
	"context"
	"errors"
	"fmt"

	"github.com/funtekco/webhookbot/fsm"
)

const (
	Idle    fsm.State = "idle"
	Size    fsm.State = "size"
	Confirm fsm.State = "confirm"
)

var flow = fsm.MustNew(Idle,
	fsm.Transition{Name: "order", From: Idle, To: Size},
	fsm.Transition{Name: "sized", From: Size, To: Confirm},
	fsm.Transition{Name: "done", From: Confirm, To: Idle},
	fsm.Transition{Name: "cancel", From: fsm.Any, To: Idle},
)

func Example() {
	t, err := flow.Move(context.Background(), Size, Confirm, nil)
	fmt.Println(t, err)

	_, err = flow.Move(context.Background(), Idle, Confirm, nil)
	fmt.Println(err)

	var undeclared *fsm.UndeclaredError
	fmt.Println(errors.As(err, &undeclared))
	// Output:
	// size --sized--> confirm <nil>
	// fsm: no transition from "idle" to "confirm": declared are ["size" "idle"]
	// true
}

func ExampleNew() {
	_, err := fsm.New("idle",
		fsm.States("idle", "size", "confirm"),
		fsm.Transition{Name: "order", From: "idle", To: "szie"},
		fsm.Transition{Name: "sized", From: "size", To: "confirm"},
		fsm.End("confirmed"),
	)
	var faults *fsm.Error
	if errors.As(err, &faults) {
		for _, f := range faults.Findings {
			fmt.Println(f.Code, f.Why)
			fmt.Println("       fix:", f.Fix)
		}
	}
	// Output:
	// FSM001 transition 1 (idle --order--> szie) leads to state "szie", which is not declared
	//        fix: did you mean "size"?
	// FSM003 End names state "confirmed", which is not declared
	//        fix: did you mean "confirm"?
}

func ExampleMachine_Check() {
	m := fsm.MustNew("idle",
		fsm.Transition{Name: "order", From: "idle", To: "size"},
		fsm.Transition{Name: "help", From: "size", To: "handover"},
		fsm.Transition{Name: "back", From: "size", To: "idle"},
	)
	for _, f := range m.Check() {
		fmt.Println(f.Code, f.Why, "::", f.Path)
	}
	// Output:
	// FSM011 no transition leaves "handover" :: idle --order--> size --help--> handover
}

// The last release asked for a "volume"; rooms may still be in that state.
func ExampleRenamed() {
	m := fsm.MustNew("idle",
		fsm.Transition{Name: "order", From: "idle", To: "size"},
		fsm.Transition{Name: "done", From: "size", To: "idle"},
		fsm.Renamed("volume", "size"),
		fsm.Retired("survey", "idle"),
	)
	for _, held := range []string{"size", "volume", "survey", "", "milk"} {
		state, declared := m.Resolve(held)
		fmt.Printf("%q is %q, declared: %t\n", held, state, declared)
	}
	// Output:
	// "size" is "size", declared: true
	// "volume" is "size", declared: true
	// "survey" is "idle", declared: true
	// "" is "idle", declared: true
	// "milk" is "milk", declared: false
}

// A state replaces a transition from Any by one of the same name: here there is
// no way back once the room has paid.
func ExampleGuard() {
	never := func(context.Context, fsm.Move) error { return errors.New("the coffee is being made") }
	m := fsm.MustNew("idle",
		fsm.Transition{Name: "pay", From: "idle", To: "paid"},
		fsm.Transition{Name: "served", From: "paid", To: "thanks"},
		fsm.Transition{Name: "cancel", From: fsm.Any, To: "idle"},
		fsm.Transition{Name: "cancel", From: "paid", To: "idle", Guard: never},
		fsm.End("thanks"),
	)
	_, err := m.Move(context.Background(), "paid", "idle", nil)
	fmt.Println(err)
	// Output:
	// fsm: paid --cancel--> idle refused: the coffee is being made
}
