package bot_test

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/stretchr/testify/require"
)

// Oversize bodies, declared or not, over both protocols.
func TestRow05_OversizeOnTheWire(t *testing.T) {
	for _, proto := range []string{"HTTP/1.1", "HTTP/2"} {
		for name, body := range map[string]func() io.Reader{
			"declared": func() io.Reader { return strings.NewReader(strings.Repeat("x", 300<<10)) },
			"streamed": func() io.Reader { return io.LimitReader(zeros{}, 300<<10) },
		} {
			b, calls := counting(t, bot.Config{Limits: bot.Limits{MaxBody: 4096}})
			srv := newServer(t, b, proto)
			r, err := http.NewRequest(http.MethodPost, srv.URL, body())
			require.NoError(t, err)
			r.Header.Set("Content-Type", "application/json")
			resp, err := srv.Client().Do(r)
			require.NoError(t, err, "%s %s", proto, name)
			got, err := io.ReadAll(resp.Body)
			require.NoError(t, err)
			require.NoError(t, resp.Body.Close())
			require.Equal(t, 413, resp.StatusCode)
			require.Equal(t, noop, string(got))
			require.Zero(t, calls.Load())
			srv.Close()
		}
	}
}

func TestRow06_SlowBodyHTTP2(t *testing.T) {
	b, calls := counting(t, bot.Config{Limits: bot.Limits{ReadTimeout: 50 * time.Millisecond}})
	srv := newServer(t, b, "HTTP/2")
	body, send := io.Pipe()
	defer send.Close()
	go func() { _, _ = send.Write([]byte("{")) }()
	r, err := http.NewRequest(http.MethodPost, srv.URL, body)
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	resp, err := srv.Client().Do(r)
	require.NoError(t, err)
	defer resp.Body.Close()
	require.Equal(t, "HTTP/2.0", resp.Proto)
	require.Equal(t, 408, resp.StatusCode)
	require.Zero(t, calls.Load())
}

// A handler cannot help against slow headers; NewServer does.
func TestRow07_SlowHeaders(t *testing.T) {
	srv := bot.NewServer("", http.NotFoundHandler())
	require.Equal(t, 5*time.Second, srv.ReadHeaderTimeout)
	require.Equal(t, 60*time.Second, srv.IdleTimeout)
	require.Equal(t, 16<<10, srv.MaxHeaderBytes)
	require.Greater(t, srv.WriteTimeout, 2500*time.Millisecond, "an answer at the end of the budget must still get out")

	srv.ReadHeaderTimeout = 50 * time.Millisecond
	ln := listen()
	go func() { _ = srv.Serve(ln) }()
	defer srv.Close()
	conn, err := net.Dial("tcp", ln.Addr().String())
	require.NoError(t, err)
	defer conn.Close()
	_, err = fmt.Fprint(conn, "POST / HTTP/1.1\r\nHost: x\r\nX-Slow: ")
	require.NoError(t, err)
	require.NoError(t, conn.SetReadDeadline(time.Now().Add(5*time.Second)))
	_, err = io.Copy(io.Discard, conn) // ends or is reset, as it happens
	require.NotErrorIs(t, err, os.ErrDeadlineExceeded, "the server closed the connection")
}

// Two secret headers are refused, folded or not, as they arrive on the wire.
func TestRow23_TwoSecretsOnTheWire(t *testing.T) {
	b, calls := counting(t, bot.Config{Verify: bot.SecretHeader("X-Bot-Secret", secret)})
	srv := httptest.NewServer(b)
	defer srv.Close()
	body := text("", "m", "x")
	for name, headers := range map[string]string{
		"two":   "X-Bot-Secret: " + secret + "\r\nX-Bot-Secret: other",
		"cases": "X-Bot-Secret: " + secret + "\r\nx-bot-secret: " + secret,
		"comma": "X-Bot-Secret: " + secret + ", other",
	} {
		conn, err := net.Dial("tcp", srv.Listener.Addr().String())
		require.NoError(t, err)
		_, err = fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n%s\r\nContent-Length: %d\r\n\r\n%s", headers, len(body), body)
		require.NoError(t, err)
		resp, err := http.ReadResponse(bufio.NewReader(conn), nil)
		require.NoError(t, err)
		require.Equal(t, 401, resp.StatusCode, name)
		require.NoError(t, conn.Close())
	}
	require.Zero(t, calls.Load())
}

// Verification takes as long for a secret that is wrong at its first byte as for
// one that is wrong at its last: only digests are compared.
func BenchmarkRow24_Verify(b *testing.B) {
	v := bot.SecretHeader("X-Bot-Secret", secret)
	for name, presented := range map[string]string{
		"right": secret, "wrong first": "X" + secret[1:], "wrong last": secret[:len(secret)-1] + "X", "shorter": secret[:8],
	} {
		b.Run(name, func(b *testing.B) {
			r := request("")
			r.Header.Set("X-Bot-Secret", presented)
			for b.Loop() {
				_, _ = v.Verify(r)
			}
		})
	}
}

// Secrets may change while the bot serves: a verifier of one's own swaps them.
func TestRow26_SwapWhileServing(t *testing.T) {
	v := &swapping{}
	v.set(bot.SecretHeader("X-Bot-Secret", secret))
	b, _ := counting(t, bot.Config{Verify: v})
	done := make(chan struct{})
	go func() {
		defer close(done)
		for i := range 200 {
			r := request(text("", fmt.Sprint("m", i), "x"))
			r.Header.Set("X-Bot-Secret", secret)
			require.Equal(t, 200, serve(b, r).Code)
		}
	}()
	for range 100 {
		v.set(bot.SecretHeader("X-Bot-Secret", "another secret of these", secret))
	}
	<-done
	v.set(bot.SecretHeader("X-Bot-Secret", "another secret of these"))
	r := request(text("", "m", "x"))
	r.Header.Set("X-Bot-Secret", secret)
	require.Equal(t, 401, serve(b, r).Code)
}
