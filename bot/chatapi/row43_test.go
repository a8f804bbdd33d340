package chatapi_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot/chatapi"
	"github.com/stretchr/testify/require"
)

func TestRow43_Successes(t *testing.T) {
	for _, c := range []struct{ name, why, body, id string }{
		{"enveloped", "the usual form", sent, "m1"},
		{"other RM", "RM is a sentence on some pages", `{"RC":0,"RM":"Message sent","result":{"_id":"m1"}}`, "m1"},
		{"id only", "newer examples drop one of them", `{"RC":0,"result":{"id":"m2"}}`, "m2"},
		{"no result", "RC decides", `{"RC":0,"RM":"OK"}`, ""},
		{"result null", "RC decides", `{"RC":0,"RM":"OK","result":null}`, ""},
		{"result array", "RC decides", `{"RC":0,"RM":"OK","result":[{"_id":"x"}]}`, ""},
		{"error null beside RC 0", "RC decides", `{"RC":0,"error":null,"result":{"_id":"m3"}}`, "m3"},
		{"RC as text", "numbers come as text elsewhere", `{"RC":"0","result":{"_id":"m4"}}`, "m4"},
		{"bare", "documented for some pages", `{"_id":"m5","message":"hello","sender":null}`, "m5"},
		{"bare with an odd message", "message may be any JSON", `{"_id":"m6","message":{"a":[1]},"error":null}`, "m6"},
		{"half an emoji", "clients send it", `{"RC":0,"result":{"_id":"m7","message":"\ud83d"}}`, "m7"},
		{"name twice", "it does no harm here", `{"RC":0,"result":{"_id":"m8","a":1,"a":2}}`, "m8"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, url := listen(t, answer(200, c.body))
			id, err := send(client(t, chatapi.Config{BaseURL: url}))
			require.NoError(t, err, c.why)
			require.Equal(t, c.id, id, c.why)
		})
	}
}

func TestRow43_Failures(t *testing.T) {
	for _, c := range []struct {
		name, why string
		status    int
		body      string
		want      chatapi.Error
		maybe     bool
	}{
		{"form 1", "most pages", 401, `{"RC":401,"RM":"Unauthorized","error":{"code":"INVALID_API_KEY","message":"Invalid API key"}}`,
			chatapi.Error{RC: 401, Code: "INVALID_API_KEY", Message: "Invalid API key"}, false},
		{"form 2", "error is a string", 403, `{"error":"INSUFFICIENT_PERMISSIONS","message":"Not yours"}`,
			chatapi.Error{Code: "INSUFFICIENT_PERMISSIONS", Message: "Not yours"}, false},
		{"form 3", "nothing but RC and RM", 400, `{"RC":400,"RM":"Bad room"}`, chatapi.Error{RC: 400, Message: "Bad room"}, false},
		{"form 1 with 200", "RC stands for the status", 200, `{"RC":404,"RM":"x","error":{"code":"ROOM_NOT_FOUND"}}`,
			chatapi.Error{RC: 404, Code: "ROOM_NOT_FOUND", Message: "x"}, false},
		{"form 2 with 200", "no RC, no ID", 200, `{"error":"INVALID_BODY","message":"no"}`, chatapi.Error{Code: "INVALID_BODY", Message: "no"}, false},
		{"form 3 with 200", "RC alone", 200, `{"RC":1,"RM":"no"}`, chatapi.Error{RC: 1, Message: "no"}, false},
		{"negative RC", "not 0", 200, `{"RC":-1,"RM":"no"}`, chatapi.Error{RC: -1, Message: "no"}, false},
		{"RC 500 with 200", "a server error says nothing", 200, `{"RC":500,"RM":"oops"}`, chatapi.Error{RC: 500, Message: "oops"}, true},
		{"RC as text", "as numbers elsewhere", 200, `{"RC":"403","RM":"no"}`, chatapi.Error{RC: 403, Message: "no"}, false},
		{"HTML with 200", "a page of a proxy", 200, `<!doctype html><title>Log in</title>`, chatapi.Error{}, true},
		{"HTML with 404", "a page of a proxy", 404, `<html>not here</html>`, chatapi.Error{}, false},
		{"empty with 200", "no form", 200, ``, chatapi.Error{}, true},
		{"other JSON", "no form", 200, `{"status":"up"}`, chatapi.Error{}, true},
		{"array", "no form", 200, `[{"_id":"m1"}]`, chatapi.Error{}, true},
		{"null", "no form", 200, `null`, chatapi.Error{}, true},
		{"two documents", "no form", 200, sent + sent, chatapi.Error{}, true},
		{"RC null", "no form", 200, `{"RC":null}`, chatapi.Error{}, true},
		{"RC object", "no form", 200, `{"RC":{}}`, chatapi.Error{}, true},
		{"RC huge", "no form", 200, `{"RC":1e400}`, chatapi.Error{}, true},
		{"deep", "no form", 200, strings.Repeat("[", 500_000), chatapi.Error{}, true},
		{"code is a sentence", "it would go into logs", 400, `{"error":"room\nlevel=ERROR forged","message":"a\u001b[31m\u202eb\nc"}`,
			chatapi.Error{Message: "a?[31m?b?c"}, false},
		{"long words", "they are cut", 400, `{"error":"` + strings.Repeat("A", 65) + `","message":"` + strings.Repeat("é", 500) + `"}`,
			chatapi.Error{Message: strings.Repeat("é", 128)}, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, url := listen(t, answer(c.status, c.body))
			_, err := send(client(t, chatapi.Config{BaseURL: url}))
			e := failure(t, err)
			require.Equal(t, c.status, e.Status)
			require.Equal(t, c.want.RC, e.RC, c.why)
			require.Equal(t, c.want.Code, e.Code, c.why)
			require.Equal(t, c.want.Message, e.Message, c.why)
			require.Equal(t, c.maybe, maybeSent(err), c.why)
			require.Equal(t, 1, s.count())
			if e.Message != "" {
				require.NotContains(t, err.Error(), e.Message, "a server may quote what it refuses")
			}
			require.NotContains(t, err.Error(), "\n")
		})
	}
}

// RC may say 429 where the status does not.
func TestRow43_RC429(t *testing.T) {
	s, url := listen(t, answer(200, `{"RC":429,"RM":"Too many","retryAfter":0}`), answer(200, sent))
	_, err := send(client(t, chatapi.Config{BaseURL: url}))
	require.NoError(t, err)
	require.Equal(t, 2, s.count())
}

// A gibibyte is not read, by length or without one, plain or compressed.
func TestRow43_HugeBody(t *testing.T) {
	var bomb bytes.Buffer
	z, _ := gzip.NewWriterLevel(&bomb, gzip.BestSpeed)
	chunk := bytes.Repeat([]byte(" "), 1<<20)
	for range 8 {
		_, _ = z.Write(chunk)
	}
	require.NoError(t, z.Close())
	var written atomic.Int64
	flood := func(header ...string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			for range 1024 {
				n, err := w.Write(chunk)
				written.Add(int64(n))
				if err != nil {
					return
				}
			}
		}
	}
	for name, step := range map[string]http.HandlerFunc{
		"chunked": flood(),
		"length":  flood("Content-Length", "1073741824"),
		"gzip": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "gzip")
			_, _ = io.Copy(w, bytes.NewReader(bomb.Bytes()))
		},
	} {
		t.Run(name, func(t *testing.T) {
			written.Store(0)
			_, url := listen(t, step)
			c := client(t, chatapi.Config{BaseURL: url})
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			_, err := send(c)
			runtime.ReadMemStats(&after)
			require.ErrorContains(t, err, "larger than 1 MiB")
			require.ErrorIs(t, err, chatapi.ErrMaybeSent)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(16<<20))
			time.Sleep(10 * time.Millisecond)
			require.Less(t, written.Load(), int64(32<<20), "the connection was closed")
		})
	}
}

// The largest answer that is taken, and one byte more.
func TestRow43_BodyLimit(t *testing.T) {
	for pad, ok := range map[int]bool{1<<20 - len(sent): true, 1<<20 - len(sent) + 1: false} {
		_, url := listen(t, answer(200, sent+strings.Repeat(" ", pad)))
		_, err := send(client(t, chatapi.Config{BaseURL: url}))
		require.Equal(t, ok, err == nil, err)
	}
}

// Whatever the answer, its body is closed.
func TestRow43_BodyIsClosed(t *testing.T) {
	for _, status := range []int{200, 302, 404, 429, 500, 503} {
		body := &closing{Reader: strings.NewReader(sent)}
		c := client(t, chatapi.Config{BaseURL: "https://chat.example", Limits: chatapi.Limits{Tries: 1},
			Transport: transport(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: status, Header: http.Header{}, Body: body}, nil
			})})
		_, _ = send(c)
		require.True(t, body.closed, status)
	}
}

type closing struct {
	io.Reader
	closed bool
}

func (c *closing) Close() error { c.closed = true; return nil }

func FuzzAnswer(f *testing.F) {
	f.Add(200, sent)
	f.Add(401, `{"RC":401,"RM":"Unauthorized","error":{"code":"INVALID_API_KEY","message":"`+key+`"}}`)
	f.Add(429, tooMany)
	f.Add(200, `{"RC":0,"result":[]}`)
	f.Add(200, `{"_id":"m1","id":7}`)
	f.Fuzz(func(t *testing.T, status int, body string) {
		if status < 100 || status > 999 {
			return
		}
		c := client(t, chatapi.Config{BaseURL: "https://chat.example", Limits: chatapi.Limits{Tries: 1, PerSecond: 1 << 30},
			Transport: transport(func(*http.Request) (*http.Response, error) {
				return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}, nil
			})})
		_, err := send(c)
		if err == nil {
			require.Equal(t, 2, status/100)
			return
		}
		e := failure(t, err)
		require.Equal(t, status, e.Status)
		require.NotContains(t, e.Message, key)
		for _, r := range err.Error() {
			require.False(t, r < ' ' || r > '~', "%q", err.Error())
		}
	})
}
