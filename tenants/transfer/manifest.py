"""The first page of an export: what it is, of whom, and what must be in it. See docs/EXPORT.md."""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tenants.refused import RefusedError

FORMAT = "chancenportal-export"
VERSION = 1
NAME = "manifest.json"
CHECKSUMS = "checksums.sha256"
LONGEST = 2**20


@dataclass
class Manifest:
    """Everything a reader must know before the first row. Sequences: `table.column` to [last value, given away].

    `files_missing` counts the files that rows name and that were not there any more, `missing` names some of them.
    `audit` says how the audit log was chained anew where operators are not named (tenants.transfer.audit_log).
    """

    slug: str
    name: str
    domains: list[dict[str, Any]]
    state: str
    state_reason: str
    wave: str
    created_at: str
    migrations: list[list[str]]
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    files: int = 0
    file_bytes: int = 0
    files_missing: int = 0
    missing: list[str] = field(default_factory=list)
    redacted: int = 0
    audit: dict[str, Any] = field(default_factory=dict)
    checksums_sha256: str = ""
    exported_at: str = ""
    release: str = ""

    def to_bytes(self) -> bytes:
        """As it stands in the file."""
        whole = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(whole, ensure_ascii=False, indent=1).encode()


# For each field the types it may have; what else it must be, its reader checks.
_SHAPES: dict[str, type | tuple[type, ...]] = {
    "slug": str, "name": str, "domains": list, "state": str, "state_reason": str, "wave": str, "created_at": str,
    "migrations": list, "tables": dict, "sequences": dict, "files": int, "file_bytes": int, "redacted": int,
    "checksums_sha256": str, "exported_at": str, "release": str, "audit": dict,
    "files_missing": int, "missing": list,
}  # fmt: skip
# What exports of earlier releases lack.
_SINCE: dict[str, Any] = {"audit": {}, "files_missing": 0, "missing": []}
_HASH = re.compile("[0-9a-f]{64}")


def no_export() -> RefusedError:
    """The file is none of ours at all."""
    return RefusedError(_("This is no export of a municipality: it lacks a readable manifest.json."))


def read(text: bytes) -> Manifest:
    """The manifest, its outline checked. RefusedError for what no export of ours, or of a newer release, says."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise no_export() from error
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise no_export()
    if found.get("version") != VERSION:
        raise RefusedError(_("This export has a format that this release cannot read. Use the release that wrote it."))
    values: dict[str, Any] = {name: found.get(name, _SINCE.get(name)) for name in _SHAPES}
    for name, shape in _SHAPES.items():
        if not isinstance(values[name], shape) or isinstance(values[name], bool):
            raise _damaged(name)
    manifest = Manifest(**values)
    _look_inside(manifest)
    return manifest


def _damaged(name: str) -> RefusedError:
    return RefusedError(_("The manifest of this export is damaged: “%(field)s” is missing or wrong.") % {"field": name})


def _says_heads(audit: dict[str, Any]) -> bool:
    heads = (audit.get("original_head"), audit.get("head"))
    return type(audit.get("rechained_from")) is int and all(
        isinstance(each, str) and _HASH.fullmatch(each) for each in heads
    )


def _look_inside(manifest: Manifest) -> None:
    checks = {
        "domains": all(
            isinstance(each, dict) and isinstance(each.get("domain"), str) and isinstance(each.get("is_primary"), bool)
            for each in manifest.domains
        ),
        "migrations": bool(manifest.migrations)
        and all(
            isinstance(each, list) and len(each) == 2 and all(isinstance(part, str) for part in each)
            for each in manifest.migrations
        ),
        "tables": all(
            isinstance(each, dict) and type(each.get("rows")) is int and isinstance(each.get("columns"), dict)
            for each in manifest.tables.values()
        ),
        "sequences": all(
            isinstance(each, list)
            and len(each) == 2
            and type(each[0]) is int
            and 0 <= each[0] < 2**63
            and isinstance(each[1], bool)
            for each in manifest.sequences.values()
        ),
        "audit": not manifest.audit or _says_heads(manifest.audit),
        "state_reason": len(manifest.state_reason) <= 500 and "\0" not in manifest.state_reason,
        "wave": len(manifest.wave) <= 40 and "\0" not in manifest.wave,
    }
    for name, sound in checks.items():
        if not sound:
            raise _damaged(name)
