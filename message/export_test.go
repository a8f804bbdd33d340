package message

// Slow is Validate without its short cut for plain texts.
func (m *Message) Slow() error { return m.validate() }

// Plain reports whether Validate takes its short cut.
func (m *Message) Plain() bool { return m.isPlainText() }

// IsZero reports whether no field is set.
func (c *Content) IsZero() bool { return c.isZero() }

// Wordings are the rules of the validator that Problem has words for.
func Wordings() map[string]bool {
	known := map[string]bool{}
	for tag := range wordings {
		known[tag] = true
	}
	return known
}
