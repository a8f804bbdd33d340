package emulator_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/emulator"
	"github.com/stretchr/testify/require"
)

const png = "\x89PNG\r\n\x1a\n"

func TestFiles(t *testing.T) {
	p := open(t, emulator.Config{})
	for _, c := range []struct {
		name, data string
		kind       string
		download   bool
		why        string
	}{
		{"a.png", png + "...", "image/png", false, "a picture is shown"},
		{"a.html", "<html><script>alert(1)</script>", "application/octet-stream", true, "a page would run here"},
		{"a.svg", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "application/octet-stream", true, "so would this"},
		{"a.png", "<script>alert(1)</script>", "application/octet-stream", true, "whatever it is called"},
		{`"; x="../../etc/passwd`, "text", "application/octet-stream", true, "a name is no path and no header"},
		{"a.pdf", "%PDF-1.4", "application/octet-stream", true, "only media are shown"},
	} {
		status, got := p.do("PUT", "/api/files/"+urlQuote(c.name), c.data, "Content-Type", "text/html")
		require.Equal(t, http.StatusOK, status, got)
		f := decode[struct {
			Path, Name, Type string
			Bytes            int
		}](t, got)
		require.Equal(t, len(c.data), f.Bytes)
		require.Equal(t, c.name, f.Name)

		res, err := http.Get(p.url + f.Path)
		require.NoError(t, err)
		res.Body.Close()
		require.Equal(t, c.kind, res.Header.Get("Content-Type"), c.why)
		require.Equal(t, "nosniff", res.Header.Get("X-Content-Type-Options"))
		require.Contains(t, res.Header.Get("Content-Security-Policy"), "sandbox")
		require.Equal(t, c.download, strings.HasPrefix(res.Header.Get("Content-Disposition"), "attachment"), c.why)
		require.NotContains(t, res.Header.Get("Content-Disposition"), "..")
	}
}

func TestFilesAreLimited(t *testing.T) {
	p := open(t, emulator.Config{})
	status, _ := p.do("PUT", "/api/files/x", strings.Repeat("x", 10<<20+1))
	require.Equal(t, http.StatusRequestEntityTooLarge, status)
	full := strings.Repeat("x", 10<<20)
	for range 10 {
		status, _ = p.do("PUT", "/api/files/x", full)
		require.Equal(t, http.StatusOK, status)
	}
	status, _ = p.do("PUT", "/api/files/x", "x")
	require.Equal(t, http.StatusRequestEntityTooLarge, status, "100 MiB in all")
}
