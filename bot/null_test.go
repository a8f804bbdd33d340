package bot_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

// nulled returns body with the named member null.
func nulled(t *testing.T, body, name string) string {
	var doc map[string]any
	require.NoError(t, json.Unmarshal([]byte(body), &doc))
	require.Contains(t, doc, name)
	doc[name] = nil
	return encoded(t, doc)
}

// nulledIn does so inside the member outer.
func nulledIn(t *testing.T, body, outer, name string) string {
	var doc map[string]any
	require.NoError(t, json.Unmarshal([]byte(body), &doc))
	inner := doc[outer].(map[string]any)
	require.Contains(t, inner, name)
	inner[name] = nil
	return encoded(t, doc)
}

func encoded(t *testing.T, v any) string {
	out, err := json.Marshal(v)
	require.NoError(t, err)
	return string(out)
}

// manyNames returns n more members of an object.
func manyNames(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `,"x%d":%d`, i, i)
	}
	return b.String()
}
