package emulator

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"mime"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"
)

const (
	maxFile  = 10 << 20
	maxFiles = 100 << 20 // of all together
)

var errTooMuch = errors.New("a file may have 10 MiB, and all of them together 100 MiB")

// files holds what people upload, in memory. The zero value is empty.
type files struct {
	mu   sync.Mutex
	all  map[string]file
	size int
}

type file struct {
	name, kind string
	data       []byte
}

// stored is what the page learns of a file it sent.
type stored struct {
	Path string `json:"path"` // on this server
	Name string `json:"name"`
	Type string `json:"type"`
	Size int    `json:"bytes"`
}

// shownTypes are served as what they are. Anything else, above all HTML and SVG,
// is a download without a type.
var shownTypes = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true,
	"audio/mpeg": true, "audio/wave": true, "audio/mp4": true, "audio/ogg": true, "application/ogg": true,
	"video/mp4": true, "video/webm": true,
}

// put stores a file. Its type is what the bytes look like, whatever was claimed.
func (f *files) put(name string, body io.Reader) (stored, error) {
	data, err := io.ReadAll(io.LimitReader(body, maxFile+1))
	if err != nil {
		return stored{}, err
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(data) > maxFile || f.size+len(data) > maxFiles {
		return stored{}, errTooMuch
	}
	kind := http.DetectContentType(data)
	if !shownTypes[kind] {
		kind = "application/octet-stream"
	}
	if f.all == nil {
		f.all = map[string]file{}
	}
	id := strings.ToLower(rand.Text()[:16])
	f.all[id] = file{name, kind, data}
	f.size += len(data)
	return stored{"/files/emulator/" + id, name, kind, len(data)}, nil
}

// serve hands a file out, never as a page of this site.
func (f *files) serve(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	found, ok := f.all[r.PathValue("id")]
	f.mu.Unlock()
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", found.kind)
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	h.Set("Cache-Control", "private, max-age=3600")
	if !shownTypes[found.kind] {
		h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": path.Base(found.name)}))
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(found.data))
}
