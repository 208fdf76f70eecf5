#!/usr/bin/env bash
# Does the runbook hold? On a bare Debian made for it (debootstrap): install, serve, back up, burn down, restore, update,
# roll back. Nothing of it belongs into continuous integration: it takes minutes and asks Debian's and PyPI's servers.
#
#   sudo apt-get install debootstrap
#   sudo deploy/try.sh [FOLDER]      (default /var/tmp/chancenportal-try; 4 GB; a second run takes the packages over)
#
# There is no systemd in a chroot: the services are started by hand (install.sh --without-systemd), units and timers
# are what tests/deploy looks at. Every statement is a line; the first that does not hold ends it with 1.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

outside() {
    local root=${1:-/var/tmp/chancenportal-try} source
    source=$(dirname "$here")
    [ "$(id -u)" -eq 0 ] || { echo "start this as root." >&2 && exit 1; }
    if [ ! -e "$root/.debian" ]; then
        mkdir -p "$root"
        debootstrap --variant=minbase --include=ca-certificates bookworm "$root" http://deb.debian.org/debian >"$root.log" 2>&1 \
            || { tail -n 5 "$root.log" >&2 && exit 1; }
        touch "$root/.debian"
    fi
    echo "Debian $(cat "$root/etc/debian_version") in $root"
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d" && chmod 0755 "$root/usr/sbin/policy-rc.d"
    # Whatever this machine needs to reach the package servers.
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
    [ ! -e /etc/pip.conf ] || cp /etc/pip.conf "$root/etc/pip.conf"
    rm -rf "$root/root/source" "$root/root/pip" && mkdir -p "$root/root/source"
    git -C "$source" archive HEAD | tar -x -C "$root/root/source"
    # A mount and a process namespace of its own: whatever was started ends with it.
    # shellcheck disable=SC2016
    exec unshare --mount --pid --fork --kill-child bash -c '
        mount --make-rprivate / && mount -t proc proc "$1/proc" && mount --rbind /dev "$1/dev"
        exec chroot "$1" env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root \
            TERM=dumb PIP_CACHE_DIR=/var/cache/pip bash /root/source/deploy/try.sh --inside' - "$root"
}

# --- inside -----------------------------------------------------------------------------------------------------------

began=$(date +%s)
holds() { # SENTENCE COMMAND …
    local sentence=$1
    shift
    if "$@" >/tmp/said 2>&1; then
        printf 'ok   %4d s  %s\n' $(($(date +%s) - began)) "$sentence"
    else
        printf 'NOT  %4d s  %s\n' $(($(date +%s) - began)) "$sentence"
        tail -n 40 /tmp/said
        exit 1
    fi
}
refuses() { # SENTENCE WORDS COMMAND …: it ends with 1 and says these words
    local sentence=$1 words=$2
    shift 2
    # shellcheck disable=SC2016
    holds "$sentence" bash -c 'words=$1; shift; said=$("$@" 2>&1) && exit 1; grep -qF "$words" <<<"$said" || { echo "$said"; exit 1; }' \
        - "$words" "$@"
}

DOMAIN=portal.try.example
TOWN=angebote.ahausen.example
install() { bash /root/source/deploy/install.sh --without-systemd --domain $DOMAIN --mail betrieb@try.example "$@"; }
page() { curl -fsS -m 120 -H "Host: $1" -H 'X-Forwarded-Proto: https' "http://127.0.0.1:$PORT$2"; }
says() { page "$1" "$2" | grep -qF "$3"; } # HOST PATH WORDS
by_caddy() { curl -fsS -m 60 --cacert /tmp/root.crt --resolve "$1:$HTTPS:127.0.0.1" "https://$1:$HTTPS$2"; }
caddy_says() { by_caddy "$1" "$2" | grep -qF "$3"; }
free() { python3 -c "import socket; s = socket.socket(); s.bind(('127.0.0.1', 0)); print(s.getsockname()[1])"; }
digests() { (cd /var/lib/chancenportal/media && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
is_open_to_root_alone() { [ "$(stat -c %a:%U /etc/chancenportal/environment)" = 600:root ]; }
has_no_root() { ! pgrep -u root -f 'gunicorn|manage|launch|pgbouncer|caddy run'; }
checked() (
    # shellcheck source=lib.sh
    . /opt/chancenportal/current/deploy/lib.sh
    as_account "$CURRENT" python3 deploy/check.py
)
is_empty() { [ "$(chancenportal list_municipalities --json --addresses | tr -d '[:space:]')" = '[]' ]; }
put_picture() {
    chancenportal create_provider ahausen "Verein vor dem Feuer"
    chancenportal shell -v 0 -c "
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from tenants.registry import municipality_named
from tenants.running.context import inside
with inside(municipality_named('ahausen')):
    default_storage.save('try/picture.bin', ContentFile(bytes(range(256)) * 40))"
}

inside() {
    # Ports of our own, as the network is the machine's.
    command -v python3 >/dev/null || { apt-get update -qq && apt-get install -y -qq python3 procps >/dev/null 2>&1; }
    PORT=$(free) POOL_PORT=$(free) ASK_PORT=$(free) HTTPS=$(free) HTTP=$(free)
    export PORT POOL_PORT ASK_PORT
    printf '%s\n' 'admin off' local_certs skip_install_trust "https_port $HTTPS" "http_port $HTTP" >/tmp/caddy-options
    rm -rf /etc/chancenportal /var/lib/chancenportal /var/backups/chancenportal /opt/chancenportal /run/chancenportal
    [ ! -e /var/lib/postgresql/15/main ] || { pg_dropcluster 15 main && pg_createcluster 15 main >/dev/null; }

    holds "a bare Debian is installed" install --caddy-options /tmp/caddy-options
    tail -n 8 /tmp/said
    cp /etc/chancenportal/environment /root/kept-environment
    holds "again: nothing changes" install
    holds "secrets are made once" cmp /etc/chancenportal/environment /root/kept-environment
    holds "and are root's alone" is_open_to_root_alone
    holds "nothing that serves is root's" has_no_root
    holds "the first operator" chancenportal create_operator betrieb@try.example --link
    refuses "a second one of the same address is refused" "schon ein Konto" chancenportal create_operator betrieb@try.example
    holds "a municipality" chancenportal create_municipality ahausen --name "Stadt Ahausen" --domain $TOWN
    holds "its page answers" says $TOWN / "Ahausen"
    holds "and the operator's" says $DOMAIN /konto/anmelden/ "Anmelden"
    cp /var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt /tmp/root.crt
    holds "by Caddy, with a certificate obtained at the first visit" caddy_says $TOWN / "Ahausen"
    refuses "a name nobody verified gets none" "" by_caddy fremd.example /
    holds "a provider and a file" put_picture
    digests >/tmp/files-before
    holds "the machine is well" checked
    holds "a backup, past the pooler" chancenportal backup
    holds "the rehearsal finds every row and file in it" chancenportal restore_drill ahausen
    cat /tmp/said

    echo "Fire: nothing is left but the copy of the backups and of the settings."
    cp -a /var/backups/chancenportal /root/kept-backups
    stop_everything
    rm -rf /etc/chancenportal /var/lib/chancenportal /var/backups/chancenportal /opt/chancenportal /usr/local/sbin/chancenportal
    pg_dropcluster 15 main && pg_createcluster 15 main >/dev/null
    holds "installed anew, with the settings kept" install --settings /root/kept-environment --caddy-options /tmp/caddy-options
    holds "nobody is there yet" is_empty
    refuses "a restore asks first" "add --yes" /opt/chancenportal/current/deploy/restore.sh --from /root/kept-backups
    holds "restored" /opt/chancenportal/current/deploy/restore.sh --from /root/kept-backups --yes
    tail -n 8 /tmp/said
    holds "its page answers again" says $TOWN / "Ahausen"
    holds "with its provider" says $TOWN /anbieter/ "Verein vor dem Feuer"
    digests >/tmp/files-after
    holds "and its files, to the bit" cmp /tmp/files-before /tmp/files-after
    holds "the logs fit" chancenportal verify_audit --all
    holds "and a backup can be made again" chancenportal backup

    rm -rf /root/next && cp -a /root/source /root/next
    sed -i 's/^version = ".*"$/version = "99.0.0"/' /root/next/pyproject.toml
    holds "a newer release, while the old one serves" bash /root/next/deploy/update.sh
    tail -n 3 /tmp/said
    holds "it serves" bash -c 'readlink /opt/chancenportal/current | grep -q 99.0.0'
    holds "its page answers" says $TOWN / "Ahausen"
    holds "and back" /opt/chancenportal/current/deploy/update.sh --back
    holds "the old one serves" bash -c '! readlink /opt/chancenportal/current | grep -q 99.0.0'
    holds "its page answers" says $TOWN / "Ahausen"
    echo "raise RuntimeError('broken')" >>/root/next/platform/config/wsgi.py
    refuses "a release that does not start is taken back by itself" "serves again" bash /root/next/deploy/update.sh --no-backup
    holds "its page answers" says $TOWN / "Ahausen"
    sed -i 's/^SECRET_KEY=.*/SECRET_KEY=kurz/' /etc/chancenportal/environment
    refuses "with a weak key nothing starts" "SECRET_KEY has 4 characters" chancenportal prepare
    stop_everything
    echo "All of it holds. $(($(date +%s) - began)) seconds."
}

stop_everything() (
    # shellcheck source=lib.sh
    . /root/source/deploy/lib.sh
    for name in service tls caddy pgbouncer; do daemon_stop $name; done
    pg_runs && pg_service stop
)

if [ "${1:-}" = --inside ]; then inside; else outside "$@"; fi
