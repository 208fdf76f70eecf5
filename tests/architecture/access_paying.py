"""A wish that is paid together, for `access.csv`: with a former municipality in it, a statement, an open roadmap."""

from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from core.access import Role
from tracker.board.models import BoardSettings
from tracker.cofunding.models import Funding, Key, Statement
from tracker.cofunding.services import estimate, join
from tracker.cofunding.statements import account_of
from tracker.tickets import services
from tracker.tickets.models import Participant, of_municipality, operator


def paid() -> dict[str, Any]:
    """The names that access.csv uses in braces."""
    town = Participant.objects.create(slug="zahlstadt", name="Zahlstadt", shown_name="Redaktion Zahlstadt")
    viewer = of_municipality(town, Role.EDITOR, person=1)
    wish = services.report(by=viewer, kind="wish", title="Wird gemeinsam bezahlt")
    estimate(wish, 100_000, by=operator("test"))
    join(wish, by=viewer, key=Key.EQUAL)
    Participant.objects.filter(pk=town.pk).update(slug=None, name="", shown_name="", left_at=timezone.now())
    funding = Funding.objects.get(ticket=wish)
    paper = Statement(funding=funding, digest=account_of(funding).digest, state=Statement.State.READY)
    paper.file.save("aufstellung.pdf", ContentFile(b"%PDF-1.7"), save=False)
    paper.save()
    BoardSettings.objects.update_or_create(pk=1, defaults={"public_roadmap": True})
    return {"paid_wish": wish, "paid_former": town}
