package main

import (
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Record puts the journal around a webhook: each request that it accepts is
// written down with its answer before the answer goes out. When that fails the
// answer is 500 and does nothing, so that nothing happens in a room that the
// journal does not have. Requests that the webhook refuses (4xx: a stranger's, or
// nonsense) are not written down; headers, and so secrets, never are.
func Record(j *Journal, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		x := &exchange{ResponseWriter: w, journal: j, began: time.Now(), status: http.StatusOK}
		r.Body = &tee{r.Body, &x.request}
		next.ServeHTTP(x, r)
	})
}

// exchange is a request and its answer on the way out. A bot writes its answer in
// one piece.
type exchange struct {
	http.ResponseWriter
	journal *Journal
	began   time.Time
	request []byte
	status  int
}

const noop = `{"toBotState":null,"data":null}`

func (x *exchange) WriteHeader(status int) { x.status = status }

func (x *exchange) Write(answer []byte) (int, error) {
	if x.status < 400 || x.status >= 500 {
		if err := x.record(answer); err != nil {
			slog.Error("audit: not recorded, and so not answered", "err", err)
			x.status, answer = http.StatusInternalServerError, []byte(noop)
			x.Header().Set("X-Bot-Error", "not-recorded")
			x.Header().Set("Content-Length", strconv.Itoa(len(noop)))
		}
	}
	x.ResponseWriter.WriteHeader(x.status)
	return x.ResponseWriter.Write(answer)
}

// Unwrap lets the bot set deadlines on the connection.
func (x *exchange) Unwrap() http.ResponseWriter { return x.ResponseWriter }

// record writes the line, in the form that bottest.Replay reads.
func (x *exchange) record(answer []byte) error {
	request := jsontext.Value(x.request)
	if len(request) == 0 { // refused before it was read
		return nil
	}
	if err := request.Compact(); err != nil { // on one line, and otherwise as it came
		return err
	}
	line := make([]byte, 0, len(request)+len(answer)+100)
	line = append(line, `{"time":"`...)
	line = x.began.UTC().AppendFormat(line, time.RFC3339Nano)
	line = append(line, `","request":`...)
	line = append(line, request...)
	line = append(line, `,"status":`...)
	line = strconv.AppendInt(line, int64(x.status), 10)
	line = append(line, `,"answer":`...)
	line = append(line, answer...)
	line = append(line, "}\n"...)
	return x.journal.Append(line)
}

// tee keeps what is read of a body; the bot's limit bounds it.
type tee struct {
	io.ReadCloser
	kept *[]byte
}

func (t *tee) Read(p []byte) (int, error) {
	n, err := t.ReadCloser.Read(p)
	*t.kept = append(*t.kept, p[:n]...)
	return n, err
}
