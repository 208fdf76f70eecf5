"""What the demo's operator finds under way: applications, a portal that is being set up, papers, a visit of support, an
export, a backup with its drill, and how fast the portals answered today. Made once; what takes long is left to jobs."""

from datetime import timedelta

from django.db import connection
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
from tenants.models import AnswerTimes, Backup, Drill
from tenants.running.context import inside_public

BY = "seed_demo"
_SETTING_UP = ("Kreisstadt Merzig", "SL", "10042111", "Sabine Thul", "Hauptamt", "sabine.thul@merzig.example", "merzig")
_WAITING = (
    "Verbandsgemeinde Rodalben",
    "RP",
    "07340004",
    "Jörg Bauer",
    "Fachbereich Soziales",
    "joerg.bauer@rodalben.example",
    "rodalben",
)
_WORDS = "Wir möchten im Frühjahr beginnen und haben etwa 60 Angebote in einer Excel-Tabelle."


def fill_operations(operator: User, slugs: tuple[str, ...]) -> None:
    """Everything, unless there is an application already; `slugs` are towns of the demo."""
    with inside_public():
        if Application.objects.exists():
            return
        onboarding.accept(_application(*_SETTING_UP, days=9).pk, slug=_SETTING_UP[-1], by=operator)
        _application(*_WAITING, days=1, words=_WORDS)
        _back_up_last_night(slugs[0])
        _answer_today(slugs)
    _accept_papers(slugs[0])
    visit = support.ask(slugs[0], by=operator, reason="Stadtteile stehen doppelt in der Liste (Anruf)", minutes=30)
    end(visit.pk, End.OPERATOR)
    safekeeping.ask(slugs[-1], by=operator)


def _application(
    name: str, state: str, key: str, person: str, office: str, email: str, slug: str, *, days: int, words: str = ""
) -> Application:
    """One whose address was confirmed so many days ago."""
    then = timezone.now() - timedelta(days=days)
    made = Application.objects.create(
        name=name,
        federal_state=state,
        official_key=key,
        person=person,
        office=office,
        email=email,
        slug=slug,
        words=words,
        state=ApplicationState.CONFIRMED,
        applied_at=then,
        confirmed_at=then + timedelta(minutes=12),
    )
    record("onboarding.applied", made, by=email)
    return made


def _accept_papers(slug: str) -> None:
    for kind in PaperKind:
        text = (papers.SHIPPED / f"{kind.value}.md").read_text(encoding="utf-8")
        paper = papers.publish(kind.value, text, by=BY)
        papers.accept(slug, paper.pk, person="Ute Klein", office="Sozialdezernat", email=f"admin@{slug}.example")


def _back_up_last_night(slug: str) -> None:
    """As the timer of a machine would have noted it: there is nothing on the disk of a demo."""
    then = timezone.now() - timedelta(hours=9)
    made = Backup.objects.create(
        kind=Backup.Kind.FULL, path="/demo/letzte-nacht", finished_at=then, verified_at=then, bytes=734_003_200
    )
    Backup.objects.filter(pk=made.pk).update(started_at=then - timedelta(minutes=4))
    figures = {"tables": 190, "rows equal": 48_210, "rows newer": 112, "files equal": 96}
    drill = Drill.objects.create(backup=made, slug=slug, passed=True, figures=figures, seconds=21.4)
    Drill.objects.filter(pk=drill.pk).update(at=then + timedelta(hours=1))


def _answer_today(slugs: tuple[str, ...]) -> None:
    """Invented visitors of the last 24 hours, more of them by day; what is really answered is added to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {AnswerTimes._meta.db_table} (schema_name, slot, answers, errors, milliseconds, "
            "to_50, to_100, to_200, to_500, to_1000, to_2000, to_5000) "
            "SELECT slug, slot, n, (n > 58)::int, n * 41, n * 8 / 10, n / 10, n - n * 8 / 10 - n / 10 - n / 20, n / 20, "
            "0, 0, 0 FROM unnest(%s::text[]) AS slug CROSS JOIN LATERAL ("
            "SELECT to_timestamp(floor(extract(epoch FROM now()) / 300) * 300 - 300 * back) AS slot, "
            "(4 + abs(hashtext(slug || back)) %% 30 * (1 + sin((extract(hour FROM now()) - back / 12 - 7) / 24 * 2 * pi())))"
            "::int AS n FROM generate_series(1, 288) AS back) AS slots ON CONFLICT DO NOTHING",
            [list(slugs)],
        )
