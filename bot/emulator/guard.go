package emulator

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// policy lets the page use its own scripts, styles and pictures and nothing else.
// Trusted types turn any use of innerHTML into an error.
const policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; " +
	"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
	"require-trusted-types-for 'script'; trusted-types 'none'"

// guard keeps other machines and other sites away from what is behind it.
func (e *Emulator) guard(next http.Handler) http.Handler {
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		fail(w, http.StatusForbidden, "another site caused this request")
	}))
	next = cross.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cache-Control", "no-cache")
		switch {
		case !e.knownHost(r.Host):
			// The name of a site that points here by DNS rebinding: its scripts
			// would count as this page's own.
			e.log.Warn("emulator: request for an unknown host refused; Config.Hosts names those to accept")
			fail(w, http.StatusForbidden, "this host name is not one of the emulator's")
		case len(e.hosts) == 0 && !fromLoopback(r.RemoteAddr):
			e.log.Warn("emulator: request from another machine refused; Config.Hosts lets them in")
			fail(w, http.StatusForbidden, "the emulator answers its own machine only")
		case fromOtherSite(r):
			fail(w, http.StatusForbidden, "another site caused this request")
		default:
			next.ServeHTTP(w, r)
		}
	})
}

func (e *Emulator) knownHost(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	if host == "localhost" || slices.Contains(e.hosts, "*") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	if err == nil && ip.IsLoopback() {
		return true
	}
	return slices.ContainsFunc(e.hosts, func(h string) bool { return strings.EqualFold(h, host) })
}

func fromLoopback(addr string) bool {
	ap, err := netip.ParseAddrPort(addr)
	return err == nil && ap.Addr().Unmap().IsLoopback()
}

// fromOtherSite reports reads that another site's page causes, which
// CrossOriginProtection lets pass. Following a link to the page itself is fine.
func fromOtherSite(r *http.Request) bool {
	switch r.Header.Get("Sec-Fetch-Site") {
	case "", "same-origin", "none":
		return false
	}
	return r.Header.Get("Sec-Fetch-Mode") != "navigate" || r.URL.Path != "/"
}
