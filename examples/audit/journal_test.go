package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
)

// disk is a file that remembers what was confirmed, and fails when told to.
type disk struct {
	mu         sync.Mutex
	text       string
	confirmed  string
	syncs      int
	writeFails error
	syncFails  error
	syncTakes  time.Duration
}

func (d *disk) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.writeFails != nil {
		d.text += string(p[:len(p)/2])
		return len(p) / 2, d.writeFails
	}
	d.text += string(p)
	return len(p), nil
}

func (d *disk) Sync() error {
	time.Sleep(d.syncTakes)
	d.mu.Lock()
	defer d.mu.Unlock()
	d.syncs++
	if d.syncFails == nil {
		d.confirmed = d.text
	}
	return d.syncFails
}

func (d *disk) Close() error { return nil }

func (d *disk) read() (text, confirmed string, syncs int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text, d.confirmed, d.syncs
}

// contents returns the texts of a directory's files, in their order.
func contents(t *testing.T, dir string) (all []string) {
	paths, err := filepath.Glob(filepath.Join(dir, "*.jsonl"))
	require.NoError(t, err)
	slices.Sort(paths)
	for _, p := range paths {
		text, err := os.ReadFile(p)
		require.NoError(t, err)
		all = append(all, string(text))
	}
	return all
}

func TestJournal_SyncEachEvent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{syncTakes: 10 * time.Millisecond}
		j := start(Config{}, segment{dir: t.TempDir(), max: 1 << 20, file: d})
		require.NoError(t, j.Append([]byte("one\n")))
		_, confirmed, _ := d.read()
		require.Equal(t, "one\n", confirmed, "confirmed before Append returns")

		begin := time.Now()
		var wg sync.WaitGroup
		for range 100 {
			wg.Go(func() {
				if err := j.Append([]byte("x\n")); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		_, confirmed, syncs := d.read()
		require.Equal(t, 100, strings.Count(confirmed, "x\n"))
		require.LessOrEqual(t, syncs, 3, "those that wait share a confirmation")
		require.LessOrEqual(t, time.Since(begin), 20*time.Millisecond)
		require.NoError(t, j.Close(t.Context()))
		require.ErrorIs(t, j.Append([]byte("late\n")), ErrClosed)
	})
}

func TestJournal_SyncInterval(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &disk{}
		j := start(Config{SyncEvery: time.Second}, segment{dir: t.TempDir(), max: 1 << 20, file: d})
		for range 10 {
			require.NoError(t, j.Append([]byte("x\n")))
		}
		_, confirmed, syncs := d.read()
		require.Empty(t, confirmed)
		require.Zero(t, syncs)
		time.Sleep(1001 * time.Millisecond)
		_, confirmed, syncs = d.read()
		require.Len(t, confirmed, 20)
		require.Equal(t, 1, syncs)
		time.Sleep(time.Minute)
		_, _, syncs = d.read()
		require.Equal(t, 1, syncs, "nothing new to confirm")
		require.NoError(t, j.Append([]byte("last\n")))
		require.NoError(t, j.Close(t.Context()))
		_, confirmed, _ = d.read()
		require.Contains(t, confirmed, "last\n", "confirmed at the end")
	})
}

func TestJournal_Failures(t *testing.T) {
	full := errors.New("no space left on device")
	t.Run("write", func(t *testing.T) {
		dir, d := t.TempDir(), &disk{}
		j := start(Config{}, segment{dir: dir, max: 1 << 20, file: d})
		require.NoError(t, j.Append([]byte("one\n")))
		d.writeFails = full
		require.ErrorIs(t, j.Append([]byte("two\n")), full)
		require.NoError(t, j.Append([]byte("three\n")), "space again")
		require.NoError(t, j.Close(t.Context()))
		text, _, _ := d.read()
		require.Equal(t, "one\ntw", text, "half a line is the last of its file")
		require.Equal(t, []string{"three\n"}, contents(t, dir))
	})
	t.Run("sync", func(t *testing.T) {
		dir, d := t.TempDir(), &disk{syncFails: full}
		j := start(Config{}, segment{dir: dir, max: 1 << 20, file: d})
		require.ErrorIs(t, j.Append([]byte("one\n")), full)
		require.NoError(t, j.Append([]byte("two\n")))
		require.NoError(t, j.Close(t.Context()))
		require.Equal(t, []string{"two\n"}, contents(t, dir), "a file that lost something is left alone")
	})
	t.Run("sync of a file that is full", func(t *testing.T) {
		dir, d := t.TempDir(), &disk{syncFails: full}
		j := start(Config{SyncEvery: time.Hour}, segment{dir: dir, max: 4, file: d})
		require.NoError(t, j.Append([]byte("one\n")))
		require.NoError(t, j.Append([]byte("two\n")))
		require.ErrorIs(t, j.Close(t.Context()), full, "it is said at the next occasion")
	})
	t.Run("directory", func(t *testing.T) {
		_, err := Open(Config{Dir: "/dev/null/audit", MaxBytes: 1})
		require.Error(t, err)
	})
}

func TestJournal_CloseWaitsNoLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		j := start(Config{SyncEvery: time.Hour}, segment{dir: t.TempDir(), max: 1, file: &disk{syncTakes: time.Minute}})
		require.NoError(t, j.Append([]byte("x\n")))
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		require.ErrorIs(t, j.Close(ctx), context.DeadlineExceeded)
		time.Sleep(time.Minute)
	})
}

// Files end at the limit, all lines are there, each once and whole, in the order
// in which they were appended.
func TestJournal_Rotation(t *testing.T) {
	dir := t.TempDir()
	const limit = 1000
	var journals []*Journal
	for range 2 { // two processes may write to one directory
		j, err := Open(Config{Dir: dir, MaxBytes: limit})
		require.NoError(t, err)
		journals = append(journals, j)
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 50 {
				if err := journals[w%2].Append(fmt.Appendf(nil, "%d %02d %s\n", w, i, strings.Repeat("x", 90))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	require.NoError(t, journals[0].Append([]byte(strings.Repeat("y", 2*limit)+"\n")))
	for _, j := range journals {
		require.NoError(t, j.Close(t.Context()))
	}
	files := contents(t, dir)
	require.Greater(t, len(files), 40)
	next := make([]int, 8)
	for _, text := range files {
		require.NotEmpty(t, text)
		lines := strings.SplitAfter(text, "\n")
		require.Empty(t, lines[len(lines)-1])
		for _, l := range lines[:len(lines)-1] {
			if strings.HasPrefix(l, "y") {
				require.Len(t, lines, 2, "a line that is larger than a file gets one of its own")
				continue
			}
			require.LessOrEqual(t, len(text), limit)
			var w, i int
			_, err := fmt.Sscanf(l, "%d %02d ", &w, &i)
			require.NoError(t, err)
			require.Equal(t, next[w], i)
			require.Len(t, l, 96)
			next[w]++
		}
	}
	require.Equal(t, []int{50, 50, 50, 50, 50, 50, 50, 50}, next)
	paths, _ := filepath.Glob(filepath.Join(dir, "*"))
	for _, p := range paths {
		info, err := os.Stat(p)
		require.NoError(t, err)
		require.EqualValues(t, 0o600, info.Mode().Perm(), "texts are private")
	}
}

func TestJournal_NothingWritten(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "made", "here")
	j, err := Open(Config{Dir: dir, MaxBytes: 1000})
	require.NoError(t, err)
	require.NoError(t, j.Close(t.Context()))
	require.Empty(t, contents(t, dir))
	info, err := os.Stat(dir)
	require.NoError(t, err)
	require.EqualValues(t, 0o700, info.Mode().Perm())
}
