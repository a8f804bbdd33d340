package main

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib" // driver "pgx"
	_ "modernc.org/sqlite"             // driver "sqlite", without C
)

// Store is the mirror of the rooms in a database.
type Store struct{ db *sql.DB }

// Open opens a database and brings its tables up to date. dsn is a PostgreSQL
// address (postgres://...), or the path of an SQLite file, which is made when it
// is not there.
func Open(ctx context.Context, dsn string) (*Store, error) {
	driver, dsn, conns, lock := settings(dsn)
	db, err := sql.Open(driver, dsn)
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(conns)
	if err := migrate(ctx, db, lock); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return &Store{db}, nil
}

// settings returns what differs between the two databases.
func settings(dsn string) (driver, source string, conns int, lock string) {
	if strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://") {
		return "pgx", dsn, 16, "SELECT pg_advisory_xact_lock(7369637)" // any number that no other program uses
	}
	options := url.Values{
		"_pragma": {"busy_timeout(5000)", "journal_mode(WAL)", "foreign_keys(1)"},
		"_txlock": {"immediate"}, // one that starts to write later may find that it cannot
	}
	// SQLite has one writer. Who waits for the only connection waits in turn, and
	// no longer than its context; inside SQLite it would be neither.
	return "sqlite", "file:" + url.PathEscape(dsn) + "?" + options.Encode(), 1, ""
}

// Close closes the database.
func (s *Store) Close() error { return s.db.Close() }

// Counts says how much of a room is stored.
type Counts struct{ Members, Messages, Edited, Recalled int }

// Count counts what is stored of a room.
func (s *Store) Count(ctx context.Context, room string) (c Counts, err error) {
	err = s.db.QueryRowContext(ctx, `
		SELECT (SELECT count(*) FROM members WHERE room_id = $1 AND present),
		       count(*),
		       count(CASE WHEN edited THEN 1 END),
		       count(CASE WHEN recalled THEN 1 END)
		FROM messages WHERE room_id = $1`, clean(room)).Scan(&c.Members, &c.Messages, &c.Edited, &c.Recalled)
	return c, err
}
