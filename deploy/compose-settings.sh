#!/usr/bin/env bash
# The settings of compose.yml, with secrets that are made once: deploy/compose-settings.sh --domain HOST --mail ADDRESS
# Writes deploy/compose.env (0600). Run again: what is there stays. Keep a copy in a safe place.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"
SETTINGS=${COMPOSE_ENV:-$here/compose.env}

domain='' mail=''
while [ $# -gt 0 ]; do
    case $1 in
        --domain) domain=${2:?$1 needs a host name} && shift 2 ;;
        --mail) mail=${2:?$1 needs an address} && shift 2 ;;
        *) fail "there is no option $1: compose-settings.sh --domain HOST --mail ADDRESS" ;;
    esac
done
domain=${domain:-$(setting BASE_DOMAIN)}
mail=${mail:-$(setting ACME_EMAIL)}
[ -n "$domain" ] && [ -n "$mail" ] || fail "--domain and --mail are needed the first time."
[ -e "$SETTINGS" ] || install -m 0600 /dev/null "$SETTINGS"
set_once BASE_DOMAIN "$domain"
set_once ACME_EMAIL "$mail"
set_once ALARM_ADDRESS "$mail"
set_once SECURITY_CONTACT "mailto:$mail"
set_once SECRET_KEY "$(secret 60)"
set_once METRICS_TOKEN "$(secret 32)"
set_once DATABASE_PASSWORD "$(secret 36)"
set_once POSTGRES_PASSWORD "$(secret 36)"
set_once S3_SECRET "$(secret 30)"
set_once GRAFANA_PASSWORD "$(secret 18)"
password=$(setting DATABASE_PASSWORD)
set_once DATABASE_URL "postgres://chancenportal:$password@pooler:6432/chancenportal"
set_once DATABASE_DIRECT_URL "postgres://chancenportal:$password@db:5432/chancenportal"
set_once STORAGE_URL "s3://portal:$(setting S3_SECRET)@s3:8333/chancenportal?secure=0"
say "$SETTINGS (0600). Next: podman compose --env-file $SETTINGS --file $here/compose.yml up --detach --build"
