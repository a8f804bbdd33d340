package chatapi_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/funtekco/webhookbot/bot/chatapi"
	"github.com/funtekco/webhookbot/message"
	"github.com/stretchr/testify/require"
)

func TestCallsOnTheWire(t *testing.T) {
	ctx := context.Background()
	s, url := listen(t, answer(200, sent))
	c := client(t, chatapi.Config{BaseURL: url + "/chat/"})
	for _, tc := range []struct {
		name, why string
		call      func() error
		want      string
	}{
		{"text", "the four documented fields", func() error { _, err := send(c); return err },
			`POST /chat/messages {"room":"demo-room","sender":"robot001","messageType":"text","message":"hello"}`},
		{"rich", "the message's own fields stand beside them", func() error {
			_, err := c.Send(ctx, "r", "s", message.Custom("coupon", "10 % off", map[string]int{"percent": 10}).Mention("ann"))
			return err
		}, `POST /chat/messages {"room":"r","sender":"s","messageType":"coupon","message":"10 % off","mentions":["ann"],"percent":10}`},
		{"webhook", "bot mode may gate it", func() error { return c.SetWebhook(ctx, "demo-room", "https://bot.example/hook/secret") },
			`PUT /chat/rooms/demo-room {"webhook":"https://bot.example/hook/secret","botMode":true}`},
		{"webhook key", "a key is documented too", func() error { return c.SetWebhook(ctx, "demo-room", "meet-taipei-intro") },
			`PUT /chat/rooms/demo-room {"webhook":"meet-taipei-intro","botMode":true}`},
		{"bot off", "the webhook stays", func() error { return c.SetBotMode(ctx, "demo-room", false) },
			`PUT /chat/rooms/demo-room {"botMode":false}`},
		{"state", "from the older client library", func() error { return c.SetBotState(ctx, "demo-room", "shipped") },
			`PUT /chat/rooms/demo-room/bot {"botState":"shipped"}`},
		{"empty state", "it resets", func() error { return c.SetBotState(ctx, "demo-room", "") },
			`PUT /chat/rooms/demo-room/bot {"botState":""}`},
		{"odd room", "an ID is free text", func() error { return c.SetBotMode(ctx, "a/../b?c=#d %2e", true) },
			`PUT /chat/rooms/a%2F..%2Fb%3Fc=%23d%20%252e {"botMode":true}`},
	} {
		t.Run(tc.name, func(t *testing.T) {
			require.NoError(t, tc.call())
			r := s.requests[len(s.requests)-1]
			require.Equal(t, tc.want, r.Method+" "+r.RequestURI+" "+s.bodies[len(s.bodies)-1], tc.why)
			require.Equal(t, []string{key}, r.Header.Values("IM-API-KEY"))
			require.Equal(t, "application/json", r.Header.Get("Content-Type"))
			require.Empty(t, r.Header.Get("Authorization"))
		})
	}
}

// What is wrong before anything is sent is not sent.
func TestCallsRefused(t *testing.T) {
	ctx := context.Background()
	s, url := listen(t, answer(200, sent))
	c := client(t, chatapi.Config{BaseURL: url})
	hello := message.Text("hello")
	for _, tc := range []struct {
		name string
		call func() error
	}{
		{"no room", func() error { _, err := c.Send(ctx, "", "s", hello); return err }},
		{"no sender", func() error { _, err := c.Send(ctx, "r", " ", hello); return err }},
		{"no message", func() error { _, err := c.Send(ctx, "r", "s", nil); return err }},
		{"empty text", func() error { _, err := c.Send(ctx, "r", "s", message.Text(" ")); return err }},
		{"not UTF-8", func() error { _, err := c.Send(ctx, "r\xff", "s", hello); return err }},
		{"own room", func() error {
			_, err := c.Send(ctx, "r", "s", message.Custom("x", "y", map[string]string{"room": "other"}))
			return err
		}},
		{"own sender", func() error {
			_, err := c.Send(ctx, "r", "s", message.Custom("x", "y", map[string]string{"s\u0065nder": "admin"}))
			return err
		}},
		{"room is a path", func() error { return c.SetBotState(ctx, "..", "x") }},
		{"room is blank", func() error { return c.SetBotMode(ctx, "\t", true) }},
		{"state not UTF-8", func() error { return c.SetBotState(ctx, "r", "\xff") }},
		{"no webhook", func() error { return c.SetWebhook(ctx, "r", "") }},
		{"webhook with a newline", func() error { return c.SetWebhook(ctx, "r", "https://bot.example/secret\n") }},
		{"webhook without a host", func() error { return c.SetWebhook(ctx, "r", "https:///secret") }},
		{"webhook of another kind", func() error { return c.SetWebhook(ctx, "r", "ftp://bot.example/secret") }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			err := tc.call()
			require.Error(t, err)
			require.True(t, strings.HasPrefix(err.Error(), "chatapi: Se"), err)
			require.NotContains(t, err.Error(), "secret")
			var e *chatapi.Error
			require.False(t, errors.As(err, &e), "nothing was begun")
			require.NotErrorIs(t, err, chatapi.ErrMaybeSent)
		})
	}
	require.Zero(t, s.count())
	var invalid *message.ValidationError
	_, err := c.Send(ctx, "r", "s", message.Text(""))
	require.ErrorAs(t, err, &invalid)
}

func TestNewRefuses(t *testing.T) {
	good := chatapi.Config{BaseURL: "https://example.imkit.io", Key: key}
	for _, tc := range []struct {
		name string
		edit func(*chatapi.Config)
		want string
	}{
		{"no address", func(c *chatapi.Config) { c.BaseURL = "" }, "BaseURL is empty"},
		{"no scheme", func(c *chatapi.Config) { c.BaseURL = "example.imkit.io" }, "not an address"},
		{"other scheme", func(c *chatapi.Config) { c.BaseURL = "ftp://example.imkit.io" }, "not an address"},
		{"no host", func(c *chatapi.Config) { c.BaseURL = "https://:443" }, "not an address"},
		{"broken", func(c *chatapi.Config) { c.BaseURL = "https://secret\x7f" }, "not an address"},
		{"password", func(c *chatapi.Config) { c.BaseURL = "https://u:secret@example.imkit.io" }, "user or password"},
		{"query", func(c *chatapi.Config) { c.BaseURL = "https://example.imkit.io?secret" }, "query"},
		{"no key", func(c *chatapi.Config) { c.Key = "" }, "environment variable"},
		{"newline", func(c *chatapi.Config) { c.Key += "\n" }, "newline"},
		{"blank within", func(c *chatapi.Config) { c.Key = "sec ret" }, "blank"},
		{"injection", func(c *chatapi.Config) { c.Key = "secret\r\nX-Evil: 1" }, "control character"},
		{"not ASCII", func(c *chatapi.Config) { c.Key = "sécret" }, "ASCII"},
		{"negative limit", func(c *chatapi.Config) { c.Tries = -1 }, "negative"},
		{"two problems", func(c *chatapi.Config) { c.Key, c.BaseURL = "", "" }, "Config.Key"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			cfg := good
			tc.edit(&cfg)
			_, err := chatapi.New(cfg)
			require.ErrorContains(t, err, tc.want)
			require.NotContains(t, err.Error(), "secret")
			require.NotContains(t, err.Error(), key)
		})
	}
	_, err := chatapi.New(good)
	require.NoError(t, err)
}

func TestConcurrentCalls(t *testing.T) {
	s, url := listen(t, answer(200, sent))
	c := client(t, chatapi.Config{BaseURL: url})
	var wg sync.WaitGroup
	for range 64 {
		wg.Go(func() {
			for range 8 {
				if _, err := send(c); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	require.Equal(t, 512, s.count())
}
