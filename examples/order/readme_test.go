package main

import (
	"testing"

	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/fsm/fsmtest"
)

func TestREADME(t *testing.T) {
	readme.Curl(t, newBot(nil))
	fsmtest.Diagram(t, newBot(nil).Diagram(), "README.md", "order")
	fsmtest.Diagram(t, newBot(nil).Diagram(), "../../README.md", "order")
	fsmtest.RequireSound(t, newBot(nil))
}
