package bottest

import (
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/bot/internal/talk"
)

func init() {
	// A bot that records with this package keeps its own flags, and a test that
	// has an -update flag already shares it.
	if testing.Testing() && flag.Lookup("update") == nil {
		flag.Bool("update", false, "rewrite golden files")
	}
}

func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}

// Talks plays the conversations in the files that match glob, each with a fresh
// bot, and fails where the bot does anything else than the file says. The
// package documentation has the format.
//
// go test -update rewrites the files to what the bot does now; expectations that
// are met, comments and blank lines stay as they are.
func Talks[H http.Handler](t *testing.T, newBot func() H, glob string, opts ...Option) {
	t.Helper()
	c := newConfig(opts)
	for _, f := range readTalks(t, glob) {
		t.Run(strings.TrimSuffix(filepath.Base(f.Path), filepath.Ext(f.Path)), func(t *testing.T) {
			playFile(t, func() http.Handler { return newBot() }, c, f)
		})
	}
}

// readTalks parses the files that match the globs; there must be some.
func readTalks(t testing.TB, globs ...string) []*talk.File {
	t.Helper()
	var files []*talk.File
	for _, glob := range globs {
		paths, err := filepath.Glob(glob)
		if err != nil || len(paths) == 0 {
			t.Fatalf("bottest: no file matches %s", glob)
		}
		for _, path := range paths {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatalf("bottest: %v", err)
			}
			f, err := talk.Parse(filepath.ToSlash(path), text)
			if err != nil {
				t.Fatalf("bottest: cannot read the conversation:\n%v", err)
			}
			files = append(files, f)
		}
	}
	return files
}

// playFile compares one file with what the bot does.
func playFile(t testing.TB, newBot func() http.Handler, c *config, want *talk.File) {
	t.Helper()
	got := &talk.File{Path: want.Path, Tail: want.Tail}
	for _, tk := range want.Talks {
		h := newBot()
		s := newSession(newSubject(h), connect(h, c), c, tk)
		played := *tk
		played.Turns = s.golden(t, want.Path, tk)
		s.client.close()
		got.Talks = append(got.Talks, &played)
	}
	switch diff := talk.Diff(want, got); {
	case t.Failed() || diff == "":
	case updating():
		if err := os.WriteFile(want.Path, []byte(got.String()), 0o644); err != nil {
			t.Fatalf("bottest: %v", err)
		}
	default:
		t.Errorf("the bot does not do what the file says (- file, + bot); go test -update rewrites the file\n%s", diff)
	}
}

// golden plays the turns and returns them as they should be written.
func (s *session) golden(t testing.TB, path string, tk *talk.Talk) []*talk.Turn {
	t.Helper()
	var played []*talk.Turn
	for _, turn := range tk.Turns {
		usual := s.usual
		x, err := s.play(turn)
		if turn.Reply != nil && turn.Reply.Sender != "" {
			s.usual = usual // who is named says nothing about plain "<" lines
		}
		switch {
		case err != nil:
			t.Errorf("%s:%d: %v", path, turn.No, err)
			return tk.Turns
		case x == nil:
			played = append(played, turn)
			continue
		case len(x.broken) > 0:
			t.Errorf("%s:%d: %s", path, turn.No, s.report(x, "the protocol is broken", violations(x.broken)...))
		}
		coverage.assertReply(s, x)
		coverage.assertState(s, x)
		p, _ := turn.Observe(x.observed, s.usual)
		played = append(played, p)
	}
	return played
}
