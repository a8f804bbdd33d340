package event

// plainReader walks through a body once. After failed is set nothing it returns
// counts.
type plainReader struct {
	text   string
	pos    int
	failed bool
}

// object calls member for each name, which must read the value. seen guards
// against a name that stands twice.
func (r *plainReader) object(member func(name string) (bit uint32)) {
	var seen uint32
	r.take('{')
	if r.blanks(); r.peek() == '}' {
		r.pos++
		return
	}
	for !r.failed {
		r.blanks()
		name := r.string()
		r.take(':')
		r.blanks()
		bit := member(name)
		if bit == 0 || seen&bit != 0 {
			r.failed = true
		}
		seen |= bit
		r.blanks()
		if r.peek() != ',' {
			break
		}
		r.pos++
	}
	r.take('}')
}

// string reads a string without escapes.
func (r *plainReader) string() string {
	r.take('"')
	text, start := r.text, r.pos
	for i := start; i < len(text); i++ {
		c := text[i]
		if c == '"' {
			r.pos = i + 1
			return text[start:i]
		}
		if c < ' ' || c == '\\' {
			break
		}
	}
	r.failed = true
	return ""
}

// number reads a whole number of at most 15 digits.
func (r *plainReader) number() (n int64) {
	start := r.pos
	for ; r.pos < len(r.text) && '0' <= r.text[r.pos] && r.text[r.pos] <= '9'; r.pos++ {
		n = n*10 + int64(r.text[r.pos]-'0')
	}
	digits := r.pos - start
	if digits == 0 || digits > 15 || digits > 1 && r.text[start] == '0' {
		r.failed = true
	}
	return n
}

func (r *plainReader) bool() bool {
	rest := r.text[r.pos:]
	switch {
	case len(rest) >= 4 && rest[:4] == "true":
		r.pos += 4
		return true
	case len(rest) >= 5 && rest[:5] == "false":
		r.pos += 5
	default:
		r.failed = true
	}
	return false
}

// take passes over blanks and the one byte c.
func (r *plainReader) take(c byte) {
	r.blanks()
	if r.peek() != c {
		r.failed = true
		return
	}
	r.pos++
}

// peek returns the next byte, 0 at the end.
func (r *plainReader) peek() byte {
	if r.pos < len(r.text) {
		return r.text[r.pos]
	}
	return 0
}

func (r *plainReader) blanks() {
	text, i := r.text, r.pos
	for i < len(text) && (text[i] == ' ' || text[i] == '\n' || text[i] == '\t' || text[i] == '\r') {
		i++
	}
	r.pos = i
}
