"""The statement as a PDF: asked for by a page, made by a job, handed out by a view that looks who asks.

Made of the numbers alone, so each state of them has one file; the files of earlier states go.
"""

import logging
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from press.running import PressError, Sheets, print_sheets
from theming.models import Theme
from theming.paper import FONTS, write_style
from tracker.cofunding.models import Funding, Key, Statement
from tracker.cofunding.statements import Account, account_of, day_of, state_label, weight_label

logger = logging.getLogger(__name__)
State = Statement.State


def latest(funding: Funding, account: Account | None = None) -> Statement | None:
    """The paper of the numbers as they are now, where one was asked for."""
    digest = (account or account_of(funding)).digest
    return Statement.objects.filter(funding=funding, digest=digest).first()


@transaction.atomic
def ask_for(funding: Funding) -> tuple[Statement, bool]:
    """The paper of the numbers as they are, and whether the caller has to queue its job: once for each state of the
    numbers, again where it failed."""
    Funding.objects.select_for_update().get(pk=funding.pk)
    paper, fresh = Statement.objects.get_or_create(funding=funding, digest=account_of(funding).digest)
    again = paper.state == State.FAILED
    if again:
        Statement.objects.filter(pk=paper.pk).update(state=State.WAITING, asked_at=timezone.now())
    return paper, fresh or again


def make(paper: Statement) -> None:
    """Make the file, unless the numbers are other ones by now. Bears being started twice."""
    account = account_of(paper.funding)
    if paper.state != State.WAITING or account.digest != paper.digest:
        Statement.objects.filter(pk=paper.pk, state=State.WAITING).delete()
        return
    with tempfile.TemporaryDirectory(prefix="aufstellung-") as name, override("de"):
        folder = Path(name)
        write(folder, account, timezone.localdate())
        try:
            printed = print_sheets(folder, Sheets(parts=["aufstellung.html"], folders=(FONTS,)), tell=_quiet)
        except PressError:
            complaints = (folder / "complaints").read_text(encoding="utf-8", errors="replace")
            logger.warning("Statement %s could not be printed: %s", paper.pk, complaints[-2000:])
            Statement.objects.filter(pk=paper.pk).update(state=State.FAILED)
            raise
        with printed.path.open("rb") as stream:
            paper.file.save("aufstellung.pdf", File(stream), save=False)
    paper.state = State.READY
    paper.save(update_fields=["state", "file"])
    _tidy(paper)


def write(folder: Path, account: Account, day: date) -> None:
    """The page the press prints."""
    write_style(folder, Theme(), size="a4")
    context: dict[str, Any] = {
        "account": account,
        "key": Key(account.key).label if account.key else "",
        "rows": [{"line": line, "state": state_label(line), "on": day_of(line.agreed_on)} for line in account.lines],
        "weight_label": weight_label(account.key),
        "financed_on": day_of(account.financed_on),
        "day": day,
    }
    (folder / "aufstellung.html").write_text(render_to_string("cofunding/paper.html", context), encoding="utf-8")


def _quiet(_done: int, _total: int) -> None:
    """One page is soon made."""


def _tidy(paper: Statement) -> None:
    """Earlier papers of the same wish are of no use. One of the numbers as they are by now is waited for: they may have
    changed while this one was printed."""
    now = account_of(Funding.objects.get(pk=paper.funding_id)).digest
    for old in Statement.objects.filter(funding=paper.funding).exclude(pk=paper.pk).exclude(digest=now):
        if old.file:
            old.file.delete(save=False)
        old.delete()
