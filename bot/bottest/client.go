package bottest

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime/debug"
	"time"

	"github.com/funtekco/webhookbot/bot/internal/chat"
)

// client posts bodies to the handler under test.
type client struct {
	handler http.Handler
	header  http.Header
	url     string
	http    *http.Client // nil in process
	stop    func()       // stops the server of http
}

// connect returns a client, which the caller closes.
func connect(h http.Handler, c *config) *client {
	cl := &client{handler: h, header: c.header, url: "http://127.0.0.1" + c.path}
	if c.overHTTP {
		srv := httptest.NewServer(h)
		cl.url, cl.http, cl.stop = srv.URL+c.path, srv.Client(), srv.Close
	}
	return cl
}

func (c *client) close() {
	if c.stop != nil {
		c.stop()
	}
}

// response is what came back, or why nothing did.
type response struct {
	chat.Response
	reason string // header X-Bot-Error
	took   time.Duration
	failed string // no answer at all: why
}

// slow is how long an answer may take. The server's limit is not documented;
// people notice far earlier.
const slow = 5 * time.Second

// read returns the answer and what is wrong with the response.
func (r response) read() (chat.Answer, []chat.Violation) {
	if r.failed != "" {
		return chat.Answer{}, []chat.Violation{{Code: "no-answer", Text: r.failed}}
	}
	answer, broken := r.Answer()
	if r.took > slow {
		broken = append(broken, chat.Violation{Code: "slow", Text: fmt.Sprintf("the answer took %v", r.took.Round(time.Millisecond))})
	}
	if r.Status != http.StatusOK {
		answer = chat.Answer{}
	}
	return answer, broken
}

func (c *client) post(body []byte) response {
	begin := time.Now()
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, c.url, bytes.NewReader(body))
	if err != nil {
		return response{failed: err.Error()}
	}
	r.Header = c.header.Clone()
	var out response
	if c.http != nil {
		out = c.overHTTP(r)
	} else {
		out = c.inProcess(r)
	}
	out.took = time.Since(begin)
	return out
}

func (c *client) overHTTP(r *http.Request) response {
	res, err := c.http.Do(r)
	if err != nil {
		return response{failed: err.Error()}
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(res.Body, chat.MaxAnswer+1))
	if err != nil {
		return response{failed: err.Error()}
	}
	return answered(res.StatusCode, res.Header, body)
}

// inProcess calls the handler the way net/http would, without a connection.
func (c *client) inProcess(r *http.Request) (out response) {
	defer func() {
		if p := recover(); p != nil {
			out = response{failed: fmt.Sprintf("the handler panicked: %v\n%s", p, debug.Stack())}
		}
	}()
	r.RemoteAddr, r.RequestURI = "127.0.0.1:1", r.URL.RequestURI()
	w := &writer{header: http.Header{}}
	c.handler.ServeHTTP(w, r)
	if w.status == 0 {
		w.status = http.StatusOK
	}
	return answered(w.status, w.header, w.body)
}

func answered(status int, h http.Header, body []byte) response {
	return response{
		Response: chat.Response{Status: status, ContentType: h.Get("Content-Type"), Body: body},
		reason:   h.Get("X-Bot-Error"),
	}
}

// writer is a response in memory that can do what a connection can.
type writer struct {
	header http.Header
	status int
	body   []byte
}

func (w *writer) Header() http.Header { return w.header }

func (w *writer) WriteHeader(status int) {
	if w.status == 0 && status >= 200 {
		w.status = status
	}
}

func (w *writer) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	w.body = append(w.body, b...)
	return len(b), nil
}

func (w *writer) Flush()                           { w.WriteHeader(http.StatusOK) }
func (w *writer) SetReadDeadline(time.Time) error  { return nil }
func (w *writer) SetWriteDeadline(time.Time) error { return nil }
