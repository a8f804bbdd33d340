package emulator

import (
	"embed"
	"io/fs"
	"net/http"
	"path"
)

//go:embed page
var pageFiles embed.FS

// kinds of the page's files; what the operating system thinks of an extension does
// not matter.
var kinds = map[string]string{
	".html": "text/html; charset=utf-8",
	".css":  "text/css; charset=utf-8",
	".js":   "text/javascript; charset=utf-8",
	".svg":  "image/svg+xml",
}

// page serves the embedded files.
func page() http.Handler {
	root, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the path is embedded above
	}
	files := http.FileServerFS(root)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		kind := kinds[path.Ext(r.URL.Path)]
		switch {
		case r.URL.Path == "/":
			kind = kinds[".html"]
		case kind == "":
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", kind)
		files.ServeHTTP(w, r)
	})
}
