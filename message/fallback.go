package message

import "strings"

// choices spells buttons out for clients that draw none: a line for each, with
// what the person has to write or open where the label does not tell.
func choices(actions []Action) string {
	var b strings.Builder
	for _, a := range actions {
		b.WriteString("- ")
		switch {
		case a.sendsText() && a.Text != a.Label:
			b.WriteString(spelledIn(a.Label, " (", a.Text, ")"))
		case a.Type == actionURI:
			b.WriteString(spelledIn(a.Label, ": ", a.URI, ""))
		default:
			b.WriteString(a.Label)
		}
		b.WriteByte('\n')
	}
	return trim(b.String())
}

// spelled puts two texts on lines of their own.
func spelled(a, b string) string { return spelledIn(a, "\n", b, "") }

// spelledIn joins two texts, or returns the one that is not empty.
func spelledIn(a, between, b, after string) string {
	switch {
	case a == "":
		return b
	case b == "":
		return a
	}
	return a + between + b + after
}

func trim(s string) string { return strings.TrimSpace(s) }
