#!/usr/bin/env bash
# Starts a PostgreSQL for the tests and prints its DSN:
#
#	apt-get install postgresql
#	export TEST_POSTGRES_DSN=$(examples/sync/testdb.sh)
#	go test ./...
#	examples/sync/testdb.sh stop
#
# The server listens on a Unix socket only, so it is in nobody's way, and has a
# password. A second call prints the DSN of the server that runs already. As root
# everything runs as the user postgres, since PostgreSQL refuses root.
set -euo pipefail

as=()
me=$(id -un)
if [ "$(id -u)" = 0 ]; then
	me=postgres
	as=(runuser -u postgres --)
fi
dir=${TESTDB_DIR:-/tmp/webhookbot-testdb-$me}
bin=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
[ -n "$bin" ] || { echo "testdb.sh: no PostgreSQL here: apt-get install postgresql" >&2; exit 1; }

if [ -e "$dir" ] && [ "$(stat -c %U "$dir")" != "$me" ]; then
	echo "testdb.sh: $dir is not $me's" >&2
	exit 1
fi
cd /

running() { "${as[@]}" "$bin/pg_ctl" -D "$dir/data" status >/dev/null 2>&1; }

if [ "${1:-}" = stop ]; then
	! running || "${as[@]}" "$bin/pg_ctl" -D "$dir/data" -m immediate stop >&2
	rm -rf "$dir"
	exit
fi

if ! running; then
	rm -rf "$dir"
	"${as[@]}" mkdir -m 700 "$dir"
	head -c 18 /dev/urandom | base64 | tr '/+' '_-' | "${as[@]}" tee "$dir/password" >/dev/null
	{
		"${as[@]}" "$bin/initdb" -D "$dir/data" -U test -E UTF8 --no-locale -A scram-sha-256 --pwfile="$dir/password"
		"${as[@]}" "$bin/pg_ctl" -D "$dir/data" -l "$dir/log" -w start \
			-o "-c listen_addresses='' -c unix_socket_directories='$dir' -c fsync=off"
	} >&2
fi
echo "postgres://test:$("${as[@]}" cat "$dir/password")@/postgres?host=$dir"
