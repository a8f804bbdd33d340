package message

import (
	"net/url"
	"strings"
	"unicode"
)

// isMediaURL reports whether a client may load s: an absolute http or https URL.
func isMediaURL(s string) bool { return hasScheme(s, "http", "https") }

// isLink reports whether a button may open s. The list is closed, because the
// web client passes any scheme on to window.open, "javascript" included.
func isLink(s string) bool { return hasScheme(s, "http", "https", "tel", "mailto") }

func hasScheme(s string, schemes ...string) bool {
	// Browsers drop tabs and line ends inside a URL, so that "java\nscript:" is
	// a scheme to them while url.Parse sees none.
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar }) {
		return false
	}
	u, err := url.Parse(s)
	if err != nil {
		return false
	}
	for _, scheme := range schemes {
		if u.Scheme != scheme {
			continue
		}
		if strings.HasPrefix(scheme, "http") {
			return u.Hostname() != ""
		}
		return u.Opaque != ""
	}
	return false
}
