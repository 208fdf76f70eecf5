"""Says to the room of papers who writes a report. What that needs is loaded with the first one."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from core.lazy import lazy
from portal.printing import writers
from portal.printing.models import Paper
from portal.printing.written import Written

if TYPE_CHECKING:
    from portal.planning.report import writer
else:
    writer = lazy("portal.planning.report.writer")


def _write(paper: Paper, folder: Path, day: date) -> Written:
    return writer.write(paper, folder, day)


writers.register(Paper.Kind.REPORT, _write)
