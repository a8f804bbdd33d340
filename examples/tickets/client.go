package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"
)

// Ticket is one request for help. Empty fields are left out on the wire.
type Ticket struct {
	ID       string `json:"id,omitzero"` // given by the ticket system, as "T-1"
	Status   string `json:"status,omitzero"`
	Room     string `json:"room,omitzero"`     // where it was opened
	Reporter string `json:"reporter,omitzero"` // client ID of who opened it
	Subject  string `json:"subject,omitzero"`
	Details  string `json:"details,omitzero"`
	Urgency  string `json:"urgency,omitzero"`
}

// What the methods of Client fail with.
var (
	ErrUnavailable = errors.New("ticket system is unavailable") // down, slow, broken, or the token is wrong
	ErrNotFound    = errors.New("no such ticket")
	ErrRejected    = errors.New("ticket system rejects the ticket")
)

// Client speaks to a ticket system:
//
//	POST  /tickets               opens a ticket, once for each Idempotency-Key
//	GET   /tickets/ID            one ticket
//	PATCH /tickets/ID            changes the fields that are there
//	GET   /tickets?room=&limit=  the latest tickets of a room
//
// How long a call may take is up to its context.
type Client struct {
	base, token string
	http        *http.Client
}

// NewClient returns a client of the system at address. token may be empty.
func NewClient(address, token string) (*Client, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
		return nil, errors.New("tickets: TICKETS_URL is not an http or https address")
	}
	return &Client{strings.TrimRight(address, "/"), token, &http.Client{
		Timeout: 10 * time.Second, // for a context without an end
		// A redirect would take the token along within the host.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// Create opens a ticket. The same key again returns the ticket it opened.
func (c *Client) Create(ctx context.Context, key string, t Ticket) (made Ticket, err error) {
	return made, c.call(ctx, http.MethodPost, "/tickets", key, t, &made)
}

// Get returns one ticket.
func (c *Client) Get(ctx context.Context, id string) (t Ticket, err error) {
	return t, c.call(ctx, http.MethodGet, "/tickets/"+url.PathEscape(id), "", nil, &t)
}

// Update sets the fields of a ticket that are not empty in t.
func (c *Client) Update(ctx context.Context, id string, t Ticket) (now Ticket, err error) {
	return now, c.call(ctx, http.MethodPatch, "/tickets/"+url.PathEscape(id), "", t, &now)
}

// OfRoom returns the latest tickets of a room, newest first.
func (c *Client) OfRoom(ctx context.Context, room string, limit int) (all []Ticket, err error) {
	query := url.Values{"room": {room}, "limit": {strconv.Itoa(limit)}}
	return all, c.call(ctx, http.MethodGet, "/tickets?"+query.Encode(), "", nil, &all)
}

// maxAnswer is how many bytes of an answer are read.
const maxAnswer = 1 << 20

// call sends one request and decodes the answer into out.
func (c *Client) call(ctx context.Context, method, path, key string, in, out any) error {
	req, err := c.request(ctx, method, path, key, in)
	if err != nil {
		return err
	}
	res, err := c.http.Do(req)
	if err != nil {
		return fmt.Errorf("%w: %w", ErrUnavailable, withoutURL(err))
	}
	defer func() { _ = res.Body.Close() }()
	if err := check(res.StatusCode); err != nil {
		return err
	}
	if err := json.UnmarshalRead(io.LimitReader(res.Body, maxAnswer), out); err != nil {
		return fmt.Errorf("%w: its answer is not what was asked for", ErrUnavailable)
	}
	return nil
}

func (c *Client) request(ctx context.Context, method, path, key string, in any) (*http.Request, error) {
	var body io.Reader = http.NoBody
	if in != nil {
		text, err := json.Marshal(in)
		if err != nil {
			return nil, err
		}
		body = bytes.NewReader(text)
	}
	req, err := http.NewRequestWithContext(ctx, method, c.base+path, body)
	if err != nil {
		return nil, withoutURL(err)
	}
	if in != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if key != "" {
		req.Header.Set("Idempotency-Key", key)
	}
	if c.token != "" {
		req.Header.Set("Authorization", "Bearer "+c.token)
	}
	return req, nil
}

// check makes an error of every status but 2xx.
func check(status int) error {
	switch {
	case status/100 == 2:
		return nil
	case status == http.StatusNotFound:
		return ErrNotFound
	case status == http.StatusBadRequest, status == http.StatusRequestEntityTooLarge, status == http.StatusUnprocessableEntity:
		return fmt.Errorf("%w: %d %s", ErrRejected, status, http.StatusText(status))
	}
	return fmt.Errorf("%w: %d %s", ErrUnavailable, status, http.StatusText(status))
}

// withoutURL takes the address, which may hold a secret, off an error of net/http.
func withoutURL(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return u.Err
	}
	return err
}
