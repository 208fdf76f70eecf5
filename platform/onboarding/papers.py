"""The papers of the contract: published by version, accepted by version, kept as PDF."""

from pathlib import Path
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from audit.services import record
from onboarding import tasks
from onboarding.models import Acceptance, PaperKind, PaperVersion
from tenants.refused import RefusedError
from tenants.registry import municipality_named
from tenants.running.context import inside_public

SHIPPED = Path(__file__).parent / "texts"
LONGEST = 200_000


def publish(kind: str, text: str, *, by: Any) -> PaperVersion:
    """A new version of a paper: from now on it is the one to accept. The same text again is no new version."""
    text = text.replace("\r\n", "\n").strip()
    if not text or len(text) > LONGEST:
        raise RefusedError(_("Please give a text of at most %(most)d characters.") % {"most": LONGEST})
    with inside_public(), transaction.atomic():
        # Of two at once the second waits here.
        locked = PaperVersion.objects.select_for_update().filter(kind=PaperKind(kind)).order_by("pk")
        newest = max(locked, key=lambda each: each.number, default=None)
        if newest is not None and newest.text == text:
            return newest
        number = (newest.number if newest is not None else 0) + 1
        made = PaperVersion.objects.create(kind=kind, number=number, text=text, published_by=_name(by))
        record("onboarding.paper", made, by=by)
    return made


def current() -> list[PaperVersion]:
    """The newest version of each paper; none where nothing was published. Asked on the operator's side."""
    newest = PaperVersion.objects.order_by().values("kind").annotate(last=Max("number")).values_list("kind", "last")
    numbers = dict(newest)
    rows = PaperVersion.objects.filter(kind__in=numbers).order_by("kind", "-number")
    return [each for each in rows if each.number == numbers[each.kind]]


def accepted_by(municipality_id: int | None) -> list[Acceptance]:
    """All acceptances of a municipality, the newest first, without their files. Asked on the operator's side."""
    if municipality_id is None:
        return []
    return list(
        Acceptance.objects.filter(municipality=municipality_id).select_related("paper").defer("pdf", "paper__text")
    )


def open_for(municipality_id: int) -> list[PaperVersion]:
    """The papers it still has to accept."""
    with inside_public():
        accepted = set(Acceptance.objects.filter(municipality=municipality_id).values_list("paper_id", flat=True))
        return [each for each in current() if each.pk not in accepted]


def accept(slug: str, number: int, *, person: str, office: str, email: str) -> Acceptance:
    """Accept the present version of a paper for a municipality; a job makes its PDF. Accepted twice it is once.

    Raises RefusedError where a newer version was published meanwhile: that one was not read.
    """
    municipality = municipality_named(slug)
    with inside_public(), transaction.atomic():
        paper = next((each for each in current() if each.pk == number), None)
        if paper is None:
            raise RefusedError(_("There is a newer version of this paper. Please read that one."))
        try:
            with transaction.atomic():
                made = Acceptance.objects.create(
                    paper=paper,
                    municipality=municipality,
                    slug=slug,
                    municipality_name=municipality.name,
                    person=person.strip()[:200],
                    office=office.strip()[:200],
                    email=email,
                )
        except IntegrityError:
            return Acceptance.objects.select_related("paper").get(paper=paper, municipality=municipality)
        record(
            "onboarding.paper_accepted",
            made,
            by=email,
            changes={"municipality": [None, slug], "version": [None, paper.number]},
        )
        tasks.write_paper.defer(number=made.pk)
    return made


def _name(by: Any) -> str:
    return str(getattr(by, "email", "") or by)[:254]
