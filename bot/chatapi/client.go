package chatapi

import (
	"cmp"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Config says where the chat server is and how to call it. BaseURL and Key are
// required.
type Config struct {
	// BaseURL is what the vendor's dashboard calls the Chat Server URL, as
	// "https://example.imkit.io" (vendor's documents). The key travels with every
	// request: use plain http within your own network at most.
	BaseURL string

	// Key is sent as the header IM-API-KEY (vendor's documents), to BaseURL and
	// nowhere else.
	Key Key

	// Transport carries the requests, for a client certificate, a proxy or
	// tracing. It must not follow redirects, as no http.Transport does. Default:
	// a transport of the client's own.
	Transport http.RoundTripper

	// Logger is told with a warning of each try that is made again; what a call
	// fails with in the end is its error alone. Default: slog.Default(), as it is
	// when New is called.
	Logger *slog.Logger

	Limits
}

// Limits are the bounds a [Client] keeps. Zero means the default; negative
// values are refused.
type Limits struct {
	// PerSecond is how many requests the client makes in a second, tries and
	// retries alike; as many may go at once after a rest. Default 15, which is
	// under the server's 1000 a minute. Programs that share a key share those.
	PerSecond int

	// Tries is how often a call is tried at most. Default 4; 1 never retries.
	Tries int

	// TryTimeout is how long one try may take until its answer is read.
	// Default 10 s.
	TryTimeout time.Duration

	// Budget is how long a call may wait in all: for its turn, between tries and
	// as the server asks. The tries themselves come on top. Default 75 s: in the
	// vendor's documents the server asks for a pause of 60 s, and after it many
	// calls may want their turn.
	Budget time.Duration
}

// Client calls the API. It is safe for concurrent use; make one for a key and
// keep it, because its limits hold for the calls of one Client. It has no
// goroutines of its own.
type Client struct {
	base      string
	authorize func(http.Header)     // sets the key; a closure, so that no printing of a Client shows it
	redact    func(s string) string // replaces the key in s
	transport http.RoundTripper
	log       *slog.Logger
	limits    Limits
	pace      *pace
}

// New returns a client, or an error that names every problem of the Config. It
// sends nothing.
func New(cfg Config) (*Client, error) {
	base, urlErr := parseBase(cfg.BaseURL)
	if err := errors.Join(urlErr, cfg.Key.check(), cfg.Limits.check()); err != nil {
		return nil, fmt.Errorf("chatapi: %w", err)
	}
	limits := cfg.Limits.withDefaults()
	key := string(cfg.Key)
	c := &Client{
		base:      base,
		authorize: func(h http.Header) { h.Set("IM-API-KEY", key) },
		redact:    func(s string) string { return strings.ReplaceAll(s, key, redacted) },
		transport: cfg.Transport,
		log:       cfg.Logger,
		limits:    limits,
		pace:      newPace(limits.PerSecond),
	}
	if c.transport == nil {
		c.transport = newTransport()
	}
	if c.log == nil {
		c.log = slog.Default()
	}
	return c, nil
}

// CloseIdleConnections closes the connections that are kept for the next call,
// as http.Client's does. Without it the client's own transport closes them after
// a few seconds.
func (c *Client) CloseIdleConnections() {
	if t, ok := c.transport.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

// newTransport returns the transport of a Config without one. A Node.js server
// closes a connection that was idle for 5 s (its documented default); a request
// that meets the closing is lost without anybody knowing whether it was carried
// out. So the client gives the connection up first.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		DialContext:            (&net.Dialer{Timeout: 5 * time.Second}).DialContext,
		TLSHandshakeTimeout:    5 * time.Second,
		IdleConnTimeout:        4 * time.Second,
		MaxIdleConnsPerHost:    16,
		MaxResponseHeaderBytes: 64 << 10,
		ForceAttemptHTTP2:      true,
	}
}

// parseBase returns the address to which paths are added. Its errors do not
// quote it, in case a secret was put there.
func parseBase(base string) (string, error) {
	u, err := url.Parse(base)
	switch {
	case base == "":
		return "", errors.New("Config.BaseURL is empty")
	case err != nil, u.Hostname() == "", u.Scheme != "https" && u.Scheme != "http":
		return "", errors.New("Config.BaseURL is not an address like https://example.imkit.io")
	case u.User != nil:
		return "", errors.New("Config.BaseURL holds a user or password: the server wants only Config.Key")
	case u.RawQuery != "", u.Fragment != "":
		return "", errors.New("Config.BaseURL holds a query or fragment")
	}
	return strings.TrimRight(base, "/?#"), nil
}

func (l Limits) check() error {
	if l.PerSecond < 0 || l.Tries < 0 || l.TryTimeout < 0 || l.Budget < 0 {
		return errors.New("a field of Config.Limits is negative")
	}
	return nil
}

func (l Limits) withDefaults() Limits {
	return Limits{
		PerSecond:  cmp.Or(l.PerSecond, 15),
		Tries:      cmp.Or(l.Tries, 4),
		TryTimeout: cmp.Or(l.TryTimeout, 10*time.Second),
		Budget:     cmp.Or(l.Budget, 75*time.Second),
	}
}
