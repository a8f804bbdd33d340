package main

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"

	"github.com/funtekco/webhookbot/bot"
)

// newGuard returns a middleware for what people and Prometheus may see: with a
// password for those who know it (user "monitor"), without one for this machine.
func newGuard(password string, set bool) (func(http.Handler) http.Handler, error) {
	if !set {
		return guard(isLocal, http.StatusForbidden, "only for this machine: set MONITOR_PASSWORD to watch from elsewhere"), nil
	}
	basic := bot.BasicAuth("monitor", password)
	if _, err := bot.New(bot.Config{Verify: basic}); err != nil { // a password too short to be one
		return nil, fmt.Errorf("MONITOR_PASSWORD: %w", err)
	}
	known := func(r *http.Request) bool { _, err := basic.Verify(r); return err == nil }
	return guard(known, http.StatusUnauthorized, "user monitor and its password, please"), nil
}

func guard(ok func(*http.Request) bool, status int, why string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if ok(r) {
				next.ServeHTTP(w, r)
				return
			}
			if status == http.StatusUnauthorized {
				w.Header().Set("WWW-Authenticate", `Basic realm="monitor"`)
			}
			http.Error(w, why, status)
		})
	}
}

// isLocal reports whether somebody at this machine asks: not through a proxy, and
// not a web page that made its own name mean this machine.
func isLocal(r *http.Request) bool {
	from, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !from.Addr().Unmap().IsLoopback() {
		return false
	}
	for _, h := range [...]string{"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} {
		if r.Header.Get(h) != "" {
			return false
		}
	}
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	return host == "localhost" || host == "127.0.0.1" || host == "[::1]" || host == "::1"
}
