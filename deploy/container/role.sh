#!/usr/bin/env bash
# Run once by the image of PostgreSQL when it makes its database: the platform's role owns its database and may copy the
# server for backups; it is no superuser.
set -euo pipefail
psql --no-psqlrc -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" <<'SQL'
\getenv password DATABASE_PASSWORD
SELECT format('CREATE ROLE chancenportal LOGIN REPLICATION PASSWORD %L', :'password') \gexec
CREATE DATABASE chancenportal OWNER chancenportal ENCODING 'UTF8' LC_COLLATE 'C.UTF-8' LC_CTYPE 'C.UTF-8' TEMPLATE template0;
REVOKE CONNECT, TEMPORARY ON DATABASE chancenportal FROM PUBLIC;
SQL
echo 'host replication chancenportal samenet scram-sha-256' >>"$PGDATA/pg_hba.conf"
