// Package readme keeps what an example's README.md shows true: tests send its
// curl lines and compare the answers, and draw its diagrams. With
// go test -update they write what is true now.
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
// fails when an answer is not, byte for byte, the one the README shows.
func Curl(t *testing.T, h http.Handler) {
	t.Helper()
	rewrite(t, exchange, func(part []string) string {
		return part[1] + post(t, h, part[2]) + "\n"
	})
}

// post sends one request over loopback, as curl does.
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

// Diagram fails when the part of the README between <!-- fsm:name --> and
// <!-- /fsm:name --> is not the given Mermaid text in a fence.
func Diagram(t *testing.T, name, mermaid string) {
	t.Helper()
	place := regexp.MustCompile(`(?s)(<!-- fsm:` + regexp.QuoteMeta(name) + ` -->\n)(.*?)(<!-- /fsm:` + regexp.QuoteMeta(name) + ` -->)`)
	rewrite(t, place, func(part []string) string {
		return part[1] + "```mermaid\n" + strings.TrimSuffix(mermaid, "\n") + "\n```\n" + part[3]
	})
}

// rewrite compares the README with what it becomes when every match of place is
// replaced. There must be one.
func rewrite(t *testing.T, place *regexp.Regexp, replace func(parts []string) string) {
	t.Helper()
	const path = "README.md"
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Regexp(t, place, string(text), path)
	want := place.ReplaceAllStringFunc(string(text), func(found string) string {
		return replace(place.FindStringSubmatch(found))
	})
	if flag.Lookup("update").Value.String() == "true" {
		require.NoError(t, os.WriteFile(path, []byte(want), 0o644))
		return
	}
	require.Equal(t, want, string(text), path+" is out of date: go test -update writes it anew")
}
