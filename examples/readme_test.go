package examples_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestSnippets finds every Go snippet of every README in Go code of this
// repository, which compiles and is tested. Indentation does not count.
func TestSnippets(t *testing.T) {
	code := goCode(t)
	fence := regexp.MustCompile("(?s)```go\n(.*?)```")
	for _, file := range readmes(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range fence.FindAllStringSubmatch(string(text), -1) {
			require.True(t, strings.Contains(code, flat(m[1])), "%s: this snippet is in no Go file:\n%s", file, m[1])
		}
	}
}

// TestLinks finds the file behind every relative link of every README.
func TestLinks(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)#:]+)\)`)
	for _, file := range readmes(t) {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			_, err := os.Stat(filepath.Join(filepath.Dir(file), m[1]))
			require.NoError(t, err, "%s links to %s", file, m[1])
		}
	}
}

func readmes(t *testing.T) []string {
	var files []string
	walk(t, "README.md", func(path string) { files = append(files, path) })
	require.NotEmpty(t, files)
	return files
}

func goCode(t *testing.T) string {
	var all strings.Builder
	walk(t, ".go", func(path string) {
		text, err := os.ReadFile(path)
		require.NoError(t, err)
		all.WriteString(flat(string(text)))
		all.WriteByte('\n')
	})
	return all.String()
}

func walk(t *testing.T, ending string, visit func(path string)) {
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		if d != nil && d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git") {
			return fs.SkipDir
		}
		if err == nil && strings.HasSuffix(path, ending) {
			visit(path)
		}
		return err
	})
	require.NoError(t, err)
}

// flat drops what formatting may change: indentation and blank lines.
func flat(code string) string {
	var lines []string
	for line := range strings.Lines(code) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n")
}
