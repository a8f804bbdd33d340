package main

import (
	_ "embed"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

//go:embed rules.json
var bundled []byte

// File is rules that follow their file. It looks for a change when it is asked,
// at most once a second, so there is no goroutine that somebody has to stop.
type File struct {
	path string // empty: the bundled rules, which never change

	mu     sync.Mutex
	rules  *Rules
	seen   version
	looked time.Time
}

// version tells one state of a file from another; the zero one is "not there".
type version struct {
	changed time.Time
	size    int64
}

// Open reads the rules in the file at path, or the bundled ones when it is empty.
func Open(path string) (*File, error) {
	f := &File{path: path, seen: look(path)}
	data, err := bundled, error(nil)
	if path != "" {
		data, err = os.ReadFile(path)
	}
	if err == nil {
		f.rules, err = parse(data)
	}
	if err != nil {
		return nil, fmt.Errorf("rules %s: %w", path, err)
	}
	return f, nil
}

// Rules returns what the file says at the time now. While it is missing or
// broken, as in the middle of an edit, the last good rules stay.
func (f *File) Rules(now time.Time) *Rules {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.path == "" || now.Sub(f.looked) < time.Second {
		return f.rules
	}
	f.looked = now
	if v := look(f.path); v != f.seen {
		f.seen = v
		f.reload()
	}
	return f.rules
}

func (f *File) reload() {
	fresh, err := Open(f.path)
	if err != nil {
		slog.Error("the rules stay as they were", "error", err)
		return
	}
	f.rules = fresh.rules
	slog.Info("the rules were read again", "file", f.path)
}

func look(path string) version {
	info, err := os.Stat(path)
	if err != nil {
		return version{}
	}
	return version{info.ModTime(), info.Size()}
}
