package main

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"time"
)

// Config says where and how a [Journal] writes.
type Config struct {
	Dir      string // for its files; made when it is not there
	MaxBytes int64  // a file that would become larger is ended, and another begun

	// SyncEvery is how often the disk is told to keep what was written. Zero means
	// before Append returns: then not even a power cut loses a line.
	SyncEvery time.Duration
}

// Journal appends lines to files. It never changes or deletes one, and two
// journals never share one, so several processes may use the same directory. The
// names are times, so that their order is that of the lines.
type Journal struct {
	cfg     Config
	lines   chan line
	closing chan struct{}
	closed  chan error
	file    segment // the writer's own
}

// line waits to be written.
type line struct {
	text []byte
	done chan error
}

// ErrClosed is what Append fails with after Close.
var ErrClosed = errors.New("audit: journal is closed")

// Open begins a journal with a new file.
func Open(cfg Config) (*Journal, error) {
	if err := os.MkdirAll(cfg.Dir, 0o700); err != nil {
		return nil, err
	}
	first := segment{dir: cfg.Dir, max: cfg.MaxBytes}
	if err := first.begin(); err != nil { // now, so that a wrong directory is found at the start
		return nil, err
	}
	return start(cfg, first), nil
}

func start(cfg Config, first segment) *Journal {
	j := &Journal{cfg: cfg, lines: make(chan line), closing: make(chan struct{}), closed: make(chan error, 1), file: first}
	go j.write()
	return j
}

// Append returns once the line, which ends in a newline, is written as safely as
// Config.SyncEvery says. Lines that wait for the disk at the same time share its
// next confirmation.
func (j *Journal) Append(text []byte) error {
	l := line{text, make(chan error, 1)}
	select {
	case j.lines <- l:
		return <-l.done
	case <-j.closing:
		return ErrClosed
	}
}

// Close ends the last file. It must not be called twice.
func (j *Journal) Close(ctx context.Context) error {
	close(j.closing)
	select {
	case err := <-j.closed:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// write is the one goroutine that touches files.
func (j *Journal) write() {
	var tick <-chan time.Time
	if j.cfg.SyncEvery > 0 {
		t := time.NewTicker(j.cfg.SyncEvery)
		defer t.Stop()
		tick = t.C
	}
	for {
		select {
		case l := <-j.lines:
			j.commit(l)
		case <-tick:
			if err := j.file.sync(); err != nil {
				slog.Error("audit: lines may be lost", "err", err)
			}
		case <-j.closing:
			j.closed <- j.file.end()
			return
		}
	}
}

// maxBatch is how many lines share one confirmation of the disk at most.
const maxBatch = 256

// commit writes the line and those that wait behind it.
func (j *Journal) commit(first line) {
	written := make([]line, 0, maxBatch)
	for l, more := first, true; more; l, more = j.next(len(written)) {
		if err := j.file.append(l.text); err != nil {
			l.done <- err
			continue
		}
		written = append(written, l)
	}
	var err error
	if j.cfg.SyncEvery == 0 {
		err = j.file.sync()
	}
	for _, l := range written {
		l.done <- err
	}
}

func (j *Journal) next(written int) (line, bool) {
	if written == maxBatch {
		return line{}, false
	}
	select {
	case l := <-j.lines:
		return l, true
	default:
		return line{}, false
	}
}
