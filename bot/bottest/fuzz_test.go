package bottest_test

import (
	"testing"

	"github.com/funtekco/webhookbot/bot/bottest"
	"github.com/stretchr/testify/require"
)

func FuzzBot(f *testing.F) { bottest.Fuzz(f, newBot) }

func TestScript(t *testing.T) {
	script := []byte{0, 0, 1, 0, 2, 1, 3, 1, 64 + 4, 0, 5, 0, 6, 1, 7, 0, 8, 0, 192 + 9, 1, 9}
	require.Equal(t, `room fuzz
robot doris
ann joins
ann leaves
ann adds bob
ann removes bob
bob edits: /cancel
ann event SOMETHING_NEW {"a":[1]}
at idle
ann: /cancel
with bare
ann: anything
doris: order
`, bottest.Script(t, newBot, script, "anything"), "an odd byte at the end is nothing")
}
