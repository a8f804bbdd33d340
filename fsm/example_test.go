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
