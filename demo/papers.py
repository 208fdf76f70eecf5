"""What the demo's editors have begun to print: a programme and a poster, made with a click."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from portal.printing.keeping import begin
from portal.printing.kit.settings import Poster
from portal.printing.models import Paper
from portal.printing.programme.settings import Chapters, Programme

_PREFACE = (
    "Liebe Leserinnen und Leser,\n\nin diesem Heft finden Sie, was in den nächsten Wochen bei uns stattfindet: Kurse, "
    "offene Treffs, Beratung und Feste. Vieles kostet nichts, und fast überall können Sie einfach vorbeikommen.\n\n"
    "Viel Freude beim Stöbern!"
)


def begin_papers(editor: User) -> None:
    """A booklet of the next two months by week, and a poster for the whole portal."""
    today = timezone.localdate()
    programme = Programme(
        first=today.isoformat(),
        last=(today + timedelta(days=60)).isoformat(),
        subtitle="Kurse, Treffs und Beratung in den nächsten Wochen",
        preface=_PREFACE,
        signed="Ihre Redaktion",
        chapters=Chapters.WEEK,
    )
    begin(Paper.Kind.PROGRAMME, "Was ist los?", programme.kept(), key="demo-programm", by=editor)
    poster = Poster(
        headline="Was ist hier los?",
        text="Kurse, Beratung, Vereine und Gruppen: alles auf einen Blick, ohne Anmeldung.",
        call="Scannen und Passendes finden",
    )
    begin(Paper.Kind.POSTER, "Plakat für das Rathaus", poster.kept(), key="demo-plakat", by=editor)
