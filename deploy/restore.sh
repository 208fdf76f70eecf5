#!/usr/bin/env bash
# After a fire: everything back from a backup of `manage backup`. The machine is installed first (install.sh).
#
#   sudo deploy/restore.sh [--from FOLDER] [--backup NAME] --yes
#
# FOLDER is a copy of BACKUP_DIR (default: this machine's), NAME one of the folders in FOLDER/cluster (default: the
# newest). The files of the backup are checked, the database is put together beside the present one, and only then they
# change places; what was here before stays as *.before-TIME until you remove it. Where files are kept in a bucket
# (STORAGE_URL), those of the backup go there, compared by hash; what lies there already stays. Ends with READY.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

from='' name='' yes=''
while [ $# -gt 0 ]; do
    case $1 in
        --from) from=${2:?$1 needs a folder} && shift 2 ;;
        --backup) name=${2:?$1 needs a name} && shift 2 ;;
        --yes) yes=1 && shift ;;
        *) fail "there is no option $1: restore.sh [--from FOLDER] [--backup NAME] --yes" ;;
    esac
done

need_root
[ -e "$CURRENT" ] && [ -e "$SETTINGS" ] || fail "nothing is installed here: deploy/install.sh first, with --settings and the copy of the settings you kept."
only_one
from=${from:-$(setting BACKUP_DIR)}
[ -d "$from/cluster" ] || fail "$from has no folder 'cluster': it is no BACKUP_DIR of the platform."

step "Which backup"
plan=$(python3 "$here/which_backup.py" "$from/cluster" "$name") || fail "no backup can be used."
read -r at major chain <<<"$plan"
read -ra parts <<<"$chain"
last=$from/cluster/${parts[-1]}
say "$last, begun $at, PostgreSQL $major, ${#parts[@]} part(s)"
[ "$major" = "$(pg_version)" ] || fail "the backup is of PostgreSQL $major, here is $(pg_version): apt-get install postgresql-$major."
bin=/usr/lib/postgresql/$major/bin
[ -n "$yes" ] || fail "this replaces the database and the files of this machine. If that is meant: add --yes."

step "Are its files whole"
for part in "${parts[@]}"; do
    "$bin/pg_verifybackup" --quiet "$from/cluster/$part/data" || fail "$part is damaged. Take an earlier one: --backup NAME."
done
say "yes"

bucket=''
case $(setting STORAGE_URL) in s3://*) bucket=1 ;; esac
if [ -n "$bucket" ]; then
    step "Does the bucket answer"
    manage check_files || fail "the files of the backup have to go into the bucket of STORAGE_URL. Nothing was changed."
fi

stamp=$(date -u +%Y%m%dT%H%M%S)
data=$(pg_lsclusters --no-header | awk -v v="$major" '$1 == v {print $6}' | head -n 1)
step "Put together beside the present database"
new=$data.restored-$stamp
if [ ${#parts[@]} -eq 1 ]; then
    cp -a "$last/data" "$new"
else
    (cd "$from/cluster" && "$bin/pg_combinebackup" -o "$new" "${parts[@]/%//data}")
fi
chown -R postgres:postgres "$new"
chmod 0700 "$new"
# shellcheck disable=SC2153
files=$DATA/media.restored-$stamp
if [ -d "$last/media" ]; then
    cp -a "$last/media" "$files"
else
    mkdir "$files"
fi
chown -R "$ACCOUNT:$ACCOUNT" "$files"
chmod -R u=rwX,g=rX,o= "$files"

step "Change places"
plain || systemctl stop chancenportal-backup.timer chancenportal-drill.timer chancenportal-check.timer
serve_stop
pg_runs && pg_service stop
if [ -e "$data" ]; then mv "$data" "$data.before-$stamp"; fi
mv "$new" "$data"
if [ -e "$DATA/media" ]; then mv "$DATA/media" "$DATA/media.before-$stamp"; fi
mv "$files" "$DATA/media"
pg_service start
# The roles come from the backup, the password from this machine's settings.
sql -v account="$ACCOUNT" <<'SQL'
\getenv password DATABASE_PASSWORD
SELECT format('ALTER ROLE %I LOGIN REPLICATION PASSWORD %L', :'account', :'password') \gexec
SQL
pooler_restart

# Copied from $DATA/media, where they lie now as on a machine without a bucket; what was copied once is compared alone.
into_bucket() { as_account "$CURRENT" env STORAGE_OLD_URL=disk "$CURRENT/.venv/bin/manage" move_files --remove; }
stranded=''
if [ -n "$bucket" ]; then
    step "Files into the bucket"
    into_bucket || stranded=1
fi

step "Start"
serve_start
wait_ready 300 || fail "the pages are not ready. Look: $(where_to_look)"
plain || systemctl start chancenportal-backup.timer chancenportal-drill.timer chancenportal-check.timer
tls_restart
manage list_municipalities
if [ -n "$stranded" ]; then
    fail "everything else is as of $at and serves, but not all files are in the bucket; the others lie in $DATA/media.
When what is named above is mended: STORAGE_OLD_URL=disk chancenportal move_files --remove"
fi
say "
READY: everything is as of $at. What came after it is lost; what was here before lies in
  $data.before-$stamp
  $DATA/media.before-$stamp
Next: docs/RUNBOOK.md, 'After a restore'."
