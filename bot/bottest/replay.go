package bottest

import (
	"bufio"
	"bytes"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
)

// Replay gives the requests in the files that match glob, as a [Recorder] wrote
// them, to today's bot. It fails where the bot answers anything else than it did
// then, showing only the differences, room by room, and logs which of its routes
// and transitions the recording goes through.
//
// Every record holds the state it was made in, so the order of records does not
// matter and files may be cut and joined freely. Names that were replaced by
// pseudonyms are compared as the bot writes them today: a bot that greets people
// by name is compared best on a recording whose nicknames were kept.
func Replay[H http.Handler](t testing.TB, newBot func() H, glob string, opts ...Option) {
	t.Helper()
	k := newKit(t, newBot, opts)
	r := &replay{kit: k, handler: k.newBot(), rooms: map[string][]string{}, taken: map[string]bool{}}
	r.subject = newSubject(r.handler)
	r.client = connect(r.handler, k.conf)
	defer r.client.close()
	paths, err := filepath.Glob(glob)
	if err != nil || len(paths) == 0 {
		t.Fatalf("bottest: no file matches %s", glob)
	}
	for _, path := range paths {
		r.file(path)
	}
	r.conclude()
}

type replay struct {
	kit     *kit
	handler http.Handler
	subject *subject
	client  *client

	records int
	differ  int
	rooms   map[string][]string // differences by room
	taken   map[string]bool     // routes and transitions that were gone through
}

// file plays one recording, line by line.
func (r *replay) file(path string) {
	r.kit.t.Helper()
	f, err := os.Open(path)
	if err != nil {
		r.kit.t.Fatalf("bottest: %v", err)
	}
	defer func() { _ = f.Close() }()
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 4*maxRecorded)
	for n := 1; lines.Scan(); n++ {
		if len(bytes.TrimSpace(lines.Bytes())) == 0 {
			continue
		}
		var rec record
		if err := json.Unmarshal(lines.Bytes(), &rec, jsontext.AllowInvalidUTF8(true)); err != nil {
			r.kit.t.Fatalf("%s:%d: not a record: %v", filepath.ToSlash(path), n, err)
		}
		r.play(fmt.Sprintf("%s:%d", filepath.ToSlash(path), n), rec)
	}
	if err := lines.Err(); err != nil {
		r.kit.t.Fatalf("bottest: %s: %v", path, err)
	}
}

func (r *replay) play(at string, rec record) {
	r.records++
	got := r.client.post(rec.Request)
	r.note(rec)
	if got.failed == "" && got.Status == rec.Status && sameJSON(got.Body, rec.Answer) {
		return
	}
	r.differ++
	room, act := summarise(rec.Request)
	r.rooms[room] = append(r.rooms[room], fmt.Sprintf("%s: %s\n  - %d %s\n  + %s", at, act, rec.Status, rec.Answer, brief(got)))
}

// note remembers what the record goes through.
func (r *replay) note(rec record) {
	m, ok := r.subject.match(rec.Request)
	if !ok || m.Route == nil {
		return
	}
	r.taken[m.Route.String()] = true
	var answer struct {
		To *string `json:"toBotState"`
	}
	if json.Unmarshal(rec.Answer, &answer) != nil || answer.To == nil || r.subject.bot.Machine() == nil {
		return
	}
	to, _ := r.subject.resolve(*answer.To)
	b := &seen{bot: r.subject.bot}
	for _, tr := range r.subject.transitions() {
		if b.takes(step{from: m.State, to: to}, tr) {
			r.taken[tr.String()] = true
		}
	}
}

// conclude reports the differences and what was covered.
func (r *replay) conclude() {
	t := r.kit.t
	t.Helper()
	var rooms []string
	for room := range r.rooms {
		rooms = append(rooms, room)
	}
	slices.Sort(rooms)
	for _, room := range rooms {
		t.Errorf("room %s (- then, + now):\n%s", room, strings.Join(r.rooms[room], "\n"))
	}
	t.Log(r.summary())
}

func (r *replay) summary() string {
	s := fmt.Sprintf("%d records replayed, %d answered differently", r.records, r.differ)
	if r.subject.bot == nil {
		return s
	}
	var all, missing []string
	for _, route := range r.subject.bot.Routes() {
		all = append(all, route.String())
	}
	for _, tr := range r.subject.transitions() {
		all = append(all, tr.String())
	}
	for _, name := range all {
		if !r.taken[name] {
			missing = append(missing, "\n  not in the recording: "+name)
		}
	}
	return fmt.Sprintf("%s; %d of %d routes and transitions%s", s, len(all)-len(missing), len(all), strings.Join(missing, ""))
}

// sameJSON compares by value, whatever the order of names.
func sameJSON(a, b []byte) bool {
	x, y := jsontext.Value(bytes.Clone(a)), jsontext.Value(bytes.Clone(b))
	return x.Canonicalize() == nil && y.Canonicalize() == nil && bytes.Equal(x, y)
}

// summarise tells what a request was about in a few words.
func summarise(request []byte) (room, act string) {
	e, err := event.Decode(request)
	if err != nil {
		return "", "a request that is no event"
	}
	h := e.Head()
	act = fmt.Sprintf("%s in %s by %s", e.Kind(), show(h.BotState), e.From().ID)
	if m, ok := e.(*event.Message); ok {
		act += ": " + m.Text()
	}
	return h.RoomID, act
}
