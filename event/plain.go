package event

// Nearly every body is plain: the names the spec shows, strings without
// escapes, whole numbers. Such a body is read here by hand, in a third of the
// time the general decoder takes (BenchmarkDecode). Whatever is not plain makes
// the reader give up, and the general decoder decides: so this file must be
// exact in what it accepts, and need not say what is wrong with the rest.
// FuzzDecode holds the two against each other.

// readPlain decodes a plain body into w and reports whether it was one.
func readPlain(text string, w *wire) bool {
	r := plainReader{text: text}
	r.envelope(w)
	r.blanks()
	return !r.failed && r.pos == len(r.text) && w.Event != ""
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
