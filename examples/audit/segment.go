package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"
)

// segment is the file that is written to, one after the other.
type segment struct {
	dir   string
	max   int64
	file  file // nil: the next line begins one
	name  string
	size  int64
	dirty bool  // something was written since the last sync
	lost  error // why lines of a file that is closed may not be on the disk
}

// file is what is used of an *os.File.
type file interface {
	io.Writer
	Sync() error
	Close() error
}

// begin makes a new file, which no other process has.
func (s *segment) begin() error {
	for {
		name := filepath.Join(s.dir, time.Now().UTC().Format("20060102T150405.000000000Z")+".jsonl")
		f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err != nil {
			return err
		}
		s.file, s.name, s.size = f, name, 0
		syncDir(s.dir)
		return nil
	}
}

// syncDir makes the name of a new file last. Not every system can do that.
func syncDir(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// append writes a line, in a new file if this one is full.
func (s *segment) append(text []byte) error {
	if s.file != nil && s.size > 0 && s.size+int64(len(text)) > s.max {
		s.lost = errors.Join(s.lost, s.end())
	}
	if s.file == nil {
		if err := s.begin(); err != nil {
			return err
		}
	}
	n, err := s.file.Write(text)
	s.size += int64(n)
	s.dirty = true
	if err != nil { // a full disk, say: half a line must stay the last of its file
		s.lost = errors.Join(s.lost, s.end())
	}
	return err
}

// sync returns once everything that was appended since the last call is on the
// disk, or may not be, with the reason.
func (s *segment) sync() error {
	err := s.lost
	s.lost = nil
	if !s.dirty || s.file == nil {
		return err
	}
	s.dirty = false
	if failed := s.file.Sync(); failed != nil {
		// What the system has dropped then it does not try to write again: the next
		// success would mean nothing for this file.
		err = errors.Join(err, failed, s.file.Close())
		s.file = nil
	}
	return err
}

// end closes the file; nothing is left of an empty one.
func (s *segment) end() error {
	if s.file == nil {
		return nil
	}
	err := s.sync()
	if s.file == nil {
		return err
	}
	err = errors.Join(err, s.file.Close())
	if s.size == 0 {
		err = errors.Join(err, os.Remove(s.name))
	}
	s.file = nil
	return err
}
