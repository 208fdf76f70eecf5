#!/usr/bin/env bash
# A newer release beside the running one, rolled out by waves while the old one serves; and the way back.
#
#   sudo deploy/update.sh [SOURCE] [--watch MINUTES] [--no-backup]     SOURCE: a folder with the new release; this one
#   sudo deploy/update.sh --back                                       the release before
#
# 1. the new release with its own packages, beside the others   2. a backup   3. `manage rollout`: the wave “canary”, then
# all, stopping by itself when errors rise; the old processes serve meanwhile (docs/OPERATING.md, “Expand, then deploy”)
# 4. only then the new processes. If they are not ready within a minute and a half, the old ones come back by themselves.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
. "$here/lib.sh"

READY_SECONDS=90
source='' watch=0 backup=1 back=''
while [ $# -gt 0 ]; do
    case $1 in
        --watch) watch=${2:?$1 needs minutes} && shift 2 ;;
        --no-backup) backup='' && shift ;;
        --back) back=1 && shift ;;
        -*) fail "there is no option $1: update.sh [SOURCE] [--watch MINUTES] [--no-backup] | --back" ;;
        *) source=$1 && shift ;;
    esac
done

# Pages and jobs by the release `current` leads to; 1 when it does not become ready.
serve_current() {
    serve_restart || return 1
    # The old ones may still answer for a moment.
    sleep 3
    wait_ready "$READY_SECONDS"
}

roll_back() {
    local before failed
    failed=$(readlink -f "$CURRENT")
    # Empty where there was none before; said below.
    before=$(readlink -f "$OPT/previous" 2>/dev/null || true)
    [ -n "$before" ] && [ -e "$before/.complete" ] || fail "there is no release before this one. Look: $(where_to_look)"
    say "Back to $(basename "$before") …"
    switch_to "$before"
    serve_current || fail "$(basename "$before") is not ready either. Look: $(where_to_look); RUNBOOK, 'The service does not start'."
    tls_restart
    say "READY: $(basename "$before") serves again; $(basename "$failed") lies beside it. The schemas keep what was added:" \
        "releases only add, so the older code works with them."
}

need_root
[ -e "$CURRENT" ] || fail "nothing is installed here: deploy/install.sh first."
only_one
if [ -n "$back" ]; then
    roll_back
    exit 0
fi

step "The new release"
source=$(cd "${source:-$(dirname "$here")}" && pwd) || fail "${source} is no folder."
new=$(make_release "$source") || fail "the release could not be put in place; the reason is above."
old=$(readlink -f "$CURRENT")
say "$new"
if [ "$new" = "$old" ]; then
    say "READY: this release serves already."
    exit 0
fi

if [ -n "$backup" ]; then
    step "A backup before"
    manage backup
fi

step "Rollout, while $(basename "$old") serves"
# In the new release, with its code: the plan and the statements are its own.
roll_out() { as_account "$new" "$new/.venv/bin/manage" rollout "$@"; }
roll_out --watch "$watch" || fail "the rollout did not end well; $(basename "$old") goes on serving.
Mend what it names, then run this again (it goes on where it was: manage rollout --resume)."

step "The new processes"
switch_to "$new"
if ! serve_current; then
    say "$(basename "$new") does not become ready. Look: $(where_to_look)" >&2
    roll_back
    exit 1
fi
tls_restart
forget_old_releases
say "READY: $(basename "$new") serves. Units and packages of its own: $CURRENT/deploy/install.sh. Back: $CURRENT/deploy/update.sh --back"
