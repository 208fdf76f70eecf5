"""A town with offers, and papers made here and now."""

import uuid
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from portal.printing import making, tasks
from portal.printing.models import Paper

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)


@pytest.fixture
def a_paper() -> Callable[..., Paper]:
    """`a_paper(says={…})`: inside the municipality of the caller."""

    def begin(kind: str = "programme", title: str = "Winterprogramm", **says: Any) -> Paper:
        usual = {"first": FIRST.isoformat(), "last": LAST.isoformat()} if kind == "programme" else {}
        return Paper.objects.create(key=uuid.uuid4().hex, kind=kind, title=title, says=usual | says)

    return begin


@pytest.fixture
def printed(tmp_path: Path) -> Callable[[Paper], Path]:
    """Makes a paper as the job does, and gives its file."""

    def make(paper: Paper) -> Path:
        assert making.ask_for(paper, by="test")
        tasks.make_paper(paper=paper.pk)
        paper.refresh_from_db()
        assert paper.state == Paper.State.READY, paper.trouble
        path = tmp_path / f"{paper.pk}-{paper.digest[:8]}.pdf"
        with paper.file.open("rb") as stream:
            path.write_bytes(stream.read())
        return path

    return make
