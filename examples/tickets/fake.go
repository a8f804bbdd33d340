package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"net"
	"net/http"
	"strconv"
	"sync"
	"unicode/utf8"

	"github.com/funtekco/webhookbot/bot"
	"github.com/go-json-experiment/json"
)

// Fake is a ticket system in memory, for trying the bot out and for its tests.
type Fake struct {
	token string
	mux   *http.ServeMux

	mu      sync.Mutex
	tickets []*Ticket         // oldest first
	byKey   map[string]string // Idempotency-Key to ID
}

const (
	maxTickets = 10_000
	maxSubject = 200    // characters
	maxTicket  = 16_384 // bytes of a request
)

// NewFake returns a ticket system that knows one token.
func NewFake(token string) *Fake {
	f := &Fake{token: token, mux: http.NewServeMux(), byKey: map[string]string{}}
	f.mux.HandleFunc("POST /tickets", f.create)
	f.mux.HandleFunc("GET /tickets", f.ofRoom)
	f.mux.HandleFunc("GET /tickets/{id}", f.get)
	f.mux.HandleFunc("PATCH /tickets/{id}", f.update)
	return f
}

// ServeFake serves a ticket system on a free port of this machine, with a token
// of its own, until stop is called.
func ServeFake() (address, token string, stop func(context.Context) error, err error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", "", nil, err
	}
	token = rand.Text()
	srv := bot.NewServer("", NewFake(token))
	go func() { _ = srv.Serve(ln) }() // ends with Shutdown
	return "http://" + ln.Addr().String(), token, srv.Shutdown, nil
}

// ServeHTTP answers whoever has the token, one request at a time.
func (f *Fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Authorization") != "Bearer "+f.token {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxTicket)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.mux.ServeHTTP(w, r)
}

func (f *Fake) create(w http.ResponseWriter, r *http.Request) {
	key := r.Header.Get("Idempotency-Key")
	if id, known := f.byKey[key]; known {
		answer(w, http.StatusOK, f.find(id))
		return
	}
	t := &Ticket{}
	if json.UnmarshalRead(r.Body, t) != nil || t.Subject == "" || utf8.RuneCountInString(t.Subject) > maxSubject {
		w.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	if len(f.tickets) == maxTickets {
		w.WriteHeader(http.StatusInsufficientStorage)
		return
	}
	t.ID, t.Status = "T-"+strconv.Itoa(len(f.tickets)+1), "open"
	f.tickets = append(f.tickets, t)
	if key != "" {
		f.byKey[key] = t.ID
	}
	answer(w, http.StatusCreated, t)
}

func (f *Fake) get(w http.ResponseWriter, r *http.Request) {
	t := f.find(r.PathValue("id"))
	if t == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	answer(w, http.StatusOK, t)
}

func (f *Fake) update(w http.ResponseWriter, r *http.Request) {
	t := f.find(r.PathValue("id"))
	if t == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	var more Ticket
	if json.UnmarshalRead(r.Body, &more) != nil {
		w.WriteHeader(http.StatusUnprocessableEntity)
		return
	}
	t.Details, t.Urgency = cmp.Or(more.Details, t.Details), cmp.Or(more.Urgency, t.Urgency)
	answer(w, http.StatusOK, t)
}

func (f *Fake) ofRoom(w http.ResponseWriter, r *http.Request) {
	limit, _ := strconv.Atoi(r.FormValue("limit"))
	found := []*Ticket{}
	for i := len(f.tickets) - 1; i >= 0 && len(found) < limit; i-- {
		if f.tickets[i].Room == r.FormValue("room") {
			found = append(found, f.tickets[i])
		}
	}
	answer(w, http.StatusOK, found)
}

func (f *Fake) find(id string) *Ticket {
	for _, t := range f.tickets {
		if t.ID == id {
			return t
		}
	}
	return nil
}

func answer(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.MarshalWrite(w, v)
}
