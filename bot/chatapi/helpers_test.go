package chatapi_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot/chatapi"
	"github.com/funtekco/webhookbot/message"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

const (
	key  = "canary-key-5c1ddf2d1536"
	sent = `{"RC":0,"RM":"OK","result":{"_id":"m1","id":"m1","message":"hello"}}`
)

// chatServer answers with a script: the first request with the first step, and
// so on; the last step answers all further ones. It counts.
type chatServer struct {
	steps []http.HandlerFunc

	mu       sync.Mutex
	requests []*http.Request
	bodies   []string
	times    []time.Time
}

func (s *chatServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	s.mu.Lock()
	n := len(s.requests)
	s.requests = append(s.requests, r)
	s.bodies = append(s.bodies, string(body))
	s.times = append(s.times, time.Now())
	s.mu.Unlock()
	s.steps[min(n, len(s.steps)-1)](w, r)
}

func (s *chatServer) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.requests)
}

// listen serves the script on a real loopback socket.
func listen(t *testing.T, steps ...http.HandlerFunc) (*chatServer, string) {
	t.Helper()
	s := &chatServer{steps: steps}
	server := httptest.NewUnstartedServer(s)
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, 0)
	server.Start()
	t.Cleanup(server.Close)
	return s, server.URL
}

// client returns a client of the server at url that is in no hurry to wait.
func client(t *testing.T, cfg chatapi.Config) *chatapi.Client {
	t.Helper()
	cfg.Key = key
	if cfg.PerSecond == 0 {
		cfg.PerSecond = 10_000
	}
	if cfg.Logger == nil {
		cfg.Logger = slog.New(slog.DiscardHandler)
	}
	c, err := chatapi.New(cfg)
	require.NoError(t, err)
	t.Cleanup(c.CloseIdleConnections)
	return c
}

// inMemory serves the script on pipes, for bubbles of synctest, and returns a
// client of it with the default limits that cfg does not set. refuse, when not
// nil, may fail the nth attempt to connect, counted from 1.
func inMemory(t *testing.T, cfg chatapi.Config, refuse func(n int) error, steps ...http.HandlerFunc) (*chatServer, *chatapi.Client) {
	t.Helper()
	s := &chatServer{steps: steps}
	pipes := make(pipeListener)
	server := &http.Server{Handler: s, ErrorLog: slog.NewLogLogger(slog.DiscardHandler, 0)}
	go func() { _ = server.Serve(pipes) }()
	var dials atomic.Int32
	cfg.Transport = &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
		n := int(dials.Add(1))
		if refuse != nil {
			if err := refuse(n); err != nil {
				return nil, err
			}
		}
		here, there := net.Pipe()
		pipes <- there
		return here, nil
	}}
	cfg.BaseURL = "http://chat.example"
	c := client(t, withRate(cfg))
	t.Cleanup(func() { _ = server.Close() })
	return s, c
}

// withRate keeps the default rate, which client would raise.
func withRate(cfg chatapi.Config) chatapi.Config {
	if cfg.PerSecond == 0 {
		cfg.PerSecond = 15
	}
	return cfg
}

type pipeListener chan net.Conn

func (l pipeListener) Accept() (net.Conn, error) {
	if c, ok := <-l; ok {
		return c, nil
	}
	return nil, net.ErrClosed
}
func (l pipeListener) Close() error   { close(l); return nil }
func (l pipeListener) Addr() net.Addr { return &net.TCPAddr{} }

// answer returns a step that answers with a status, a body and headers.
func answer(status int, body string, headers ...string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		for i := 0; i+1 < len(headers); i += 2 {
			w.Header().Set(headers[i], headers[i+1])
		}
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// raw returns a step that writes bytes to the connection and then resets it.
func raw(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		_, _ = io.WriteString(conn, text)
		if tcp, ok := conn.(*net.TCPConn); ok && text != "" {
			time.Sleep(20 * time.Millisecond) // a reset overtakes what was written
			_ = tcp.SetLinger(0)
		}
		_ = conn.Close()
	}
}

// hang returns a step that writes text and then nothing until the client leaves.
func hang(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if text != "" {
			_, _ = io.WriteString(w, text)
			_ = http.NewResponseController(w).Flush()
		}
		<-r.Context().Done()
	}
}

func send(c *chatapi.Client) (string, error) { return sendUntil(context.Background(), c) }

func sendUntil(ctx context.Context, c *chatapi.Client) (string, error) {
	return c.Send(ctx, "demo-room", "robot001", message.Text("hello"))
}

// failure returns err as the client's Error.
func failure(t *testing.T, err error) *chatapi.Error {
	t.Helper()
	var e *chatapi.Error
	require.ErrorAs(t, err, &e)
	require.NotContains(t, err.Error(), key)
	require.NotContains(t, err.Error(), "demo-room")
	require.NotContains(t, err.Error(), "hello")
	return e
}

func maybeSent(err error) bool { return errors.Is(err, chatapi.ErrMaybeSent) }
