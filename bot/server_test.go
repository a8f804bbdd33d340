package bot_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// newServer serves h over the given protocol on loopback.
func newServer(t *testing.T, h http.Handler, proto string) *httptest.Server {
	srv := httptest.NewUnstartedServer(h)
	if proto == "HTTP/2" {
		srv.EnableHTTP2 = true
		srv.StartTLS()
	} else {
		srv.Start()
	}
	t.Cleanup(srv.Close)
	return srv
}

func clientRequest(t *testing.T, srv *httptest.Server, body string) *http.Request {
	r, err := http.NewRequest(http.MethodPost, srv.URL+"/webhook", strings.NewReader(body))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	return r
}

// do posts body to a real server and returns the answer.
func do(t *testing.T, srv *httptest.Server, body string) (*http.Response, string) {
	resp, err := srv.Client().Do(clientRequest(t, srv, body))
	require.NoError(t, err)
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, "application/json", resp.Header.Get("Content-Type"))
	return resp, string(answer)
}

// logTo is a logger of one JSON record a line.
func logTo(w io.Writer) *slog.Logger {
	return slog.New(slog.NewJSONHandler(&locked{w: w}, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

type locked struct {
	mu sync.Mutex
	w  io.Writer
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(p)
}
