"""The demo's newsletters: one for everybody with a sent issue and a draft that waits, one for professionals."""

from datetime import timedelta

from django.utils import timezone

from portal.newsletter import making, showing
from portal.newsletter.models import Admission, Audience, Mailing, Newsletter, Reader, Rhythm, Source, State

_READERS = 36
_WEEK = timedelta(days=7)


def send_newsletters() -> None:
    """Nothing of it is mailed: the sent issue only says that it was."""
    now = timezone.now()
    everybody = Newsletter.objects.create(
        name="Neues aus dem Portal",
        slug="neues",
        description="Was dazugekommen ist und was in den nächsten zwei Wochen stattfindet. Jeden Montag.",
        rhythm=Rhythm.WEEKLY,
        due_at=making.next_draft(Rhythm.WEEKLY, after=now),
    )
    _readers(everybody, _READERS, State.ACTIVE)
    _readers(everybody, 3, State.PENDING)
    _sent(everybody)
    making.make(everybody, making.usual_period(everybody, now=now), now=now, by=None)
    professionals = Newsletter.objects.create(
        name="Für Fachkräfte",
        slug="fachkraefte",
        description="Fortbildungen, Runden und Neues für alle, die hier beruflich mit Familien arbeiten.",
        rhythm=Rhythm.MONTHLY,
        due_at=making.next_draft(Rhythm.MONTHLY, after=now),
        audience=Audience.PROFESSIONALS,
        admission=Admission.REQUEST,
        contact="Koordination Frühe Hilfen, Jugendamt",
        contact_email="fruehe-hilfen@saarbruecken.example",
        archived=False,
    )
    _readers(professionals, 8, State.ACTIVE)
    _readers(professionals, 2, State.ASKING)


def _readers(newsletter: Newsletter, number: int, state: State) -> None:
    now = timezone.now()
    Reader.objects.bulk_create(
        Reader(
            newsletter=newsletter,
            email=f"{state}{each + 1}@leserinnen.example",
            state=state,
            source=Source.LIST if each % 5 == 4 and state == State.ACTIVE else Source.FORM,
            evidence="Liste vom Familienfest" if each % 5 == 4 and state == State.ACTIVE else "",
            created_at=now - timedelta(days=3 * each + 1),
            confirmed_at=None if state == State.PENDING else now - timedelta(days=3 * each + 1),
        )
        for each in range(number)
    )


def _sent(newsletter: Newsletter) -> None:
    then = timezone.now() - _WEEK
    issue = making.make(newsletter, making.usual_period(newsletter, now=then), now=then, by=None)
    issue.preface = "<p>Guten Tag,</p><p>das ist in den letzten Wochen neu dazugekommen. Viel Freude beim Stöbern!</p>"
    showing.freeze(issue)
    issue.published_at = then
    issue.save()
    Mailing.objects.create(
        issue=issue,
        state=Mailing.State.DONE,
        starts_at=then,
        started_at=then,
        ended_at=then,
        recipients=_READERS,
        sent=_READERS - 1,
        failed=1,
        bounced=1,
    )
