package chatapi

import (
	"errors"
	"fmt"
	"log/slog"
	"strings"
)

// Key is the application's API key, which the vendor's dashboard calls Backend
// API Key. However it is printed, logged or encoded it shows as "[key]"; only a
// conversion to string reveals it.
type Key string

const redacted = "[key]"

// String returns "[key]".
func (Key) String() string { return redacted }

// Format writes "[key]" for every verb: %#v, and those that do not fit a string
// and for which fmt would print the value itself.
func (Key) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(redacted)) }

// LogValue returns "[key]".
func (Key) LogValue() slog.Value { return slog.StringValue(redacted) }

// MarshalText returns "[key]", for JSON, XML, YAML and the like.
func (Key) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// check refuses what HTTP would not carry unchanged.
func (k Key) check() error {
	s := string(k)
	switch {
	case s == "":
		return errors.New("Config.Key is empty (is its environment variable set?)")
	case s != strings.TrimSpace(s):
		return errors.New("Config.Key begins or ends with a blank or newline")
	case strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' }):
		return errors.New("Config.Key holds a blank, a control character or a letter beyond ASCII")
	}
	return nil
}
