#!/bin/sh
# `alertmanager.sh FOLDER`: writes FOLDER/alertmanager.yml, and its password beside it, from the platform's own settings
# in the environment: alerts go as mail to ALARM_ADDRESS by the mail server of the platform (EMAIL_HOST and companions).
# For install.sh and for the container, which has nothing but this shell.
set -eu
folder=${1:?a folder}
: "${BASE_DOMAIN:?}" "${ALARM_ADDRESS:?who is told}"

# As a string of YAML in double quotes.
quoted() { printf '"%s"' "$(printf '%s' "$1" | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g')"; }

umask 077
login=''
if [ -n "${EMAIL_HOST_USER:-}" ]; then
    printf '%s' "${EMAIL_HOST_PASSWORD:-}" >"$folder/alertmanager-password"
    login="  smtp_auth_username: $(quoted "$EMAIL_HOST_USER")
  smtp_auth_password_file: $(quoted "$folder/alertmanager-password")"
fi
tls=false
[ "${EMAIL_USE_TLS:-}" != 1 ] || tls=true
cat >"$folder/alertmanager.yml" <<YAML
# Written by deploy/prometheus/alertmanager.sh: change the platform's settings and run that again.
global:
  smtp_smarthost: $(quoted "${EMAIL_HOST:-localhost}:${EMAIL_PORT:-25}")
  smtp_from: $(quoted "${DEFAULT_FROM_EMAIL:-portal@$BASE_DOMAIN}")
  smtp_hello: $(quoted "$BASE_DOMAIN")
  smtp_require_tls: $tls
$login

# What wakes somebody (page) comes at once and again every four hours; what can wait for the morning (ticket) is gathered
# and comes once a day.
route:
  receiver: mail
  group_by: [severity]
  group_wait: 5m
  group_interval: 1h
  repeat_interval: 24h
  routes:
    - matchers: ['severity="page"']
      receiver: mail
      group_by: [alertname]
      group_wait: 30s
      group_interval: 5m
      repeat_interval: 4h

# One cause is one mail.
inhibit_rules:
  - source_matchers: ['alertname="PagesDown"']
    target_matchers: ['alertname=~"NoWorker|JobsWait|JobsFail"']
  - source_matchers: ['alertname="NoWorker"']
    target_matchers: ['alertname="JobsWait"']
  - source_matchers: ['alertname="ManyMunicipalitiesDisturbed"']
    target_matchers: ['alertname="MunicipalitiesDisturbed"']
  - source_matchers: ['alertname="DiskFull"']
    target_matchers: ['alertname="DiskFillsUp"']
    equal: [instance, mountpoint]

receivers:
  - name: mail
    email_configs:
      - to: $(quoted "$ALARM_ADDRESS")
        send_resolved: true
        headers:
          Subject: '[$BASE_DOMAIN] {{ if eq .Status "firing" }}{{ .CommonLabels.severity }}{{ else }}over{{ end }}: {{ range \$index, \$each := .Alerts }}{{ if \$index }}, {{ end }}{{ .Labels.alertname }}{{ end }}'
        html: ''
        text: |
          {{ range .Alerts }}{{ if eq .Status "resolved" }}Over: {{ end }}{{ .Annotations.summary }}
            What to do: {{ .Annotations.runbook }}
            Since: {{ .StartsAt.Format "2006-01-02 15:04 MST" }}

          {{ end }}
YAML
