package main

import (
	"time"

	"github.com/funtekco/webhookbot/fsm"
)

// A room's state is its setting: the chat server keeps it, and it arrives with
// every message.
const (
	Normal fsm.State = "normal"
	Strict fsm.State = "strict"
	Off    fsm.State = "off"
)

var settings = fsm.MustNew(Normal,
	fsm.Transition{Name: "normal", From: fsm.Any, To: Normal},
	fsm.Transition{Name: "strict", From: fsm.Any, To: Strict},
	fsm.Transition{Name: "off", From: fsm.Any, To: Off},
	fsm.Allow("FSM021", fsm.Any, "the examples of /mod are for moderators only"),
)

// limits are what a setting allows.
type limits struct {
	score int           // fewer points than this
	links bool          // whether links may be posted
	burst int           // messages in a row
	pause time.Duration // after which one more may come
}

var (
	normal = limits{score: 3, links: true, burst: 6, pause: 2 * time.Second}
	strict = limits{score: 2, links: false, burst: 3, pause: 5 * time.Second}
)
