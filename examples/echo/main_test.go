package main

import (
	"testing"

	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/funtekco/webhookbot/examples/internal/readme"
	"github.com/funtekco/webhookbot/message"
)

func TestEcho(t *testing.T) {
	ann := bottest.New(t, newBot(nil)).Room("demo").User("ann", "Ann")
	ann.Says("Hello").Replies("Hello")
	ann.Says("<b>*Hello*</b>").Replies(message.Escape("<b>*Hello*</b>"))
}

func TestREADME(t *testing.T) { readme.Curl(t, newBot(nil)) }
