package fsm_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"testing"

	"github.com/funtekco/webhookbot/fsm"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

// The real Mermaid parser reads what is written as it is meant. It needs Node
// and, once, npm ci in testdata/mermaid.
func TestMermaidParser(t *testing.T) {
	node, err := exec.LookPath("node")
	if err != nil {
		t.Skip("node is not installed: the texts are checked against the grammar only")
	}
	if _, err := os.Stat("testdata/mermaid/node_modules/mermaid"); err != nil {
		t.Skip("mermaid is not installed: run npm ci in fsm/testdata/mermaid")
	}
	diagrams := []fsm.Diagram{{Machine: flow}, {Machine: ring(oddNames)}, {Machine: fsm.MustNew("state_0", mesh(300)...)}}
	for _, s := range oddNames {
		diagrams = append(diagrams, fsm.Diagram{Machine: ring([]fsm.State{s, "x"}), Notes: map[fsm.State]string{s: string(s)}, Current: s})
	}
	for rnd := rand.New(rand.NewPCG(3, 4)); len(diagrams) < 100; {
		if m, err := fsm.New("s0", randomDecls(rnd, 2+rnd.IntN(6))...); err == nil {
			diagrams = append(diagrams, fsm.Diagram{Machine: m})
		}
	}
	var texts []string
	for _, d := range append(diagrams, shop()) {
		texts = append(texts, d.Mermaid())
	}
	in, err := json.Marshal(texts)
	require.NoError(t, err)
	cmd := exec.CommandContext(t.Context(), node, "testdata/mermaid/read.mjs")
	cmd.Stdin, cmd.Stderr = bytes.NewReader(in), os.Stderr
	out, err := cmd.Output()
	require.NoError(t, err)
	var read []drawn
	require.NoError(t, json.Unmarshal(out, &read))
	require.Len(t, read, len(texts))
	for i, d := range diagrams {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			requireDrawn(t, d, read[i])
			for id, label := range readMermaid(t, texts[i]).States {
				require.Equal(t, label, read[i].States[id])
			}
		})
	}
	last := read[len(read)-1] // the one with everything in it
	require.Empty(t, last.Error)
	require.Equal(t, readMermaid(t, texts[len(texts)-1]).Notes, last.Notes)
}
