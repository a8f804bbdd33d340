package emulator_test

import (
	"testing"

	"github.com/funtekco/webhookbot/bot/emulator"
)

// BenchmarkTurn is a message said through the API and answered by a bot in the same
// process: two HTTP exchanges, one of them on loopback.
func BenchmarkTurn(b *testing.B) {
	p := open(b, emulator.Config{})
	b.ReportAllocs()
	for b.Loop() {
		p.post("/api/rooms/demo/acts", `{"verb":"says","who":"ann","message":{"messageType":"text","message":"order"}}`)
	}
}
