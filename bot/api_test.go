package bot_test

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite golden files")

// TestAPI compares what the packages export with testdata/api, so that a change
// of the API is seen in review and never happens by accident.
//
//	go test ./bot -run API -update
func TestAPI(t *testing.T) {
	for _, pkg := range []string{"message", "event", "fsm", "fsm/fsmtest", "bot", "bot/bottest", "bot/emulator", "bot/chatapi"} {
		t.Run(pkg, func(t *testing.T) {
			dir := filepath.Join("..", filepath.FromSlash(pkg))
			got := exported(t, dir)
			golden := filepath.Join("../testdata/api", strings.ReplaceAll(pkg, "/", "_")+".txt")
			if *update {
				require.NoError(t, os.MkdirAll(filepath.Dir(golden), 0o755))
				require.NoError(t, os.WriteFile(golden, []byte(got), 0o644))
			}
			want, err := os.ReadFile(golden)
			require.NoError(t, err)
			before, after := strings.Split(string(want), "\n"), strings.Split(got, "\n")
			for _, line := range before {
				require.True(t, slices.Contains(after, line), "gone: %s\nif that is meant: go test ./bot -run API -update", line)
			}
			for _, line := range after {
				require.True(t, slices.Contains(before, line), "new: %s\nif that is meant: go test ./bot -run API -update", line)
			}
		})
	}
}

// exported prints the exported declarations of a package without bodies and
// comments, in a stable order.
func exported(t *testing.T, dir string) string {
	fset := token.NewFileSet()
	paths, err := filepath.Glob(filepath.Join(dir, "*.go"))
	require.NoError(t, err)
	var decls []string
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, path, nil, parser.SkipObjectResolution)
		require.NoError(t, err)
		if !ast.FileExports(file) {
			continue
		}
		for _, d := range file.Decls {
			if s := printed(t, fset, d); s != "" {
				decls = append(decls, s)
			}
		}
	}
	slices.Sort(decls)
	return strings.Join(decls, "\n\n") + "\n"
}

func printed(t *testing.T, files *token.FileSet, d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv != nil && !ast.IsExported(receiver(d.Recv.List[0].Type)) {
			return ""
		}
		d.Body, d.Doc = nil, nil
	case *ast.GenDecl:
		if d.Tok == token.IMPORT || len(d.Specs) == 0 {
			return ""
		}
		d.Doc = nil
		ast.Inspect(d, func(n ast.Node) bool {
			if f, ok := n.(*ast.Field); ok {
				f.Doc, f.Comment = nil, nil
			}
			return true
		})
	}
	var b strings.Builder
	require.NoError(t, (&printer.Config{Mode: printer.UseSpaces, Tabwidth: 4}).Fprint(&b, files, d))
	return b.String()
}

// receiver returns the name of a method's receiver type.
func receiver(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiver(e.X)
	case *ast.IndexExpr:
		return receiver(e.X)
	case *ast.Ident:
		return e.Name
	}
	return ""
}
