package bot

import (
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Verifier decides whether a request comes from the chat server. It is called
// before the body is read and must be safe for concurrent use.
type Verifier interface {
	// Verify returns nil for a genuine request. key tells which of several
	// secrets matched, counted from 0; it is logged, so that one can see when an
	// old secret is no longer used. The error's text is logged and must not hold
	// anything of the request.
	Verify(r *http.Request) (key int, err error)
}

// Secrets is the [Verifier] that [SecretHeader], [SecretPath] and [BasicAuth]
// return.
type Secrets struct {
	digests   [][sha256.Size]byte
	read      func(*http.Request) (string, bool)
	challenge string // the WWW-Authenticate header of a 401
	err       error
}

// minSecret is the length below which a secret can be guessed in practice.
const minSecret = 16

// maxPresented bounds what is hashed before anything is known of the sender.
const maxPresented = 1 << 10

// SecretHeader verifies requests by a secret in the named header, which the
// server or a proxy in front of the bot adds. Several secrets are all good, for
// rotation: add the new one, change the sender, remove the old one. [New]
// refuses secrets that are empty, shorter than 16 bytes or padded with blanks.
func SecretHeader(name string, secrets ...string) *Secrets {
	key := http.CanonicalHeaderKey(name)
	s := newSecrets("Secret", secrets, func(r *http.Request) (string, bool) {
		v := r.Header[key]
		if len(v) != 1 { // none, or two of which a proxy might have seen the other
			return "", false
		}
		return v[0], true
	})
	if key == "" {
		s.err = errors.Join(s.err, errors.New("header name is empty"))
	}
	return s
}

// SecretPath verifies requests by the last segment of the URL's path: register
// https://bot.example/webhook/SECRET as the room's webhook. It is the one way
// that needs nothing of the chat server; keep in mind that proxies write paths
// into their access logs.
func SecretPath(secrets ...string) *Secrets {
	s := newSecrets("Path", secrets, func(r *http.Request) (string, bool) {
		path := strings.TrimRight(r.URL.Path, "/")
		return path[strings.LastIndexByte(path, '/')+1:], true
	})
	if slices.ContainsFunc(secrets, func(secret string) bool { return strings.Contains(secret, "/") }) {
		s.err = errors.Join(s.err, errors.New("a secret in the path cannot hold a slash"))
	}
	return s
}

// BasicAuth verifies requests by HTTP basic authentication, for a webhook
// registered as https://user:password@bot.example/webhook.
func BasicAuth(user string, passwords ...string) *Secrets {
	s := newSecrets(`Basic realm="webhook"`, passwords, func(r *http.Request) (string, bool) {
		u, p, ok := r.BasicAuth()
		return u + ":" + p, ok && len(r.Header["Authorization"]) == 1
	})
	for i, p := range passwords {
		s.digests[i] = sha256.Sum256([]byte(user + ":" + p))
	}
	if user == "" || strings.Contains(user, ":") {
		s.err = errors.Join(s.err, errors.New("user is empty or has a colon"))
	}
	return s
}

func newSecrets(challenge string, secrets []string, read func(*http.Request) (string, bool)) *Secrets {
	s := &Secrets{read: read, challenge: challenge}
	if len(secrets) == 0 {
		s.err = errors.New("no secret given")
	}
	for i, secret := range secrets {
		switch {
		case secret == "":
			s.err = errors.Join(s.err, fmt.Errorf("secret %d is empty (is its environment variable set?)", i))
		case secret != strings.TrimSpace(secret):
			s.err = errors.Join(s.err, fmt.Errorf("secret %d begins or ends with a blank or newline, which HTTP trims", i))
		case len(secret) < minSecret:
			s.err = errors.Join(s.err, fmt.Errorf("secret %d is shorter than %d bytes", i, minSecret))
		}
		s.digests = append(s.digests, sha256.Sum256([]byte(secret)))
	}
	return s
}

// Verify compares digests, all of them, in constant time: how long it takes
// depends on what was presented, never on a secret.
func (s *Secrets) Verify(r *http.Request) (key int, err error) {
	presented, ok := s.read(r)
	if !ok || len(presented) > maxPresented {
		return -1, ErrUnverified
	}
	digest := sha256.Sum256([]byte(presented))
	key = -1
	for i := range s.digests {
		if subtle.ConstantTimeCompare(digest[:], s.digests[i][:]) == 1 {
			key = i
		}
	}
	if key < 0 {
		return -1, ErrUnverified
	}
	return key, nil
}

// check reports what is wrong with the secrets, for New.
func (s *Secrets) check() error {
	if s == nil || s.read == nil {
		return errors.New("make it with SecretHeader, SecretPath or BasicAuth")
	}
	return s.err
}

// String keeps the digests out of logs.
func (s *Secrets) String() string { return fmt.Sprintf("%d secrets", len(s.digests)) }

// GoString keeps the digests out of logs.
func (s *Secrets) GoString() string { return s.String() }

// loopbackOnly is the verifier of a Config without one.
type loopbackOnly struct{}

// forwarding are headers of proxies, and Origin is one of browsers: a page that
// was led to this machine is not the chat server.
var forwarding = [...]string{"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Via", "Cf-Connecting-Ip", "Origin"}

var errNotLoopback = fmt.Errorf("%w: it does not come from this machine; set Config.Verify "+
	"(bot.SecretHeader, bot.SecretPath, bot.BasicAuth) to serve others", ErrUnverified)

func (loopbackOnly) Verify(r *http.Request) (int, error) {
	addr, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !addr.Addr().Unmap().IsLoopback() {
		return -1, errNotLoopback
	}
	for _, name := range forwarding {
		if _, ok := r.Header[name]; ok {
			return -1, errNotLoopback
		}
	}
	return 0, nil
}

// InsecureNoVerify lets every request in. Anybody who knows the bot's address
// can then speak as the chat server: use it only where something in front of
// the bot verifies.
var InsecureNoVerify Verifier = insecure{}

type insecure struct{}

func (insecure) Verify(*http.Request) (int, error) { return 0, nil }
