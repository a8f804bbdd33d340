package emulator_test

import (
	"bufio"
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/stretchr/testify/require"
)

// listen opens the stream behind a position and returns a function for the next
// change and the ID that came with it, if any.
func (c *client) listen(position string) func() (data, id string) {
	ctx, cancel := context.WithCancel(c.t.Context())
	req, err := http.NewRequestWithContext(ctx, "GET", c.url+"/api/stream", nil)
	require.NoError(c.t, err)
	req.Header.Set("Last-Event-ID", position)
	res, err := http.DefaultClient.Do(req)
	require.NoError(c.t, err)
	require.Equal(c.t, "text/event-stream", res.Header.Get("Content-Type"))
	c.t.Cleanup(func() { cancel(); res.Body.Close() })
	sc := bufio.NewScanner(res.Body)
	return func() (data, id string) {
		for sc.Scan() {
			switch field, value, _ := strings.Cut(sc.Text(), ": "); field {
			case "id":
				id = value
			case "data":
				return value, id
			}
		}
		c.t.Fatal("the stream ended")
		return
	}
}

func TestStream(t *testing.T) {
	p := open(t, emulator.Config{})
	start := p.state().Position
	one, two := p.listen(start), p.listen(start)
	p.say("ann", "order")
	var seen []string
	position := ""
	for position == "" || !strings.Contains(strings.Join(seen, ""), `"botState":"size"`) {
		data, id := one()
		again, _ := two()
		require.Equal(t, data, again, "two pages see the same")
		seen = append(seen, data)
		if id != "" {
			position = id
		}
	}
	all := strings.Join(seen, "\n")
	require.Contains(t, seen[0], `{"type":"line","room":"demo"`)
	require.Contains(t, all, `"pending":true`, "the page sees that the bot thinks")
	require.NotContains(t, all, `"exchanges"`, "what was sent is fetched when somebody looks")

	p.say("ann", "small")
	missed, _ := p.listen(position)()
	require.Contains(t, missed, `"message":"small"`, "a page that was away goes on where it was")

	for _, stale := range []string{"", "x", "other.1", strings.Replace(position, ".", ".-", 1), position + "000"} {
		data, id := p.listen(stale)()
		require.Equal(t, `{"type":"reload"}`, data, stale)
		require.NotEmpty(t, id)
	}
}

func TestStreamForgetsTheDistantPast(t *testing.T) {
	p := open(t, emulator.Config{})
	start := p.state().Position
	for range 5000 {
		p.post("/api/users", `{"_id":"ann","nickname":"Ann"}`)
	}
	data, _ := p.listen(start)()
	require.Equal(t, `{"type":"reload"}`, data)
}
