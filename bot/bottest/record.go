package bottest

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Recorder writes down the requests a bot gets and its answers, one JSON object
// a line, for [Replay]. It is off until somebody wraps a bot with it. Its zero
// value is of no use: Out and Redact must be set.
type Recorder struct {
	// Out receives the lines, each in one Write. The first error of it stops the
	// recording, never the bot.
	Out io.Writer

	// Redact returns what stands in the recording in place of a string value.
	// name is the field's name, "nickname" for example; elements of arrays have
	// their array's. It is not asked for what routing needs and nobody wrote:
	// event, botState, toBotState and messageType; nor for senderID, the bot's own
	// ID. See [Pseudonyms].
	Redact func(name, value string) string

	mu     sync.Mutex
	failed error
}

// record is one line.
type record struct {
	Time    time.Time      `json:"time"`
	Build   string         `json:"build,omitzero"` // version control revision of the program
	Request jsontext.Value `json:"request"`
	Status  int            `json:"status"`
	Answer  jsontext.Value `json:"answer"`
}

// Wrap returns the handler with the recording around it. Only requests with a
// JSON body of at most 1 MiB that are answered with JSON are recorded, and no
// headers, so that no secret is.
func (r *Recorder) Wrap(next http.Handler) http.Handler {
	if r.Out == nil || r.Redact == nil {
		panic("bottest: a Recorder needs Out and Redact")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		body := &tee{ReadCloser: q.Body}
		answer := &teeWriter{ResponseWriter: w, status: http.StatusOK}
		q.Body = body
		next.ServeHTTP(answer, q)
		r.write(record{Time: time.Now().UTC(), Build: revision(), Request: body.b, Status: answer.status, Answer: answer.b})
	})
}

// Err returns the error that stopped the recording, nil while it goes on.
func (r *Recorder) Err() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.failed
}

func (r *Recorder) write(rec record) {
	var ok1, ok2 bool
	rec.Request, ok1 = r.redact(rec.Request)
	rec.Answer, ok2 = r.redact(rec.Answer)
	if !ok1 || !ok2 {
		return
	}
	line, err := json.Marshal(rec, jsontext.AllowInvalidUTF8(true))
	if err != nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.failed == nil {
		_, r.failed = r.Out.Write(append(line, '\n'))
	}
}

// kept are the names whose values are never asked about.
var kept = map[string]bool{"event": true, "botState": true, "toBotState": true, "messageType": true, "senderID": true}

// redact copies a JSON object with its strings replaced; what is no JSON object
// is not recorded at all.
func (r *Recorder) redact(v jsontext.Value) (jsontext.Value, bool) {
	if v.Kind() != '{' || !v.IsValid(jsontext.AllowInvalidUTF8(true)) {
		return nil, false
	}
	lax := jsontext.AllowInvalidUTF8(true)
	dec := jsontext.NewDecoder(bytes.NewReader(v), lax)
	var out bytes.Buffer
	enc := jsontext.NewEncoder(&out, lax)
	for {
		tok, err := dec.ReadToken()
		if err != nil {
			return bytes.TrimSpace(out.Bytes()), err == io.EOF
		}
		if kind, n := dec.StackIndex(dec.StackDepth()); tok.Kind() == '"' && (kind != '{' || n%2 == 0) {
			if name := fieldName(dec.StackPointer()); !kept[name] {
				tok = jsontext.String(r.Redact(name, tok.String()))
			}
		}
		if err := enc.WriteToken(tok); err != nil {
			return nil, false
		}
	}
}

// fieldName returns the last name in a pointer that is no array index.
func fieldName(p jsontext.Pointer) string {
	for p != "" {
		last := p.LastToken()
		if strings.Trim(last, "0123456789") != "" {
			return last
		}
		p = p.Parent()
	}
	return ""
}

// Pseudonyms returns a function for [Recorder] that replaces what tells people
// and places apart (IDs, names, addresses, URLs) by pseudonyms, the same for the
// same value, and leaves what people and the bot wrote: [Replay] needs it to
// route. Wrap it where texts are private too:
//
//	hide := bottest.Pseudonyms(key)
//	redact := func(name, value string) string {
//		if name == "message" && !isCommand(value) {
//			return "..."
//		}
//		return hide(name, value)
//	}
//
// Without the key nobody can find out by trying which pseudonym stands for whom.
func Pseudonyms(key string) func(name, value string) string {
	return func(name, value string) string {
		if value == "" || written[name] {
			return value
		}
		h := hmac.New(sha256.New, []byte(key))
		h.Write([]byte(value))
		return "p-" + hex.EncodeToString(h.Sum(nil)[:9])
	}
}

// written are the fields with words, and the times, which replays want readable.
var written = map[string]bool{
	"message": true, "text": true, "label": true, "title": true, "type": true,
	"messageTime": true, "createdAt": true, "updatedAt": true, "editedAt": true,
}

// tee keeps what is read of a body, up to a limit.
type tee struct {
	io.ReadCloser
	b []byte
}

const maxRecorded = 1 << 20

func (t *tee) Read(p []byte) (int, error) {
	n, err := t.ReadCloser.Read(p)
	if len(t.b)+n <= maxRecorded {
		t.b = append(t.b, p[:n]...)
	}
	return n, err
}

// teeWriter keeps what is answered.
type teeWriter struct {
	http.ResponseWriter
	status int
	b      []byte
}

func (t *teeWriter) WriteHeader(status int) {
	t.status = status
	t.ResponseWriter.WriteHeader(status)
}

func (t *teeWriter) Write(p []byte) (int, error) {
	if len(t.b)+len(p) <= maxRecorded {
		t.b = append(t.b, p...)
	}
	return t.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController reach the connection.
func (t *teeWriter) Unwrap() http.ResponseWriter { return t.ResponseWriter }

// revision is the commit the program was built from, if the build noted it.
var revision = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return s.Value
		}
	}
	return ""
})
