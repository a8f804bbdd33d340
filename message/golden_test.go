package message_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/event"
	"github.com/funtekco/webhookbot/message"
	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write testdata/replies anew")

const replies = "../testdata/replies"

func TestGolden(t *testing.T) {
	all := samples()
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			m := all[name]
			require.NoError(t, m.Validate())
			got, err := json.Marshal(m, jsontext.WithIndent("  "))
			require.NoError(t, err)
			got = append(got, '\n')
			file := filepath.Join(replies, name+".json")
			if *update {
				require.NoError(t, os.WriteFile(file, got, 0o644))
			}
			want, err := os.ReadFile(file)
			require.NoError(t, err)
			require.Equal(t, string(want), string(got))
		})
	}
}

// Each golden file has a sample, and each constructor has a golden file and an
// example.
func TestGoldenComplete(t *testing.T) {
	all := samples()
	written, err := filepath.Glob(replies + "/*.json")
	require.NoError(t, err)
	for _, file := range written {
		require.Contains(t, all, strings.TrimSuffix(filepath.Base(file), ".json"), "nothing makes this file")
	}
	examples := exampleNames(t)
	for _, name := range constructors(t) {
		require.Contains(t, all, name, "no golden file")
		require.Contains(t, examples, "Example"+name, "no example")
	}
}

// constructors lists the functions that return a *Message.
func constructors(t *testing.T) []string {
	var names []string
	for _, decl := range declarations(t, func(name string) bool { return !strings.HasSuffix(name, "_test.go") }) {
		if decl.Recv != nil || !decl.Name.IsExported() || decl.Type.Results == nil {
			continue
		}
		if star, ok := decl.Type.Results.List[0].Type.(*ast.StarExpr); ok && star.X.(*ast.Ident).Name == "Message" {
			names = append(names, decl.Name.Name)
		}
	}
	require.NotEmpty(t, names)
	return names
}

func exampleNames(t *testing.T) []string {
	var names []string
	for _, decl := range declarations(t, func(name string) bool { return strings.HasSuffix(name, "_test.go") }) {
		names = append(names, decl.Name.Name)
	}
	return names
}

func declarations(t *testing.T, wanted func(file string) bool) []*ast.FuncDecl {
	sources, err := filepath.Glob("*.go")
	require.NoError(t, err)
	var found []*ast.FuncDecl
	for _, source := range sources {
		if !wanted(source) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), source, nil, 0)
		require.NoError(t, err)
		for _, decl := range f.Decls {
			if fn, ok := decl.(*ast.FuncDecl); ok {
				found = append(found, fn)
			}
		}
	}
	return found
}

// What is sent comes back as an incoming message with the same content.
func TestRoundTrip(t *testing.T) {
	for name, m := range samples() {
		t.Run(name, func(t *testing.T) {
			sent, err := json.Marshal(m)
			require.NoError(t, err)
			e, err := event.Decode([]byte(`{"roomID":"demo-room","event":"MESSAGE","data":` + string(sent) + `}`))
			require.NoError(t, err)
			got := e.(*event.Message)

			require.Equal(t, m.Type, got.Type)
			require.Equal(t, m.Text, got.Body.String())
			require.Equal(t, m.Mentions, got.Mentions)
			if m.ReplyTo != "" {
				require.Equal(t, m.ReplyTo, got.Reply.ID)
			}
			if m.Type == "order-card" {
				return // its members are Raw's to keep
			}
			require.Equal(t, m.Content, got.Content)

			var again message.Message
			require.NoError(t, json.Unmarshal(sent, &again))
			require.Equal(t, m.Content, again.Content)
		})
	}
}
