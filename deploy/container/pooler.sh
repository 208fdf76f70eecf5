#!/usr/bin/env bash
# PgBouncer with our configuration, for the database DATABASE_HOST; its own files lie in memory (/tmp).
set -euo pipefail
: "${DATABASE_HOST:?}" "${DATABASE_PASSWORD:?}"
umask 077
printf '"chancenportal" "%s"\n' "$DATABASE_PASSWORD" >/tmp/userlist.txt
sed -e 's/^listen_addr = .*/listen_addr = 0.0.0.0/' -e 's|^auth_file = .*|auth_file = /tmp/userlist.txt|' \
    -e "s/^chancenportal = .*/chancenportal = host=$DATABASE_HOST port=5432/" /etc/pgbouncer/chancenportal.ini >/tmp/pgbouncer.ini
exec /usr/sbin/pgbouncer /tmp/pgbouncer.ini
