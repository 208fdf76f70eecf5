#!/usr/bin/env bash
# The platform on one plain Debian machine (12 or newer): packages, account, database, secrets, services, timers.
#
#   sudo deploy/install.sh --domain portal.example.de --mail betrieb@example.de
#
# May be run again at any time: what is there stays, what is missing or was changed in deploy/ is put in place; secrets
# are made once. It ends with READY. What to do next, and after a fire, says docs/RUNBOOK.md. A newer release is brought
# by update.sh; run again from a newer source this installs packages and units only and says so.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

usage() {
    cat <<'TEXT'
install.sh --domain HOST --mail ADDRESS [options]

  --domain HOST         the operator's own host name (BASE_DOMAIN), which leads to this machine
  --mail ADDRESS        who is told of failures, and whom the certificates' authority may write to
  --settings FILE       begin with this file of settings (after a fire: the copy you kept)
  --with-monitoring     Prometheus, its exporter for this machine and Alertmanager, with our alert rules, by mail
  --without-systemd     start everything by hand (chroot, container); nothing starts again by itself
  --caddy-options FILE  lines for the global options of the Caddyfile, as local_certs to try without an authority
TEXT
}

domain='' mail='' given='' monitoring='' without_systemd='' caddy_options=''
while [ $# -gt 0 ]; do
    case $1 in
        --domain) domain=${2:?$1 needs a host name} && shift 2 ;;
        --mail) mail=${2:?$1 needs an address} && shift 2 ;;
        --settings) given=${2:?$1 needs a file} && shift 2 ;;
        --caddy-options) caddy_options=${2:?$1 needs a file} && shift 2 ;;
        --with-monitoring) monitoring=1 && shift ;;
        --without-systemd) without_systemd=1 && shift ;;
        -h | --help) usage && exit 0 ;;
        *) usage >&2 && fail "there is no option $1." ;;
    esac
done

check_machine() {
    need_root
    # shellcheck disable=SC1091
    . /etc/os-release
    [ "${ID:-}" = debian ] && [ "${VERSION_ID:-0}" -ge 12 ] \
        || fail "this is made for Debian 12 or newer, not for ${PRETTY_NAME:-this system}."
    if [ -z "$without_systemd" ] && [ ! -e "$PLAIN_MARK" ] && [ ! -d /run/systemd/system ]; then
        fail "systemd does not run here. To try it all the same: --without-systemd."
    fi
    [ "$(df --output=avail -m / | tail -n 1)" -ge 4000 ] || fail "/ has less than 4 GB left."
    domain=${domain:-$(setting BASE_DOMAIN)}
    mail=${mail:-$(setting ALARM_ADDRESS)}
    if [ -n "$given" ]; then
        [ -r "$given" ] || fail "the settings $given cannot be read."
        domain=${domain:-$(sed -n 's/^BASE_DOMAIN=//p' "$given")}
        mail=${mail:-$(sed -n 's/^ALARM_ADDRESS=//p' "$given")}
    fi
    [ -n "$domain" ] && [ -n "$mail" ] || { usage >&2 && fail "--domain and --mail are needed the first time."; }
    [[ $domain =~ ^[a-z0-9]([a-z0-9.-]*[a-z0-9])?\.[a-z]{2,}$ ]] || fail "$domain is no host name (small letters, with a dot)."
    [[ $mail =~ ^[^@[:space:]\"\'\$]+@[^@[:space:]\"\'\$]+$ ]] || fail "$mail is no mail address."
    if [ -n "$(setting BASE_DOMAIN)" ] && [ "$(setting BASE_DOMAIN)" != "$domain" ]; then
        fail "this machine is installed for $(setting BASE_DOMAIN). To rename it, change BASE_DOMAIN in $SETTINGS."
    fi
}

install_packages() {
    step "Packages"
    local packages=(
        python3 python3-venv postgresql pgbouncer caddy curl ca-certificates tar
        # Flyers are read and programmes printed by these (docs/OPERATING.md).
        tesseract-ocr tesseract-ocr-deu
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz0b libharfbuzz-subset0 libglib2.0-0 fontconfig
    )
    [ -z "$monitoring" ] || packages+=(prometheus prometheus-node-exporter prometheus-alertmanager)
    local missing=() package
    for package in "${packages[@]}"; do
        dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
    done
    if [ ${#missing[@]} -eq 0 ]; then
        say "all there"
        return
    fi
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
    say "installed: ${missing[*]}"
}

make_account() {
    step "Account and folders"
    getent passwd "$ACCOUNT" >/dev/null \
        || useradd --system --user-group --home-dir "$DATA" --no-create-home --shell /usr/sbin/nologin "$ACCOUNT"
    install -d -m 0755 "$OPT" "$OPT/releases"
    install -d -m 0700 -o root -g root "$ETC"
    install -d -m 0750 -o "$ACCOUNT" -g "$ACCOUNT" "$DATA" "$LOGS"
    install -d -m 0700 -o "$ACCOUNT" -g "$ACCOUNT" "$BACKUPS"
    [ -z "$without_systemd" ] || touch "$PLAIN_MARK"
}

make_settings() {
    step "Settings and secrets"
    if [ -n "$given" ] && [ ! -e "$SETTINGS" ]; then
        install -m 0600 -o root -g root "$given" "$SETTINGS"
        say "taken over from $given"
    fi
    if [ ! -e "$SETTINGS" ]; then
        install -m 0600 -o root -g root /dev/null "$SETTINGS"
        say "# Settings of the platform (docs/OPERATING.md, 'Settings'): read by systemd and by the shell, one NAME=value a
# line, values with spaces in double quotes. Made once by deploy/install.sh, kept by you.
# KEEP A COPY IN A SAFE PLACE: without SECRET_KEY a restored backup has no second factors and no valid links." >"$SETTINGS"
    fi
    chmod 0600 "$SETTINGS"
    set_once DEMO 0
    set_once BASE_DOMAIN "$domain"
    set_once SECRET_KEY "$(secret 60)"
    set_once METRICS_TOKEN "$(secret 32)"
    set_once DATA_DIR "$DATA"
    set_once BACKUP_DIR "$BACKUPS"
    set_once PORT "${PORT:-8000}"
    set_once POOL_PORT "${POOL_PORT:-6432}"
    set_once ASK_PORT "${ASK_PORT:-8053}"
    set_once ALARM_ADDRESS "$mail"
    set_once SECURITY_CONTACT "mailto:$mail"
    local password
    password=$(secret 36)
    set_once DATABASE_PASSWORD "$password"
    password=$(setting DATABASE_PASSWORD)
    # Where the database is follows from this machine; what leads to another one (a replica, a cluster) is yours.
    if [ -z "$(setting DATABASE_URL)" ]; then
        set_once DATABASE_URL "postgres://$ACCOUNT:$password@127.0.0.1:$(setting POOL_PORT)/chancenportal"
        set_once DATABASE_DIRECT_URL "postgres://$ACCOUNT:$password@127.0.0.1:$(pg_port)/chancenportal"
    fi
    say "$SETTINGS (0600)"
}

make_database() {
    step "PostgreSQL $(pg_version)"
    local file wanted port
    file=/etc/postgresql/$(pg_version)/$(pg_name)/conf.d/chancenportal.conf
    port=$(pg_port)
    wanted=$(postgres_settings)
    if [ "$(cat "$file" 2>/dev/null)" != "$wanted" ]; then
        install -d -m 0755 -o postgres -g postgres "$(dirname "$file")"
        printf '%s\n' "$wanted" >"$file"
        pg_runs && pg_service stop
    fi
    pg_runs || pg_service start
    # What is written is quoted by the server itself.
    sql -v account="$ACCOUNT" <<'SQL'
\getenv password DATABASE_PASSWORD
SELECT format('CREATE ROLE %I LOGIN REPLICATION', :'account')
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = :'account') \gexec
SELECT format('ALTER ROLE %I LOGIN REPLICATION PASSWORD %L', :'account', :'password') \gexec
SELECT format('CREATE DATABASE chancenportal OWNER %I ENCODING ''UTF8'' LC_COLLATE ''C.UTF-8'' LC_CTYPE ''C.UTF-8'' '
              'TEMPLATE template0', :'account')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'chancenportal') \gexec
REVOKE CONNECT, TEMPORARY ON DATABASE chancenportal FROM PUBLIC;
SQL
    say "answers at port $port"
}

postgres_settings() {
    local memory buffers
    memory=$(awk '/^MemTotal/ {print int($2 / 1024)}' /proc/meminfo)
    buffers=$((memory / 8))
    [ "$buffers" -le 2048 ] || buffers=2048
    [ "$buffers" -ge 128 ] || buffers=128
    cat <<TEXT
# By deploy/install.sh; your own settings belong into a file after this one by name.
# A dump of a thousand schemas locks every table of each.
max_locks_per_transaction = 1024
# A search for a common word in many offers must not push the last one's pages out.
shared_buffers = ${buffers}MB
# After a crash everything is on disk by one call instead of file by file (a thousand municipalities have 320,000).
recovery_init_sync_method = syncfs
password_encryption = scram-sha-256
timezone = 'UTC'
log_timezone = 'UTC'
TEXT
    # Then a backup holds what changed, and not everything each night.
    [ "$(pg_version)" -lt 17 ] || say "summarize_wal = on"
}

make_pooler() {
    step "PgBouncer"
    local users=/etc/pgbouncer/userlist.txt wanted=/etc/pgbouncer/pgbouncer.ini new
    new=$(sed -e "s/^listen_port = .*/listen_port = $(setting POOL_PORT)/" \
        -e "s/^chancenportal = .*/chancenportal = host=127.0.0.1 port=$(pg_port)/" "$here/pgbouncer.ini")
    printf '"%s" "%s"\n' "$ACCOUNT" "$(setting DATABASE_PASSWORD)" >"$users.new"
    chown postgres:postgres "$users.new" && chmod 0600 "$users.new" && mv "$users.new" "$users"
    if [ "$(cat "$wanted")" != "$new" ]; then
        printf '%s\n' "$new" >"$wanted"
    fi
    say "answers at port $(setting POOL_PORT)"
}

place_release() {
    step "Release"
    local source
    source=$(dirname "$here")
    if [ -e "$CURRENT" ] && [ "$(release_name "$source")" != "$(basename "$(readlink -f "$CURRENT")")" ]; then
        say "$(basename "$(readlink -f "$CURRENT")") stays; for this one: $here/update.sh $source"
        return
    fi
    local folder
    folder=$(make_release "$source") || fail "the release could not be put in place; the reason is above."
    switch_to "$folder"
    say "$(readlink -f "$CURRENT")"
}

place_units() {
    step "Services"
    cat >/usr/local/sbin/chancenportal <<'SH'
#!/usr/bin/env bash
# `chancenportal COMMAND …`: manage, as the platform's account, with its settings.
. /opt/chancenportal/current/deploy/lib.sh
need_root
become_account "$CURRENT" "$CURRENT/.venv/bin/manage" "$@"
SH
    chmod 0755 /usr/local/sbin/chancenportal
    printf 'ASK=127.0.0.1:%s\nAPP=127.0.0.1:%s\nACME_EMAIL=%s\n' \
        "$(setting ASK_PORT)" "$(setting PORT)" "$mail" >"$ETC/caddy"
    [ -z "$caddy_options" ] || install -m 0644 "$caddy_options" "$ETC/caddy-options"
    local more=/dev/null
    [ ! -e "$ETC/caddy-options" ] || more=$ETC/caddy-options
    awk -v more="$more" '{print} /^\{$/ && !done {while ((getline line < more) > 0) print "\t" line; done = 1}' \
        "$here/Caddyfile" >/etc/caddy/Caddyfile
    [ -z "$monitoring" ] || place_monitoring
    plain && return
    rm -rf /etc/systemd/system/chancenportal*
    cp -r --no-preserve=mode,ownership "$here"/systemd/. /etc/systemd/system/
    systemctl daemon-reload
    systemctl enable --quiet postgresql pgbouncer caddy chancenportal.target \
        chancenportal-backup.timer chancenportal-drill.timer chancenportal-check.timer
}

place_monitoring() {
    install -m 0644 "$here/prometheus/prometheus.yml" /etc/prometheus/prometheus.yml
    printf -- '- targets: ["127.0.0.1:%s"]\n' "$(setting PORT)" >/etc/prometheus/targets.yml
    printf -- '- targets: ["127.0.0.1:9100"]\n' >/etc/prometheus/machines.yml
    printf -- '- targets: ["127.0.0.1:9093"]\n' >/etc/prometheus/alertmanagers.yml
    install -m 0644 "$here/prometheus/alerts.yml" /etc/prometheus/alerts.yml
    # Nobody but this machine speaks with them; Debian's own settings let the whole world.
    monitoring_listens prometheus 9090 ''
    monitoring_listens prometheus-node-exporter 9100 ''
    monitoring_listens prometheus-alertmanager 9093 '--cluster.listen-address='
    (
        set -a
        # shellcheck disable=SC1090
        . "$SETTINGS"
        sh "$here/prometheus/alertmanager.sh" /etc/prometheus
    )
    chown prometheus:prometheus /etc/prometheus/alertmanager*
    setting METRICS_TOKEN >/etc/prometheus/token
    chown prometheus:prometheus /etc/prometheus/token && chmod 0400 /etc/prometheus/token
    plain || systemctl restart prometheus prometheus-node-exporter prometheus-alertmanager
}

# Once: what somebody wrote there stays.
monitoring_listens() { # PACKAGE PORT MORE
    local file=/etc/default/$1
    grep -q '^ARGS=""' "$file" || return 0
    sed -i "s|^ARGS=\"\"|ARGS=\"--web.listen-address=127.0.0.1:$2 $3\"|" "$file"
}

start_all() {
    step "Start"
    pooler_restart
    if plain; then
        as_account "$CURRENT" .venv/bin/manage prepare
        daemon_start_ours service .venv/bin/python -m launch run
    else
        as_account "$CURRENT" .venv/bin/manage prepare
        as_account "$CURRENT" .venv/bin/manage collectstatic --noinput --verbosity=0
        systemctl start chancenportal.target chancenportal-backup.timer chancenportal-drill.timer chancenportal-check.timer
    fi
    wait_ready 120 || fail "the pages are not ready. Look: $(where_to_look)"
    tls_restart
    caddy_restart
}

check_machine
only_one
install_packages
make_account
make_settings
make_database
make_pooler
place_release
place_units
start_all
manage list_municipalities >/dev/null || fail "manage does not work. Look: $(where_to_look)"
cat <<TEXT

READY: https://$domain/ (as soon as the DNS leads here; on this machine http://127.0.0.1:$(setting PORT)/)

Next: 1. keep a copy of $SETTINGS where a fire here does not reach it
      2. the first operator:  chancenportal create_operator $mail --link
      3. a mail server:       EMAIL_HOST … in $SETTINGS (docs/OPERATING.md), then install.sh again
      4. copies of $BACKUPS on another machine (docs/RUNBOOK.md, 'Backups')
TEXT
