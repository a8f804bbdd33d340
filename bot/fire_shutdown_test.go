package bot_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

// childEnv makes the test binary serve a bot instead of running tests.
const childEnv = "WEBHOOKBOT_TEST_CHILD"

// serveAsChild is the program of the subprocess tests. Its handler writes the
// message's ID to a file, which is the effect, and then takes a while.
func serveAsChild(effects string) {
	f, err := os.OpenFile(effects, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	b.OnMessage(func(ctx context.Context, m *event.Message) (bot.Reply, error) {
		if _, err := fmt.Fprintln(f, m.ID); err != nil {
			return bot.Reply{}, err
		}
		d, _ := time.ParseDuration(m.Text())
		time.Sleep(d)
		return bot.Say("done"), nil
	})
	ln := listen()
	fmt.Println(ln.Addr())
	if err := bot.Serve(context.Background(), ln, b, b.Close); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// child starts the subprocess and returns its URL.
func child(t *testing.T, effects string) (*exec.Cmd, string) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childEnv+"="+effects)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	addr, err := bufio.NewReader(out).ReadString('\n')
	require.NoError(t, err)
	return cmd, "http://" + strings.TrimSpace(addr)
}

func postTo(url, body string) (status int, answer string, err error) {
	resp, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		return 0, "", err
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	return resp.StatusCode, string(out), err
}

// SIGTERM under load: whatever was handled was answered, and the process ends
// with status 0.
func TestRow47_SIGTERMUnderLoad(t *testing.T) {
	effects := filepath.Join(t.TempDir(), "effects")
	cmd, url := child(t, effects)
	var answered, refused atomic.Int64
	stop := make(chan struct{})
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				switch status, _, err := postTo(url, inRoomText(fmt.Sprint("r", w), fmt.Sprintf("m%d-%d", w, i), "5ms")); {
				case err != nil: // no connection any more
					return
				case status == http.StatusOK:
					answered.Add(1)
				default:
					refused.Add(1)
				}
			}
		})
	}
	for answered.Load() < 100 {
		time.Sleep(time.Millisecond)
	}
	require.NoError(t, cmd.Process.Signal(syscall.SIGTERM))
	require.NoError(t, cmd.Wait(), "status 0")
	close(stop)
	wg.Wait()
	written, err := os.ReadFile(effects)
	require.NoError(t, err)
	require.EqualValues(t, answered.Load(), bytes.Count(written, []byte("\n")), "handled and answered differ (%d refused)", refused.Load())
}

// A killed process forgets what it answered: the handler runs again.
func TestRow29_KilledBetweenEffectAndAnswer(t *testing.T) {
	effects := filepath.Join(t.TempDir(), "effects")
	cmd, url := child(t, effects)
	go func() { _, _, _ = postTo(url, inRoomText("r", "m1", "1h")) }()
	require.Eventually(t, func() bool { b, _ := os.ReadFile(effects); return len(b) > 0 }, 5*time.Second, time.Millisecond)
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait()
	_, url = child(t, effects)
	status, answer, err := postTo(url, inRoomText("r", "m1", "0s"))
	require.NoError(t, err)
	require.Equal(t, 200, status)
	require.Contains(t, answer, "done")
	written, err := os.ReadFile(effects)
	require.NoError(t, err)
	require.Equal(t, "m1\nm1\n", string(written), "at least once, never lost")
}

func TestRow47_Close(t *testing.T) {
	started, release := make(chan struct{}), make(chan struct{})
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet()})
	b.OnMessage(func(context.Context, *event.Message) (bot.Reply, error) {
		close(started)
		<-release
		return bot.Say("done"), nil
	})
	answer := make(chan string)
	go func() { answer <- post(b, text("", "m1", "x")).Body.String() }()
	<-started

	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, b.Close(ctx), context.Canceled, "it waits no longer than its context")
	w := post(b, text("", "m2", "x"))
	require.Equal(t, 503, w.Code)
	require.Equal(t, "closed", w.Header().Get("X-Bot-Error"))
	require.Equal(t, noop, w.Body.String())

	closed := make(chan error)
	go func() { closed <- b.Close(t.Context()) }()
	close(release)
	require.Contains(t, <-answer, "done", "in-flight requests are answered")
	require.NoError(t, <-closed)
	require.NoError(t, b.Close(t.Context()), "again is harmless")
}

func TestServe_DrainErrors(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	lost := errors.New("two messages lost")
	var order []string
	done := make(chan error)
	go func() {
		done <- bot.Serve(ctx, listen(), http.NotFoundHandler(),
			func(context.Context) error { order = append(order, "first"); return lost },
			func(ctx context.Context) error { order = append(order, "second"); return ctx.Err() })
	}()
	cancel()
	require.ErrorIs(t, <-done, lost)
	require.Equal(t, []string{"first", "second"}, order)

	require.Error(t, bot.ListenAndServe(t.Context(), "no address", http.NotFoundHandler()))
}
