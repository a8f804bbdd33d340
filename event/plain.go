package event

// Nearly every body is plain: the names the spec shows, strings without
// escapes, whole numbers. Such a body is read here by hand, in a third of the
// time the general decoder takes (BenchmarkDecode). Whatever is not plain makes
// the reader give up, and the general decoder decides: so this file must be
// exact in what it accepts, and need not say what is wrong with the rest.
// FuzzDecode holds the two against each other.

// readPlain decodes a plain body, or returns nil.
func readPlain(text string) *wire {
	r := plainReader{text: text}
	w := &wire{text: text}
	r.envelope(w)
	r.blanks()
	if r.failed || r.pos != len(r.text) || w.Event == "" {
		return nil
	}
	return w
}

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

func (r *plainReader) envelope(w *wire) {
	r.object(func(name string) uint32 {
		switch name {
		case "roomID":
			w.RoomID = r.string()
			return 1 << 0
		case "event":
			w.Event = Kind(r.string())
			return 1 << 1
		case "botState":
			w.BotState = new(r.string())
			return 1 << 2
		case "appID":
			w.AppID = r.string()
			return 1 << 3
		case "clientID":
			w.ClientID = r.string()
			return 1 << 4
		case "data":
			w.Data.start = r.pos
			r.data(w)
			w.Data.end = r.pos
			return 1 << 5
		}
		return 0
	})
}

// data reads the data of a known event whose name stood before it.
func (r *plainReader) data(w *wire) {
	var target any
	w.Data.event, target = w.Data.create(w.Event)
	switch target := target.(type) {
	case *messageWire:
		r.message(target)
	case *Membership:
		r.membership(target)
	default:
		r.failed = true
	}
}

func (r *plainReader) message(m *messageWire) {
	r.object(func(name string) uint32 {
		switch name {
		case "_id":
			m.ID = r.string()
			return 1 << 0
		case "message":
			m.Body.text = r.string()
			return 1 << 1
		case "room":
			m.Room = r.string()
			return 1 << 2
		case "sender":
			r.user(&m.Sender)
			return 1 << 3
		case "messageType":
			m.Type = r.string()
			return 1 << 4
		case "appID":
			m.App = r.string()
			return 1 << 5
		case "__v":
			m.Version = r.number()
			return 1 << 6
		case "id":
			m.Alias = r.string()
			return 1 << 7
		}
		return r.messageTime(m, name)
	})
}

func (r *plainReader) messageTime(m *messageWire, name string) uint32 {
	switch name {
	case "messageTime":
		m.MessageTime = r.string()
		return 1 << 8
	case "messageTimeMS":
		m.MessageTimeMS = r.number()
		return 1 << 9
	case "createdAt":
		m.CreatedAt = r.string()
		return 1 << 10
	case "createdAtMS":
		m.CreatedAtMS = r.number()
		return 1 << 11
	case "updatedAt":
		m.UpdatedAt = r.string()
		return 1 << 12
	case "updatedAtMS":
		m.UpdatedAtMS = r.number()
		return 1 << 13
	}
	return 0
}

func (r *plainReader) membership(m *Membership) {
	r.object(func(name string) uint32 {
		switch name {
		case "room":
			m.Room = r.string()
			return 1 << 0
		case "sender":
			r.user(&m.Sender)
			return 1 << 1
		case "members":
			r.users(&m.Members)
			return 1 << 2
		}
		return 0
	})
}

func (r *plainReader) users(all *[]User) {
	r.take('[')
	*all = []User{}
	if r.blanks(); r.peek() == ']' {
		r.pos++
		return
	}
	for !r.failed {
		r.blanks()
		*all = append(*all, User{})
		r.user(&(*all)[len(*all)-1])
		r.blanks()
		if r.peek() != ',' {
			break
		}
		r.pos++
	}
	r.take(']')
}

func (r *plainReader) user(u *User) {
	var alias string
	r.object(func(name string) uint32 {
		switch name {
		case "_id":
			u.ID = r.string()
			return 1 << 0
		case "nickname":
			u.Nickname = r.string()
			return 1 << 1
		case "isRobot":
			u.IsRobot = r.bool()
			return 1 << 2
		case "lastLoginTimeMS":
			u.LastLoginTimeMS = r.number()
			return 1 << 3
		case "id":
			alias = r.string()
			return 1 << 4
		case "avatarUrl":
			u.AvatarURL = r.string()
			return 1 << 5
		case "description":
			u.Description = r.string()
			return 1 << 6
		case "lastLoginTime":
			u.LastLoginTime = r.string()
			return 1 << 7
		}
		return 0
	})
	u.ID = first(u.ID, alias)
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
