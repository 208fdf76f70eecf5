"""What is in an export, without restoring it: every checksum is compared, nothing is changed."""

from pathlib import Path
from typing import Any

from tenants.progress import Progress, silent
from tenants.transfer.building import compare
from tenants.transfer.reading import Archive


def look_into(path: Path, *, progress: Progress = silent) -> dict[str, Any]:
    """What its manifest says, and whether it is of an earlier release; all plain values.

    Raises RefusedError, with one sentence, for a file that is no export, is damaged, or comes from a newer release.
    """
    with Archive.open(path) as archive:
        manifest = archive.manifest
        wanted, known, _graph = compare(manifest.migrations)
        archive.verify(progress)
    return {
        "slug": manifest.slug,
        "name": manifest.name,
        "hosts": [each["domain"] for each in sorted(manifest.domains, key=lambda each: not each["is_primary"])],
        "state": manifest.state,
        "exported_at": manifest.exported_at,
        "rows": sum(each["rows"] for each in manifest.tables.values()),
        "files": manifest.files,
        "file_bytes": manifest.file_bytes,
        "is_older": wanted != known,
    }
