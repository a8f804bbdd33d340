package message_test

import (
	"testing"

	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

// The two ways to encode a message give the same bytes.
func TestAppendJSON(t *testing.T) {
	for name, m := range map[string]*message.Message{
		"text":     message.Text("hi"),
		"escapes":  message.Text("a\"b\\c\n\u2028\x01é😀<&>"),
		"reply":    message.Text("hi").InReplyTo("m1"),
		"mentions": message.Text("hi").Mention("a", "b\"c"),
		"rich":     message.Sticker("FunFunFamily-1"),
		"custom":   message.Custom("order", "An order", map[string]int{"no": 7}),
		"empty":    {},
	} {
		want, err := json.Marshal(m)
		require.NoError(t, err, name)
		got, err := m.AppendJSON([]byte("before"))
		require.NoError(t, err, name)
		require.Equal(t, "before"+string(want), string(got), name)
	}
	for _, m := range []*message.Message{message.Text("\xff"), message.Text("x").InReplyTo("\xff"), message.Text("x").Mention("\xff")} {
		_, err := m.AppendJSON(nil)
		require.Error(t, err)
	}
}

func BenchmarkText(b *testing.B) {
	b.Run("append", func(b *testing.B) {
		b.ReportAllocs()
		buf := make([]byte, 0, 256)
		for b.Loop() {
			if _, err := message.Text("One large coffee, yes?").AppendJSON(buf); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("marshal", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := json.Marshal(message.Text("One large coffee, yes?")); err != nil {
				b.Fatal(err)
			}
		}
	})
}
