package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/funtekco/webhookbot/event"
)

// errorLog writes the log records. Their attributes are always the same:
// outcome, status, kind, room, message, sender, state, route, key, duration,
// and where it applies remote, stale, overdue, err and stack. Values that come
// from the request are escaped and cut.
type errorLog struct {
	log  *slog.Logger
	mu   sync.Mutex
	last map[string]time.Time
}

// quietFor is how long a message that any sender could provoke stays unwritten
// after it was written.
const quietFor = time.Minute

// level decides how loud the end of an exchange is, and whether it is written
// at all.
func (l *errorLog) level(x *exchange) (slog.Level, bool) {
	x.mu.Lock()
	outcome, status := x.sent.outcome, x.sent.status
	x.mu.Unlock()
	level := slog.LevelError
	switch {
	case x.aborted, x.overdue:
	case status == 200:
		level = slog.LevelDebug
	case outcome == HungUp:
		level = slog.LevelInfo
	case status < 500, outcome == FailedBusy, outcome == FailedClosed:
		level = slog.LevelWarn
	}
	ctx := context.Background()
	return level, l.log.Enabled(ctx, level) && (level != slog.LevelWarn || l.due(string(outcome)))
}

// write writes the record of an exchange.
func (l *errorLog) write(x *exchange, level slog.Level, rec Record) {
	attrs := []slog.Attr{
		slog.String("outcome", string(rec.Outcome)),
		slog.Int("status", rec.Status),
		slog.String("kind", string(rec.Kind)),
	}
	if x.event != nil {
		attrs = append(attrs, eventAttrs(x.event)...)
		attrs = append(attrs, slog.String("state", string(rec.State)), slog.String("route", rec.Route), slog.Int("key", rec.Key))
	}
	attrs = append(attrs, slog.Duration("duration", rec.Duration))
	if rec.Stale {
		attrs = append(attrs, slog.Bool("stale", true))
	}
	if rec.Overdue {
		attrs = append(attrs, slog.Bool("overdue", true))
	}
	if rec.Outcome == FailedVerify {
		attrs = append(attrs, slog.String("remote", printable(x.r.RemoteAddr, 64)))
	}
	if x.err != nil {
		attrs = append(attrs, slog.String("err", printable(errorText(x.err), 512)))
	}
	var p *panicError
	if errors.As(x.err, &p) {
		attrs = append(attrs, slog.String("stack", string(p.stack)))
	}
	l.log.LogAttrs(x.r.Context(), level, "bot: request", attrs...)
}

// errorText leaves out URLs, which net/http puts into errors with path and query
// and so with whatever secret is in them.
func errorText(err error) string {
	text := err.Error()
	if u, ok := errors.AsType[*url.Error](err); ok && u.URL != "" {
		text = strings.ReplaceAll(text, u.URL, "[URL]")
	}
	return text
}

func eventAttrs(e event.Event) []slog.Attr {
	attrs := []slog.Attr{
		slog.String("room", printable(e.Head().RoomID, 64)),
		slog.String("sender", printable(e.From().ID, 64)),
	}
	if m, ok := e.(*event.Message); ok {
		attrs = append(attrs, slog.String("message", printable(m.ID, 64)))
	}
	return attrs
}

// broken tells of a panic in what reports.
func (l *errorLog) broken(p any) {
	defer func() { _ = recover() }() // it may have been the Logger
	l.log.Error("bot: an Observer, a Logger or an error's Error method panicked", slog.String("panic", fmt.Sprintf("%T", p)))
}

// once warns, at most once a minute for the same message.
func (l *errorLog) once(msg string) {
	if l.due(msg) {
		l.log.Warn(msg)
	}
}

// undeclared warns of a room in a state that the machine does not know.
func (l *errorLog) undeclared(botState string) {
	const msg = "bot: a room is in a state the machine does not declare; if it is of an earlier release, declare fsm.Renamed or fsm.Retired"
	if l.due(msg) {
		l.log.Warn(msg, slog.String("state", printable(botState, 64)))
	}
}

func (l *errorLog) due(what string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := time.Now()
	if last, ok := l.last[what]; ok && now.Sub(last) < quietFor {
		return false
	}
	if l.last == nil {
		l.last = map[string]time.Time{}
	}
	l.last[what] = now
	return true
}

// printable escapes everything that could break a log line or reorder what a
// terminal shows, and cuts s to about max bytes. Handlers of log/slog differ in
// what they escape.
func printable(s string, max int) string {
	if len(s) > max {
		s = strings.ToValidUTF8(s[:max], "") + "..."
	}
	for _, r := range s {
		if !unicode.IsPrint(r) {
			quoted := strconv.QuoteToGraphic(s)
			return quoted[1 : len(quoted)-1]
		}
	}
	return s
}
