package bottest_test

import (
	"testing"

	"github.com/funtekco/webhookbot/bot/bottest"
)

// A bot that says something in a room whose state it does not know names that
// state in its answer, to keep it. That is no move.
func TestKeepingAnUndeclaredState(t *testing.T) {
	room := bottest.New(t, newBot()).Room("taken-over").At("somewhere")
	room.User("ann", "Ann").Joins().Replies("Welcome, Ann").Stays().State("somewhere")
}
