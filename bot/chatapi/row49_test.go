package chatapi_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httputil"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/chatapi"
	jsonv2 "github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

// However the key is written, it does not show.
func TestRow49_KeyIsRedacted(t *testing.T) {
	cfg := chatapi.Config{BaseURL: "https://chat.example", Key: key}
	c, err := chatapi.New(cfg)
	require.NoError(t, err)
	var out bytes.Buffer
	for _, v := range []any{cfg.Key, &cfg.Key, cfg, &cfg, c, struct{ c any }{c}, []chatapi.Key{key}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%e", "%c", "%U", "%10.3s", "% x"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		fmt.Fprintln(&out, v)
		for _, h := range []slog.Handler{slog.NewTextHandler(&out, nil), slog.NewJSONHandler(&out, nil)} {
			slog.New(h).Info("x", "v", v)
		}
	}
	require.Equal(t, "[key]", cfg.Key.String())
	type holder struct{ Key chatapi.Key }
	for _, encode := range []func(any) ([]byte, error){
		json.Marshal, xml.Marshal,
		func(v any) ([]byte, error) { return jsonv2.Marshal(v) },
	} {
		text, err := encode(holder{key})
		require.NoError(t, err)
		require.Contains(t, string(text), "[key]")
		out.Write(text)
	}
	requireNoKey(t, out.String())
}

// A server and a transport that quote the key everywhere they can.
func TestRow49_KeyIsNotEchoed(t *testing.T) {
	var log strings.Builder
	echo := fmt.Sprintf(`{"RC":503,"RM":%[1]q,"error":{"code":%[1]q,"message":%[1]q},"retryAfter":0}`, key)
	bodies := []string{echo, `{"error":"` + key + `","message":"` + key + `"}`, key, `{"RC":1,"RM":"\u0063anary-key-5c1ddf2d1536"}`}
	for _, status := range []int{200, 302, 401, 429, 500, 503} {
		for _, body := range bodies {
			_, url := listen(t, answer(status, body, "X-Key", key, "Location", "/"+key, "Retry-After", key))
			c := client(t, chatapi.Config{BaseURL: url, Logger: logTo(&log), Limits: chatapi.Limits{Tries: 1}})
			_, err := send(c)
			e := failure(t, err)
			requireNoKey(t, fmt.Sprintf("%v %+v %s", err, err, e.Message+e.Code+e.Op))
		}
	}
	c := client(t, chatapi.Config{BaseURL: "https://chat.example", Logger: logTo(&log),
		Transport: transport(func(r *http.Request) (*http.Response, error) {
			dump, _ := httputil.DumpRequestOut(r, true)
			return nil, fmt.Errorf("cannot send %s", dump)
		})})
	_, err := send(c)
	requireNoKey(t, err.Error())
	requireNoKey(t, log.String())
}

func requireNoKey(t *testing.T, s string) {
	t.Helper()
	require.NotContains(t, s, key)
	require.NotContains(t, s, fmt.Sprintf("%x", key))
	require.NotContains(t, s, fmt.Sprintf("%X", key))
	require.NotContains(t, s, fmt.Sprintf("% x", key))
}
