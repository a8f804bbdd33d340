// Package readme keeps the answers true that an example's README.md shows below
// its curl lines. (Package fsmtest does that for diagrams.)
package readme

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func init() {
	if testing.Testing() && flag.Lookup("update") == nil { // package bottest has one
		flag.Bool("update", false, "rewrite golden files")
	}
}

// exchange is a curl line as a README shows it: the command, whose body stands
// in single quotes, and below it the answer on one line, if it is there yet.
var exchange = regexp.MustCompile(`(?m)^(\$ curl .*-d '([^']*)'\n)(?:\{.*\n)?`)

// Curl sends the bodies of the README's curl lines to h, in their order, and
// fails when an answer is not, byte for byte, the one the README shows. With
// go test -update it writes the answers there.
func Curl(t *testing.T, h http.Handler) {
	t.Helper()
	const path = "README.md"
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Regexp(t, exchange, string(text), path)
	want := exchange.ReplaceAllStringFunc(string(text), func(found string) string {
		part := exchange.FindStringSubmatch(found)
		return part[1] + post(t, h, part[2]) + "\n"
	})
	if flag.Lookup("update").Value.String() == "true" {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
		return
	}
	require.Equal(t, want, string(text), path+" is out of date: go test -update in this folder writes it anew")
}

// post sends one request as curl does, from this machine.
func post(t *testing.T, h http.Handler, body string) string {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, "http://localhost:8080/webhook", strings.NewReader(body))
	r.RemoteAddr = "127.0.0.1:40000"
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	require.Equal(t, http.StatusOK, w.Code, "%s: %s", body, w.Header().Get("X-Bot-Error"))
	return strings.TrimSuffix(w.Body.String(), "\n")
}
