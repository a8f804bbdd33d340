package event_test

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/funtekco/webhookbot/event"
	"github.com/go-json-experiment/json"
	"github.com/stretchr/testify/require"
)

// changed lists, by payload, the places where encoding a decoded event may
// differ from what came in, each with the reason. Everywhere else every leaf
// must come back, so that a field the types forgot fails the test.
var changed = map[string]map[string]string{
	"sender_id":               {"/data/sender": "a bare ID becomes a user object"},
	"sender_alias_only":       {},
	"is_pined":                {"/data/isPined": "comes back under its right spelling"},
	"room_id_stray":           {"/data/roomId": "a stray copy of room"},
	"numbers_as_strings":      {"/data/width": "comes back as a number", "/data/height": "comes back as a number"},
	"nickname_number":         {"/data/sender/nickname": "no string", "/data/sender/isRobot": "no bool", "/data/sender/lastLoginTimeMS": "comes back as a number"},
	"lone_surrogate":          {"/data/message": "half an emoji becomes U+FFFD"},
	"template_encoded":        {"/data/template": "comes back as an object"},
	"unknown_fields":          {"/traceID": "only in Raw", "/data/weather/sky": "only in Raw"},
	"flex":                    {},
	"system_add_members_2018": {},
}

func payloads(t testing.TB) map[string][]byte {
	files, err := filepath.Glob("../testdata/events/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	all := make(map[string][]byte, len(files))
	for _, f := range files {
		body, err := os.ReadFile(f)
		require.NoError(t, err)
		all[strings.TrimSuffix(filepath.Base(f), ".json")] = body
	}
	return all
}

func TestRoundTrip(t *testing.T) {
	all := payloads(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			e, err := event.Decode(all[name])
			require.NoError(t, err)
			out, err := event.Encode(e)
			require.NoError(t, err)

			want, got := leaves(t, all[name]), leaves(t, out)
			for at, v := range want {
				if _, ok := changed[name][at]; ok || isZero(v) {
					continue
				}
				require.Equal(t, v, got[at], "lost or changed at %s", at)
			}
			for at := range changed[name] {
				require.NotEqual(t, want[at], got[at], "%s is listed as changed but is not", at)
			}

			again, err := event.Decode(out)
			require.NoError(t, err)
			final, err := event.Encode(again)
			require.NoError(t, err)
			require.JSONEq(t, string(out), string(final), "encoding is not stable")
		})
	}
}

// leaves maps the JSON pointer of every leaf in body to its value.
func leaves(t *testing.T, body []byte) map[string]any {
	var doc any
	require.NoError(t, json.Unmarshal(replaceSurrogates(body), &doc))
	found := map[string]any{}
	var walk func(at string, v any)
	walk = func(at string, v any) {
		switch v := v.(type) {
		case map[string]any:
			for k, child := range v {
				walk(at+"/"+k, child)
			}
		case []any:
			for i, child := range v {
				walk(at+"/"+strconv.Itoa(i), child)
			}
		default:
			found[at] = v
		}
	}
	walk("", doc)
	return found
}

// replaceSurrogates makes a lone surrogate readable for the strict decoder of
// the test, as something that differs from U+FFFD.
func replaceSurrogates(body []byte) []byte {
	return []byte(strings.ReplaceAll(string(body), `\ud83d `, `? `))
}

// isZero reports values that mean the same as an absent field.
func isZero(v any) bool { return v == nil || v == "" || v == false || v == 0.0 }
