// Package fsmtest checks machines in tests, a line each:
//
//	func TestFlow(t *testing.T) {
//		fsmtest.RequireSound(t, flow)
//		fsmtest.States(t, flow, "testdata/states.golden")
//		fsmtest.Diagram(t, flow, "README.md", "order")
//		fsmtest.Before(t, flow, Confirm, Paid)
//	}
//
// States and Diagram compare with files, which
//
//	go test -update
//
// rewrites. A test package that imports this one has the flag -update already:
// find it with flag.Lookup instead of defining it again.
package fsmtest

import (
	"flag"
	"testing"
)

func init() {
	// Other test kits, such as bottest, share the flag the same way.
	if testing.Testing() && flag.Lookup("update") == nil {
		flag.Bool("update", false, "rewrite golden files")
	}
}

func updating() bool {
	f := flag.Lookup("update")
	return f != nil && f.Value.String() == "true"
}
