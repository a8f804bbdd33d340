package chatapi_test

import (
	"context"
	"testing"

	"github.com/funtekco/webhookbot/bot/chatapi"
	"github.com/stretchr/testify/require"
)

// Another server never sees the key, nor a request at all.
func TestRow44_Redirect(t *testing.T) {
	for _, status := range []int{300, 301, 302, 303, 304, 307, 308} {
		thief, thiefURL := listen(t, answer(200, sent))
		s, url := listen(t, answer(status, sent, "Location", thiefURL+"/messages?x="+key))
		_, err := send(client(t, chatapi.Config{BaseURL: url}))
		e := failure(t, err)
		require.Equal(t, status, e.Status)
		require.ErrorContains(t, err, "Config.BaseURL")
		require.Equal(t, 1, s.count())
		require.Zero(t, thief.count(), status)
		require.Equal(t, key, s.requests[0].Header.Get("IM-API-KEY"))

		err = client(t, chatapi.Config{BaseURL: url}).SetWebhook(context.Background(), "demo-room", "https://bot.example/hook")
		require.Equal(t, status, failure(t, err).Status)
		require.Zero(t, thief.count(), status)
	}
}
