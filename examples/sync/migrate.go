package main

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"
)

// migrations change the tables from release to release. They run once each, in
// the order of their names, and are never changed after they were released.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate brings the tables up to date, all or nothing. lock is a statement that
// lets one transaction at a time go on, for several bots may start at once; in
// SQLite that is so without one.
func migrate(ctx context.Context, db *sql.DB, lock string) error {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return err
	}
	return inTx(ctx, db, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, lock+"; CREATE TABLE IF NOT EXISTS migrations (name TEXT PRIMARY KEY)"); err != nil {
			return err
		}
		for _, name := range files {
			if err := migrateTo(ctx, tx, name); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	})
}

// migrateTo runs one migration, unless it ran before.
func migrateTo(ctx context.Context, tx *sql.Tx, name string) error {
	first, err := tx.ExecContext(ctx, "INSERT INTO migrations (name) VALUES ($1) ON CONFLICT DO NOTHING", name)
	if err != nil {
		return err
	}
	if n, err := first.RowsAffected(); err != nil || n == 0 {
		return err
	}
	statements, err := migrations.ReadFile(name)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, string(statements))
	return err
}
