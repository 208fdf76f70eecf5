# shellcheck shell=bash
# What install.sh, update.sh and restore.sh share: where things lie, releases, settings, services. To be sourced.

ACCOUNT=chancenportal
ETC=/etc/chancenportal
SETTINGS=$ETC/environment
OPT=/opt/chancenportal
CURRENT=$OPT/current
DATA=/var/lib/chancenportal
# shellcheck disable=SC2034
BACKUPS=/var/backups/chancenportal
LOGS=/var/log/chancenportal
RUN=/run/chancenportal
# Where there is no systemd (a chroot, a container for trying): install.sh --without-systemd notes it here.
PLAIN_MARK=$ETC/without-systemd
KEEP_RELEASES=3

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'Stopped: %s\n' "$*" >&2
    exit 1
}

need_root() { [ "$(id -u)" -eq 0 ] || fail "start this as root (sudo $0 …)."; }
plain() { [ -e "$PLAIN_MARK" ]; }

# One at a time: two installations or updates at once would leave half of each.
only_one() {
    mkdir -p "$RUN"
    exec 9>"$RUN/deploy.lock"
    flock -n 9 || fail "another installation, update or restore is under way."
}

# --- settings ---------------------------------------------------------------------------------------------------------

secret() { python3 -c "import secrets; print(secrets.token_urlsafe(${1:-48}))"; }

setting() { # NAME: its value, empty where there is none
    [ -r "$SETTINGS" ] || return 0
    sed -n "s/^$1=//p" "$SETTINGS" | tail -n 1 | sed -e 's/^"\(.*\)"$/\1/' -e "s/^'\(.*\)'\$/\1/"
}

set_once() { # NAME VALUE: kept for ever after; what the operator changed stays
    grep -q "^$1=" "$SETTINGS" 2>/dev/null || printf '%s=%s\n' "$1" "$2" >>"$SETTINGS"
}

# This process becomes one of the platform's account with its settings: become_account RELEASE COMMAND …
become_account() {
    local release=$1
    shift
    set -a
    # shellcheck disable=SC1090
    . "$SETTINGS"
    set +a
    umask 0027
    cd "$release" || exit 1
    export HOME=$DATA PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
    exec setpriv --reuid="$ACCOUNT" --regid="$ACCOUNT" --init-groups "$@"
}
as_account() (become_account "$@")

manage() { as_account "$CURRENT" "$CURRENT/.venv/bin/manage" "$@"; }

# --- releases ---------------------------------------------------------------------------------------------------------

# A name that says the version and changes with any file.
release_name() { # SOURCE
    local version digest
    version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$1/pyproject.toml" | head -n 1)
    digest=$(cd "$1" && find . \( -name .git -o -name .venv -o -name .data -o -name __pycache__ \) -prune -o -type f \
        ! -name '*.mo' ! -name '*.pyc' ! -name .complete -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
    printf '%s-%s\n' "${version:?pyproject.toml has no version}" "${digest:0:12}"
}

# Puts a source beside the other releases, with everything it needs; prints its folder. Whole or not at all.
make_release() { # SOURCE
    local source=$1 name folder
    [ -f "$source/pyproject.toml" ] && [ -f "$source/requirements.lock" ] || fail "$source is no source of the platform."
    name=$(release_name "$source")
    folder=$OPT/releases/$name
    if [ ! -e "$folder/.complete" ]; then
        rm -rf "$folder" && mkdir -p "$folder" || return 1
        tar -C "$source" --exclude=.git --exclude=./.venv --exclude=./.data --exclude=__pycache__ --exclude='*.mo' \
            --exclude=.complete -cf - . | tar -C "$folder" --no-same-owner -xf - || return 1
        build_release "$folder" >&2 || return 1
        touch "$folder/.complete"
    fi
    printf '%s\n' "$folder"
}

# Its packages by the lock's hashes, without the tools of developers; and everything compiled, because whoever serves may
# not write here. One chain: called where the shell does not stop by itself.
build_release() { # FOLDER
    local bin=$1/.venv/bin
    local pip=("$bin/pip" install --quiet --disable-pip-version-check --root-user-action=ignore)
    python3 -m venv "$1/.venv" \
        && python3 "$1/deploy/runtime_requirements.py" >"$1/.venv/requirements.txt" \
        && "${pip[@]}" --require-hashes -r "$1/.venv/requirements.txt" \
        && "${pip[@]}" --no-deps --no-build-isolation -e "$1" \
        && (cd "$1" && "$bin/python" -c \
            'from pathlib import Path; from launch.catalogues import compile_changed; compile_changed(Path.cwd())') \
        && (cd "$1" && "$bin/python" -m compileall -q platform tenants theming shared_categories portal demo) \
        && chmod -R go=rX "$1"
}

switch_to() { # FOLDER: in one step; the one before is remembered for the way back
    if [ -L "$CURRENT" ] && [ "$(readlink -f "$CURRENT")" != "$1" ]; then
        ln -sfn "$(readlink -f "$CURRENT")" "$OPT/previous.new" && mv -T "$OPT/previous.new" "$OPT/previous"
    fi
    ln -sfn "$1" "$CURRENT.new" && mv -T "$CURRENT.new" "$CURRENT"
}

forget_old_releases() {
    local kept=0 folder
    while IFS= read -r folder; do
        # After the first installation there is no release before.
        case $folder in "$(readlink -f "$CURRENT")" | "$(readlink -f "$OPT/previous" || true)") continue ;; esac
        kept=$((kept + 1))
        [ "$kept" -le $((KEEP_RELEASES - 2)) ] || rm -rf "$folder"
    done < <(find "$OPT/releases" -mindepth 1 -maxdepth 1 -type d -printf '%T@ %p\n' | sort -rn | cut -d' ' -f2-)
}

# --- PostgreSQL -------------------------------------------------------------------------------------------------------

# Version, name and port of the cluster: the one noted, else the newest there is.
cluster() { pg_lsclusters --no-header | awk '{print $1, $2, $3}' | sort -rn | head -n 1; }
pg_version() { cluster | cut -d' ' -f1; }
pg_name() { cluster | cut -d' ' -f2; }
pg_port() { cluster | cut -d' ' -f3; }
pg_service() { # start|stop|restart
    if plain; then
        local how=()
        [ "$1" = start ] || how=(-m fast)
        pg_ctlcluster --skip-systemctl-redirect "$(pg_version)" "$(pg_name)" "$1" "${how[@]}" 9>&-
    else
        systemctl "$1" "postgresql@$(pg_version)-$(pg_name)"
    fi
}
pg_runs() { pg_lsclusters --no-header | awk -v v="$(pg_version)" '$1 == v {print $4}' | grep -q '^online'; }
as_postgres() { (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); }
# DATABASE_PASSWORD comes by the environment: on a command line everybody could read it.
sql() { DATABASE_PASSWORD=$(setting DATABASE_PASSWORD) as_postgres psql --no-psqlrc --quiet --tuples-only --no-align -v ON_ERROR_STOP=1 -p "$(pg_port)" "$@"; }

# --- services ---------------------------------------------------------------------------------------------------------

# Without systemd: a process of its own, its number noted, ended with its children.
daemon_start() { # NAME USER COMMAND …
    local name=$1 user=$2
    shift 2
    daemon_runs "$name" && return 0
    mkdir -p "$RUN" "$LOGS"
    setsid setpriv --reuid="$user" --regid="$user" --init-groups "$@" >>"$LOGS/$name.log" 2>&1 </dev/null 9>&- &
    echo $! >"$RUN/$name.pid"
}
daemon_runs() { [ -r "$RUN/$1.pid" ] && kill -0 "$(cat "$RUN/$1.pid")" 2>/dev/null; }
daemon_stop() { # NAME
    daemon_runs "$1" || return 0
    local pid
    pid=$(cat "$RUN/$1.pid")
    # It may have ended by itself since we looked.
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 300); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    # Whatever of its group is left; mostly nothing.
    kill -9 -- "-$pid" 2>/dev/null || true
    rm -f "$RUN/$1.pid"
}

pooler_restart() {
    if plain; then
        daemon_stop pgbouncer
        daemon_start pgbouncer postgres /usr/sbin/pgbouncer /etc/pgbouncer/pgbouncer.ini
    else
        systemctl restart pgbouncer
    fi
}

caddy_restart() {
    if plain; then
        daemon_stop caddy
        # shellcheck disable=SC2046
        daemon_start caddy caddy --inh-caps=+net_bind_service --ambient-caps=+net_bind_service env HOME=/var/lib/caddy \
            $(grep -v '^#' "$ETC/caddy") /usr/bin/caddy run --config /etc/caddy/Caddyfile --adapter caddyfile
    else
        systemctl reload-or-restart caddy
    fi
}

tls_restart() {
    if plain; then
        daemon_stop tls
        daemon_start_ours tls .venv/bin/manage answer_tls --port "$(setting ASK_PORT)"
    else
        systemctl restart chancenportal-tls
    fi
}

daemon_start_ours() { # NAME COMMAND …: in the current release, with the settings
    local name=$1
    shift
    daemon_runs "$name" && return 0
    mkdir -p "$RUN" "$LOGS"
    # shellcheck disable=SC2016
    setsid bash -c '. "$1/deploy/lib.sh"; shift; become_account "$CURRENT" "$@"' - "$CURRENT" "$@" \
        >>"$LOGS/$name.log" 2>&1 </dev/null 9>&- &
    echo $! >"$RUN/$name.pid"
}

# Pages and jobs, by the release that `current` leads to. Without systemd both are the launch supervisor's.
serve_start() {
    if plain; then
        daemon_start_ours service .venv/bin/python -m launch run
    else
        systemctl start --no-block chancenportal.target chancenportal-web chancenportal-worker
    fi
}
serve_stop() {
    if plain; then
        daemon_stop service
    else
        systemctl stop chancenportal-worker chancenportal-web
    fi
}
serve_restart() {
    as_account "$CURRENT" .venv/bin/manage collectstatic --noinput --verbosity=0 || return 1
    if plain; then
        daemon_stop service
        serve_start
    else
        systemctl restart --no-block chancenportal-web chancenportal-worker
    fi
}

is_ready() { curl -fsS -m 5 -o /dev/null "http://127.0.0.1:$(setting PORT)/readyz" 2>/dev/null; }
wait_ready() { # SECONDS
    for _ in $(seq "$1"); do
        is_ready && return 0
        sleep 1
    done
    # No answer is one to be shown, too.
    say "What /readyz says: $(curl -sS -m 5 "http://127.0.0.1:$(setting PORT)/readyz" 2>&1 || true)" >&2
    return 1
}
where_to_look() {
    if plain; then
        printf 'tail %s/service.log' "$LOGS"
    else
        printf 'journalctl -u "chancenportal-*" -n 50 --no-pager'
    fi
}
