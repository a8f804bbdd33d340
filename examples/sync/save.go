package main

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"time"

	"github.com/funtekco/webhookbot/event"
)

// Save stores what an event says. Saving it again changes nothing, so a chat
// server may send an event as often as it likes. The newest version of a message
// stays, whatever the order, and a recall is final. Joining and leaving have no
// time on the wire: there the last one to arrive counts.
func (s *Store) Save(ctx context.Context, e event.Event) error {
	return inTx(ctx, s.db, func(tx *sql.Tx) error {
		switch e := e.(type) {
		case *event.Message:
			return saveMessage(ctx, tx, e)
		case *event.JoinRoom:
			return saveMembers(ctx, tx, e.RoomID, append(e.Members, e.Sender), true)
		case *event.AddMembers:
			return saveMembers(ctx, tx, e.RoomID, e.Members, true)
		case *event.DeleteMembers:
			return saveMembers(ctx, tx, e.RoomID, e.Members, false)
		}
		return nil
	})
}

func inTx(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after Commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

func saveMembers(ctx context.Context, tx *sql.Tx, room string, users []event.User, present bool) error {
	users = slices.Clone(users)
	// In the same order everywhere, or two transactions may wait for each other.
	slices.SortFunc(users, func(a, b event.User) int { return strings.Compare(a.ID, b.ID) })
	for _, u := range users {
		if u.ID == "" {
			continue
		}
		if err := saveUser(ctx, tx, u); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `
			INSERT INTO members (room_id, user_id, present) VALUES ($1, $2, $3)
			ON CONFLICT (room_id, user_id) DO UPDATE SET present = excluded.present`,
			clean(room), clean(u.ID), present)
		if err != nil {
			return err
		}
	}
	return nil
}

// saveUser stores what is known of a user. Events often carry a bare ID: that
// takes nothing away.
func saveUser(ctx context.Context, tx *sql.Tx, u event.User) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO users (id, nickname, avatar_url, is_robot) VALUES ($1, $2, $3, $4)
		ON CONFLICT (id) DO UPDATE SET
			nickname   = CASE WHEN excluded.nickname   = '' THEN users.nickname   ELSE excluded.nickname   END,
			avatar_url = CASE WHEN excluded.avatar_url = '' THEN users.avatar_url ELSE excluded.avatar_url END,
			is_robot   = users.is_robot OR excluded.is_robot`,
		clean(u.ID), clean(u.Nickname), clean(u.AvatarURL), u.IsRobot)
	return err
}

func saveMessage(ctx context.Context, tx *sql.Tx, m *event.Message) error {
	if err := saveUser(ctx, tx, m.Sender); err != nil {
		return err
	}
	// Who writes is in the room, unless it is known that he left: the message may
	// be an old one.
	_, err := tx.ExecContext(ctx, `
		INSERT INTO members (room_id, user_id, present) VALUES ($1, $2, $3)
		ON CONFLICT (room_id, user_id) DO NOTHING`, clean(m.RoomID), clean(m.Sender.ID), true)
	if err != nil || m.ID == "" {
		return err // without an ID nobody can tell it from another
	}
	text, data, recalled := m.Text(), m.Data(), m.Type == "recall" || m.IsDeleted
	if recalled {
		text, data = "", ""
	}
	var replyTo string
	if m.Reply != nil {
		replyTo = m.Reply.ID
	}
	_, err = tx.ExecContext(ctx, `
		INSERT INTO messages (room_id, id, sender_id, type, text, reply_to, sent_ms, version_ms, edited, recalled, data)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (room_id, id) DO UPDATE SET
			type = excluded.type, text = excluded.text, reply_to = excluded.reply_to, data = excluded.data,
			version_ms = excluded.version_ms, edited = excluded.edited, recalled = excluded.recalled
		WHERE NOT messages.recalled AND (excluded.recalled OR excluded.version_ms >= messages.version_ms)`,
		clean(m.RoomID), clean(m.ID), clean(m.Sender.ID), clean(m.Type), clean(text), clean(replyTo),
		max(0, m.At().UnixMilli()), version(m), m.EditedAt != "", recalled, data)
	return err
}

// version returns when the message was last changed, in milliseconds. Not every
// server sends when: then the versions of a message are equally new, and the last
// one to arrive counts.
func version(m *event.Message) int64 {
	at := max(0, m.At().UnixMilli(), m.UpdatedAtMS)
	for _, iso := range [...]string{m.UpdatedAt, m.EditedAt} {
		if t, err := time.Parse(time.RFC3339, iso); err == nil {
			at = max(at, t.UnixMilli())
		}
	}
	return at
}

// clean replaces the one character that PostgreSQL cannot store in a text.
func clean(s string) string { return strings.ReplaceAll(s, "\x00", "\uFFFD") }
