package message_test

import (
	"testing"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

// A text reply is checked and encoded once per event, so that must stay under
// a microsecond and five allocations.
func TestTextIsCheap(t *testing.T) {
	m := message.Text("Small or large? We have both.")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		if m.Validate() != nil {
			panic("invalid")
		}
	}))
	require.LessOrEqual(t, testing.AllocsPerRun(100, func() {
		if _, err := json.Marshal(m); err != nil {
			panic(err)
		}
	}), 5.0)
}

func BenchmarkEncode(b *testing.B) {
	all := samples()
	for _, name := range []string{"Text", "Buttons", "Flex", "Custom"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := json.Marshal(all[name]); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkValidate(b *testing.B) {
	all := samples()
	for _, name := range []string{"Text", "Buttons", "Flex"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := all[name].Validate(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkFindings(b *testing.B) {
	m := samples()["Flex"]
	b.ReportAllocs()
	for b.Loop() {
		m.Findings()
	}
}

func BenchmarkEscape(b *testing.B) {
	for name, text := range map[string]string{
		"plain":  "One large coffee with oat milk, please, and a slice of the cake",
		"markup": "One <b>large</b> *coffee*, see https://cafe.example/menu_1, please",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				message.Escape(text)
			}
		})
	}
}
