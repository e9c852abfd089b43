#!/bin/sh
# Runs the office's tests on PostgreSQL: on that of DATABASE_URL, whose role needs CREATEDB and is neither superuser nor
# BYPASSRLS, or on a server of its own in a passing folder, started here and stopped at the end.
# Arguments go to pytest. PYTHON says which Python has it.
set -eu

PYTHON=${PYTHON:-.venv/bin/python}

if [ -n "${DATABASE_URL:-}" ]; then
  url=$DATABASE_URL
  unset DATABASE_URL
  PREGON_TEST_DATABASE_URL=$url exec "$PYTHON" -m pytest --quiet "$@"
fi

programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)
if [ -z "$programs" ]; then
  echo 'Falta el servidor de PostgreSQL: instale el paquete postgresql, o indique una base en DATABASE_URL.' >&2
  exit 2
fi

folder=$(mktemp -d)
# PostgreSQL refuses to run as root: there the package's own user does it.
as_owner() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
[ "$(id -u)" -ne 0 ] || chown postgres "$folder"
stop() {
  as_owner "$programs/pg_ctl" --pgdata="$folder/data" --mode=immediate --silent stop || true
  rm -rf "$folder"
}
trap stop EXIT
trap 'exit 130' INT TERM

# No network, a socket in the folder alone; nothing here outlives the tests, so nothing waits for the disk.
as_owner "$programs/initdb" --pgdata="$folder/data" --username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 \
  --no-sync >/dev/null
as_owner "$programs/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --silent --wait start \
  --options="-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off -c full_page_writes=off"
as_owner "$programs/psql" --host="$folder" --username=postgres --quiet --dbname=postgres \
  --command='CREATE ROLE pregon LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS' --command='CREATE DATABASE pregon OWNER pregon'
chmod 755 "$folder"
PREGON_TEST_DATABASE_URL="postgres://pregon@/pregon?host=$folder" "$PYTHON" -m pytest --quiet "$@"
