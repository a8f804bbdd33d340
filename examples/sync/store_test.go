package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/funtekco/webhookbot/event"
	"github.com/stretchr/testify/require"
)

// each runs a test on a fresh database of each kind.
func each(t *testing.T, test func(t *testing.T, dsn string)) {
	t.Run("sqlite", func(t *testing.T) { test(t, filepath.Join(t.TempDir(), "a db?#%.sqlite")) })
	t.Run("postgres", func(t *testing.T) { test(t, postgres(t)) })
}

// postgres returns the address of a schema of the test's own.
func postgres(t *testing.T) string {
	dsn := os.Getenv("TEST_POSTGRES_DSN")
	if dsn == "" {
		t.Skip("TEST_POSTGRES_DSN is not set: examples/sync/testdb.sh starts a PostgreSQL and prints one")
	}
	db, err := sql.Open("pgx", dsn)
	require.NoError(t, err)
	schema := "test_" + strings.ToLower(rand.Text())
	_, err = db.ExecContext(t.Context(), "CREATE SCHEMA "+schema)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := db.ExecContext(context.Background(), "DROP SCHEMA "+schema+" CASCADE")
		require.NoError(t, err)
		require.NoError(t, db.Close())
	})
	u, err := url.Parse(dsn)
	require.NoError(t, err)
	query := u.Query()
	query.Set("search_path", schema)
	u.RawQuery = query.Encode()
	return u.String()
}

func open(t *testing.T, dsn string) *Store {
	s, err := Open(t.Context(), dsn)
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func decode(t *testing.T, body string) event.Event {
	e, err := event.Decode([]byte(body))
	require.NoError(t, err, body)
	return e
}

// row is a message as it is stored.
type row struct {
	Sender, Type, Text, ReplyTo string
	Sent, Version               int64
	Edited, Recalled            bool
	HasData                     bool
}

func message(t *testing.T, s *Store, room, id string) (r row) {
	var data string
	require.NoError(t, s.db.QueryRowContext(t.Context(), `
		SELECT sender_id, type, text, reply_to, sent_ms, version_ms, edited, recalled, data
		FROM messages WHERE room_id = $1 AND id = $2`, room, id).
		Scan(&r.Sender, &r.Type, &r.Text, &r.ReplyTo, &r.Sent, &r.Version, &r.Edited, &r.Recalled, &data))
	r.HasData = data != ""
	return r
}

// members returns the room's members as "id=nickname", with a minus for those
// who left.
func members(t *testing.T, s *Store, room string) (all []string) {
	rows, err := s.db.QueryContext(t.Context(), `
		SELECT m.user_id, u.nickname, m.present FROM members m JOIN users u ON u.id = m.user_id
		WHERE m.room_id = $1 ORDER BY m.user_id`, room)
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var id, nickname, sign string
		var present bool
		require.NoError(t, rows.Scan(&id, &nickname, &present))
		if !present {
			sign = "-"
		}
		all = append(all, sign+id+"="+nickname)
	}
	require.NoError(t, rows.Err())
	return all
}

// A message, its edits and its recall may come in any order, any number of times:
// the same row comes of it.
func TestMessages_AnyOrder(t *testing.T) {
	const head = `{"roomID":"r","event":"MESSAGE","data":{"_id":"m","sender":"ann","messageTimeMS":1000,`
	sent := head + `"messageType":"text","message":"one"}}`
	edited := head + `"messageType":"text","message":"two","editedAt":"1970-01-01T00:00:02.000Z"}}`
	again := head + `"messageType":"text","message":"three","editedAt":"1970-01-01T00:00:02.000Z","updatedAtMS":3000}}`
	recall := head + `"messageType":"recall","message":""}}`
	deleted := head + `"messageType":"text","message":"one","isDeleted":true}}`
	for _, c := range []struct {
		name   string
		events []string
		want   row
	}{
		{"sent", []string{sent, sent}, row{Sender: "ann", Type: "text", Text: "one", Sent: 1000, Version: 1000, HasData: true}},
		{"edited", []string{sent, edited, again}, row{Sender: "ann", Type: "text", Text: "three", Sent: 1000, Version: 3000, Edited: true, HasData: true}},
		{"recalled", []string{sent, again, recall}, row{Sender: "ann", Type: "recall", Sent: 1000, Version: 1000, Recalled: true}},
		{"deleted", []string{sent, edited, deleted}, row{Sender: "ann", Type: "text", Sent: 1000, Version: 1000, Recalled: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, dsn string) {
				s := open(t, dsn)
				for n, order := range orders(len(c.events)) {
					id := fmt.Sprint("m", n)
					for _, i := range order {
						require.NoError(t, s.Save(t.Context(), decode(t, strings.Replace(c.events[i], `"m"`, `"`+id+`"`, 1))))
					}
					require.Equal(t, c.want, message(t, s, "r", id), "order %v", order)
				}
			})
		})
	}
}

// orders returns every order of n things, each followed by the same once more.
func orders(n int) (all [][]int) {
	var add func(taken []int)
	add = func(taken []int) {
		if len(taken) == n {
			all = append(all, append(append([]int{}, taken...), taken...))
			return
		}
	next:
		for i := range n {
			for _, t := range taken {
				if t == i {
					continue next
				}
			}
			add(append(append([]int{}, taken...), i))
		}
	}
	add(nil)
	return all
}

func TestMembers(t *testing.T) {
	const (
		annJoins = `{"roomID":"r","event":"JOIN_ROOM","data":{"sender":{"_id":"ann","nickname":"Ann"},"members":[{"_id":"ann","nickname":"Ann"}]}}`
		annAdds  = `{"roomID":"r","event":"ADD_MEMBERS","data":{"sender":"ann","members":[{"_id":"bob","nickname":"Bob"},"cat",""]}}`
		annGoes  = `{"roomID":"r","event":"DELETE_MEMBERS","data":{"sender":"ann","members":["ann"]}}`
		annSays  = `{"roomID":"r","event":"MESSAGE","data":{"message":"hi","sender":{"_id":"ann","nickname":"Annie"}}}`
		danSays  = `{"roomID":"r","event":"MESSAGE","data":{"_id":"1","message":"hi","sender":"dan"}}`
	)
	for _, c := range []struct {
		name   string
		events []string
		want   []string
		why    string
	}{
		{"join", []string{annJoins, annJoins}, []string{"ann=Ann"}, ""},
		{"add", []string{annAdds}, []string{"bob=Bob", "cat="}, "who has no ID is nobody"},
		{"leave", []string{annJoins, annAdds, annGoes, annGoes}, []string{"-ann=Ann", "bob=Bob", "cat="}, "a bare ID keeps the nickname"},
		{"come back", []string{annJoins, annGoes, annJoins}, []string{"ann=Ann"}, ""},
		{"new nickname", []string{annJoins, annSays}, []string{"ann=Annie"}, ""},
		{"was there before", []string{danSays}, []string{"dan="}, "the bot came later"},
		{"late message", []string{annGoes, annSays}, []string{"-ann=Annie"}, "a resent message brings nobody back"},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(t *testing.T, dsn string) {
				s := open(t, dsn)
				for _, body := range c.events {
					require.NoError(t, s.Save(t.Context(), decode(t, body)))
				}
				require.Equal(t, c.want, members(t, s, "r"), c.why)
			})
		})
	}
}

// Whatever a sender may write can be stored.
func TestSave_Anything(t *testing.T) {
	files, err := filepath.Glob("../../testdata/events/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	each(t, func(t *testing.T, dsn string) {
		s := open(t, dsn)
		for _, f := range files {
			body, err := os.ReadFile(f)
			require.NoError(t, err)
			require.NoError(t, s.Save(t.Context(), decode(t, string(body))), f)
		}
		e := decode(t, `{"roomID":"r\u0000","event":"MESSAGE","data":{"_id":"\u0000'","messageType":"\u0000","message":"a\u0000b","reply":"\u0000","sender":{"_id":"\u0000","nickname":"\u0000","avatarUrl":"\u0000"}}}`)
		require.NoError(t, s.Save(t.Context(), e), "PostgreSQL stores no zero character")
		e = decode(t, `{"roomID":"r","event":"MESSAGE","data":{"_id":"1","message":"'; DROP TABLE messages; --","sender":"ann"}}`)
		require.NoError(t, s.Save(t.Context(), e))
		require.Equal(t, "'; DROP TABLE messages; --", message(t, s, "r", "1").Text)
	})
}

// Rooms with the same people are saved side by side, by several processes.
func TestSave_Parallel(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		stores, failed := make([]*Store, 2), make([]error, 2)
		var wg sync.WaitGroup
		for i := range stores {
			wg.Go(func() { stores[i], failed[i] = Open(context.Background(), dsn) }) // migrations at the same time, too
		}
		wg.Wait()
		require.Equal(t, []error{nil, nil}, failed)
		defer func() { _, _ = stores[0].Close(), stores[1].Close() }()
		errs := make(chan error, 1000)
		for w := range 8 {
			wg.Go(func() {
				for i := range 20 {
					order := []string{`"a","b","c"`, `"c","b","a"`}[(w+i)%2]
					errs <- stores[w%2].Save(context.Background(), decode(t, fmt.Sprintf(
						`{"roomID":"r%d","event":"ADD_MEMBERS","data":{"sender":"a","members":[%s]}}`, i%3, order)))
					errs <- stores[w%2].Save(context.Background(), decode(t, fmt.Sprintf(
						`{"roomID":"r0","event":"MESSAGE","data":{"_id":"%d","message":"x","sender":"b"}}`, i)))
				}
			})
		}
		wg.Wait()
		close(errs)
		for err := range errs {
			require.NoError(t, err)
		}
		c, err := stores[0].Count(t.Context(), "r0")
		require.NoError(t, err)
		require.Equal(t, Counts{Members: 3, Messages: 20}, c)
	})
}

// What was stored is there after a restart, and migrations run once.
func TestOpen_Again(t *testing.T) {
	each(t, func(t *testing.T, dsn string) {
		s := open(t, dsn)
		require.NoError(t, s.Save(t.Context(), decode(t, `{"roomID":"r","event":"MESSAGE","data":{"_id":"1","message":"x","sender":"b"}}`)))
		require.NoError(t, s.Close())
		s = open(t, dsn)
		require.Equal(t, "x", message(t, s, "r", "1").Text)
	})
}

func TestOpen_Errors(t *testing.T) {
	for _, dsn := range []string{
		"/nowhere/at/all.db",
		"postgres://me:canary@127.0.0.1:1/x",
		"postgres://me:canary@127.0.0.1:1/x?sslmode=what",
		"postgres://me:canary@127.0.0.1:port",
		"postgresql://me:canary@[::1/x",
	} {
		_, err := Open(t.Context(), dsn)
		require.Error(t, err, dsn)
		require.NotContains(t, err.Error(), "canary", "no password in a log")
	}
}
