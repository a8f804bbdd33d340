package bot_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"math/bits"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/funtekco/webhookbot/bot"
	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

// go test ./bot -run Soak -soak=10m
var soak = flag.Duration("soak", 3*time.Second, "how long TestSoak runs")

// TestSoak serves load with faults in every twentieth request and ends with
// heap, goroutines and room table as they were.
func TestSoak(t *testing.T) {
	b := bot.MustNew(bot.Config{SenderID: "robot001", Logger: quiet(),
		Limits: bot.Limits{Budget: 100 * time.Millisecond, MaxRemembered: 4096, MaxBody: 16 << 10}})
	b.OnMessage(func(ctx context.Context, m *event.Message) (bot.Reply, error) {
		switch m.Text() {
		case "panic":
			panic("asked to")
		case "hang":
			time.Sleep(150 * time.Millisecond)
		case "wait":
			<-ctx.Done()
			return bot.Reply{}, ctx.Err()
		}
		return bot.Say(m.Text()), nil
	})
	srv := httptest.NewServer(b)
	defer srv.Close()

	s := &soaker{t: t, srv: srv, until: time.Now().Add(*soak)}
	s.warmUp()
	before := measure()
	var wg sync.WaitGroup
	for worker := range 16 {
		wg.Go(func() { s.work(worker) })
	}
	wg.Wait()
	srv.Client().CloseIdleConnections()
	require.NoError(t, b.Close(t.Context()))
	after := measure()

	t.Logf("%d requests in %v, %d faults, status %v, median below %v, p95 below %v; heap %d -> %d KiB, goroutines %d -> %d, rooms %d",
		s.requests, *soak, s.faults.Load(), s.statusCounts(), s.quantile(0.5), s.quantile(0.95),
		before.heap>>10, after.heap>>10, before.goroutines, after.goroutines, b.Stats().Rooms)
	require.Zero(t, b.Stats().Rooms)
	require.Zero(t, b.Stats().Running)
	require.Zero(t, b.Stats().Waiting)
	require.LessOrEqual(t, after.goroutines, before.goroutines+8)
	require.Less(t, after.heap, before.heap+16<<20, "what is remembered is bounded")
}

type soaker struct {
	t      *testing.T
	srv    *httptest.Server
	until  time.Time
	faults atomic.Int64

	mu       sync.Mutex
	requests int
	took     [64]int // requests that took up to 2^i microseconds: a list of all would outgrow the bot
	statuses map[int]int
}

type measurement struct {
	heap       uint64
	goroutines int
}

func measure() measurement {
	for range 3 {
		runtime.GC()
	}
	time.Sleep(200 * time.Millisecond) // connections close in the background
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return measurement{m.HeapAlloc, runtime.NumGoroutine()}
}

func (s *soaker) warmUp() {
	for i := range 5000 {
		s.post(inRoomText("warm", fmt.Sprint("w", i), "hello"))
	}
	s.requests, s.took, s.statuses = 0, [64]int{}, map[int]int{}
}

func (s *soaker) work(worker int) {
	rng := rand.New(rand.NewPCG(uint64(worker), 7))
	last := inRoomText("r", "first", "hello")
	for i := 0; time.Now().Before(s.until); i++ {
		body := inRoomText(fmt.Sprint("room", rng.IntN(500)), fmt.Sprintf("m%d-%d", worker, i), "hello")
		if rng.IntN(20) > 0 {
			s.post(body)
			last = body
			continue
		}
		s.faults.Add(1)
		switch rng.IntN(6) {
		case 0:
			s.post(strings.Replace(body, "hello", "panic", 1))
		case 1:
			s.post(strings.Replace(body, "hello", "hang", 1))
		case 2:
			s.post(strings.Replace(body, "hello", "wait", 1))
		case 3:
			s.post(last)
		case 4:
			s.post(strings.Replace(body, "hello", strings.Repeat("x", 20<<10), 1))
		case 5:
			s.hangUp(strings.Replace(body, "hello", "wait", 1))
		}
	}
}

// post sends one request; no 200 may come without a valid body.
func (s *soaker) post(body string) {
	start := time.Now()
	resp, err := s.srv.Client().Post(s.srv.URL, "application/json", strings.NewReader(body))
	if err != nil {
		return // an oversize body's connection may be reset while it is sent
	}
	defer resp.Body.Close()
	out, err := io.ReadAll(resp.Body)
	if err == nil {
		requireEnvelope(s.t, out)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests++
	s.took[bits.Len64(uint64(time.Since(start).Microseconds()))]++
	if s.statuses == nil {
		s.statuses = map[int]int{}
	}
	s.statuses[resp.StatusCode]++
}

// hangUp sends a request and is gone before the answer.
func (s *soaker) hangUp(body string) {
	conn, err := net.Dial("tcp", s.srv.Listener.Addr().String())
	if err != nil {
		return
	}
	fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len(body), body)
	time.Sleep(time.Millisecond)
	_ = conn.Close()
}

// quantile returns the bound below which the share q of all requests stayed.
func (s *soaker) quantile(q float64) time.Duration {
	rest := int(q * float64(s.requests))
	for i, n := range s.took {
		if rest -= n; rest < 0 {
			return time.Microsecond << i
		}
	}
	return 0
}

func (s *soaker) statusCounts() map[int]int {
	for status := range s.statuses {
		require.Contains(s.t, []int{http.StatusOK, 413, 500, 503}, status)
	}
	return s.statuses
}
