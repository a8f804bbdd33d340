package bottest_test

import (
	"testing"

	"github.com/funtekco/webhookbot/bot/bottest"
)

func FuzzBot(f *testing.F) { bottest.Fuzz(f, newBot) }
