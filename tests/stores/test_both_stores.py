"""Whatever is tested of files that are kept, exported, backed up, restored or deleted is tested on the disk and in a
bucket (`both_stores`), or it stands here with the reason why not."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
_WORK = re.compile(
    r"\b(?:export_municipality|restore_municipality|delete_municipality|back_up|back_up_one|restore_drill|receive"
    r"|remove_orphans|remove_unused)\(|\bdefault_storage\."
    r"|call_command\(\s*\"(?:backup|restore_drill|(?:export|restore|delete)_municipality)\""
)
_ROWS = "its rows are what is looked at"
_OWN = "has stores of its own"
ONE_STORE = {
    "adoption/test_municipalities.py": _ROWS,
    "authoring/test_pictures.py": "what the form says; storing and removing is tests/media",
    "blocks/test_reading.py": "a picture to be shown",
    "blocks/test_uses.py": _ROWS,
    "cells/test_moving.py": "pictures that are sent while it moves; a move by itself: tests/cells/test_whole.py",
    "cells/test_whole.py": "an export and a restore: both tried in tests/tenants/test_transfer.py",
    "core/test_conditional.py": "a file to be asked for twice; from a bucket: tests/stores/test_real_server.py",
    "drafting/test_browser.py": "the browser's part; the rest is tests/drafting/test_story.py",
    "history/test_pages.py": _ROWS,
    "history/test_round_trip.py": "rows; a file that comes back: tests/history/test_bin.py",
    "jobs/test_every_municipality.py": "which municipality a job works in",
    "neighbours/test_agreements.py": _ROWS,
    "onboarding/test_way.py": _ROWS,
    "outages/test_killed_servers.py": _OWN,
    "preferences/test_transfer.py": _ROWS,
    "printing/test_killed.py": "a killed press; its files in a bucket: tests/printing/test_pages.py",
    "rollout/test_stopping.py": _ROWS,
    "rollouts/test_works.py": "the pages that order what tests/tenants/test_transfer.py tries",
    "site/test_browser.py": "the browser's part; the rest is tests/site/test_library.py",
    "stores/test_outage.py": _OWN,
    "stores/test_spoilt_works.py": _OWN,
    "surveys/test_pages.py": _ROWS,
    "tenants/test_guard.py": "names that lead out; for each store: tests/tenants/test_other_storage.py",
    "tenants/test_hostile_exports.py": "refused before a file is touched",
    "tenants/test_other_storage.py": _OWN,
    "tenants/test_provisioning.py": "a mark laid by hand; sweeping elsewhere: tests/tenants/test_other_storage.py",
    "tenants/test_transfer_log.py": _ROWS,
    "vocabulary/test_at_once.py": _ROWS,
}


def test_each_is_tried_on_both_or_says_why_not():
    works = {
        str(path.relative_to(TESTS)): "both_stores" in text
        for path in TESTS.rglob("test_*.py")
        if path != Path(__file__) and _WORK.search(text := path.read_text(encoding="utf-8"))
    }
    assert {path for path, both in works.items() if not both} == ONE_STORE.keys()
    assert {path for path, both in works.items() if both} >= {
        "media/test_receive.py", "media/test_killed.py", "site/test_library.py", "tenants/test_transfer.py",
        "tenants/test_backups.py", "tenants/test_lifecycle.py", "imports/test_keeping.py", "printing/test_pages.py",
    }  # fmt: skip
