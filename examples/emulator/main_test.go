package main

import (
	"context"
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

const secret = "correct-horse-battery"

// webhook is a bot somewhere else: by its URL, behind a secret.
func webhook(t *testing.T) string {
	b := bot.MustNew(bot.Config{SenderID: "parrot", Verify: bot.SecretHeader("X-Bot-Secret", secret)})
	b.OnMessage(func(_ context.Context, m *event.Message) (bot.Reply, error) { return bot.Say(m.Text() + "!"), nil })
	s := httptest.NewServer(b)
	t.Cleanup(s.Close)
	return s.URL
}

func TestTalkToAWebhook(t *testing.T) {
	var out strings.Builder
	args := []string{"-webhook", webhook(t), "-header", "X-Bot-Secret: " + secret, "-repl"}
	require.NoError(t, run(t.Context(), args, strings.NewReader("hello\n/fault secret\n/raw\n"), &out))
	require.Contains(t, out.String(), "ann: hello\n< hello!\n# fault secret: kept\n")
	require.NotContains(t, out.String(), secret)
}

func TestHeaderFromTheEnvironment(t *testing.T) {
	t.Setenv("WEBHOOK_HEADER", "X-Bot-Secret: "+secret)
	var out strings.Builder
	require.NoError(t, run(t.Context(), []string{"-webhook", webhook(t), "-repl"}, strings.NewReader("hello\n"), &out))
	require.Contains(t, out.String(), "< hello!\n")
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		why, want string
		args      []string
	}{
		{"nobody to talk to", "needs a Webhook", nil},
		{"not a URL", "not an http or https URL", []string{"-webhook", "bot.example"}},
		{"not a header", "Name: value", []string{"-header", secret}},
		{"the page for everybody", "other machines", []string{"-webhook", "http://localhost:1", "-addr", "0.0.0.0:0"}},
	} {
		err := run(t.Context(), c.args, strings.NewReader(""), io.Discard)
		require.ErrorContains(t, err, c.want, c.why)
		require.NotContains(t, err.Error(), secret)
	}
}
