"""What the demo's operator finds under way: applications, a portal that is being set up, papers, a visit of support, an
export, and how fast the portals answered today. Made once; what takes long is left to jobs."""

from datetime import timedelta
from random import Random

from django.utils import timezone

from accounts.models import User
from audit.services import record
from onboarding import papers
from onboarding import services as onboarding
from onboarding.models import Application, ApplicationState, PaperKind
from operations.safekeeping import services as safekeeping
from support import services as support
from support.closing import end
from support.models import End
from tenants.models import AnswerTimes
from tenants.running.answers import SLOT
from tenants.running.context import inside_public

BY = "seed_demo"
_SETTING_UP = {
    "name": "Kreisstadt Merzig",
    "federal_state": "SL",
    "official_key": "10042111",
    "person": "Sabine Thul",
    "office": "Hauptamt",
    "email": "sabine.thul@merzig.example",
    "slug": "merzig",
}
_WAITING = {
    "name": "Verbandsgemeinde Rodalben",
    "federal_state": "RP",
    "official_key": "07340004",
    "person": "Jörg Bauer",
    "office": "Fachbereich Soziales",
    "email": "joerg.bauer@rodalben.example",
    "slug": "rodalben",
    "words": "Wir möchten im Frühjahr beginnen und haben etwa 60 Angebote in einer Excel-Tabelle.",
}


def fill_operations(operator: User, slugs: tuple[str, ...]) -> None:
    """Everything, unless there is an application already; `slugs` are towns of the demo."""
    with inside_public():
        if Application.objects.exists():
            return
        onboarding.accept(_application(_SETTING_UP, days=9).pk, slug=_SETTING_UP["slug"], by=operator)
        _application(_WAITING, days=1)
        _answer_today(slugs)
    _accept_papers(slugs[0])
    visit = support.ask(slugs[0], by=operator, reason="Stadtteile stehen doppelt in der Liste (Anruf)", minutes=30)
    end(visit.pk, End.OPERATOR)
    safekeeping.ask(slugs[-1], by=operator)


def _application(said: dict[str, str], *, days: int) -> Application:
    """One whose address was confirmed so many days ago."""
    then = timezone.now() - timedelta(days=days)
    made = Application.objects.create(
        **said, state=ApplicationState.CONFIRMED, applied_at=then, confirmed_at=then + timedelta(minutes=12)
    )
    record("onboarding.applied", made, by=made.email)
    return made


def _accept_papers(slug: str) -> None:
    for kind in PaperKind:
        text = (papers.SHIPPED / f"{kind.value}.md").read_text(encoding="utf-8")
        paper = papers.publish(kind.value, text, by=BY)
        papers.accept(slug, paper.pk, person="Ute Klein", office="Sozialdezernat", email=f"admin@{slug}.example")


def _answer_today(slugs: tuple[str, ...]) -> None:
    """Invented visitors of the last 24 hours, more of them by day; what is really answered is added to it."""
    now, luck = timezone.now(), Random(7)
    last = now.replace(minute=now.minute - now.minute % 5, second=0, microsecond=0)
    rows = []
    for slug in slugs:
        for back in range(1, 24 * 12 + 1):
            slot = last - back * SLOT
            number = 3 + luck.randrange(4 + 40 * (7 <= timezone.localtime(slot).hour <= 21))
            slower, slow = number // 8, number // 20
            rows.append(
                AnswerTimes(
                    schema_name=slug,
                    slot=slot,
                    answers=number,
                    errors=luck.randrange(400) == 0,
                    milliseconds=number * 30 + slower * 90 + slow * 260,
                    to_50=number - slower - slow,
                    to_100=slower // 2,
                    to_200=slower - slower // 2,
                    to_500=slow,
                    to_1000=0,
                    to_2000=0,
                    to_5000=0,
                )
            )
    AnswerTimes.objects.bulk_create(rows, ignore_conflicts=True)
