"""A flyer that the demo's provider had read: a draft whose values are proposals, beside the flyer itself.

It is a PDF with its text, so that nothing has to be recognised while the demo is made.
"""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone, translation

from accounts.models import User
from core.lazy import lazy
from portal.drafting import services
from portal.offers.models import Offer
from portal.providers.models import Provider

if TYPE_CHECKING:
    from portal.drafting import working
else:
    working = lazy("portal.drafting.working")

NAME = "Flyer Familienfest.pdf"
_WEEKDAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")
_MONTHS = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
           "Dezember")  # fmt: skip
_SATURDAY = 5


def a_flyer(user: User) -> Offer:
    """Read as any flyer is, and taken over as a draft; nobody has confirmed anything yet."""
    provider = Provider.objects.kept_by(user).order_by("pk")[0]
    with translation.override("de"):
        reading = services.begin_flyer(flyer(provider, timezone.localdate()), NAME, provider, by=user)
        # Done here and now: the job that is queued finds nothing left to do.
        working.work(reading.pk)
        return services.take_over(reading, 0, by=user)


def flyer(provider: Provider, today: date) -> bytes:
    """A sheet of paper about a Saturday in about three months."""
    day = today + timedelta(days=84 + (_SATURDAY - today.weekday()) % 7)
    return _pdf(
        "Familienfest im Hof",
        (
            f"{_WEEKDAYS[day.weekday()]}, {day.day}. {_MONTHS[day.month - 1]} {day.year}",
            "14 bis 18 Uhr",
            f"{provider.street}, {provider.postcode} {provider.city}",
            "Eintritt: 3 Euro",
            f"Anmeldung: {provider.contact_name or provider.name}",
            f"{provider.phone or '0681 5550100'}, {provider.email or 'info@verein.example'}",
        ),
    )


def _pdf(title: str, rows: tuple[str, ...]) -> bytes:
    """A page by hand: a coloured band with the title, the rows below it."""
    drawn = ["0.04 0.37 0.33 rg 0 632 595 210 re f", "1 1 1 rg", _text(title, 48, 722), "0.1 0.1 0.1 rg"]
    drawn += [_text(row, 24 if number < 2 else 18, 560 - 56 * number) for number, row in enumerate(rows)]
    stream = "\n".join(drawn)
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        f"/Resources << /Font << /F1 {font} >> >> >>",
        f"<< /Length {len(_coded(stream))} >>\nstream\n{stream}\nendstream",
    )
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(made))
        made += _coded(f"{number} 0 obj\n{each}\nendobj\n")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    return made + _coded(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(made)}\n%%EOF\n"
    )


def _text(words: str, size: int, height: int) -> str:
    plain = words.replace("\\", "").replace("(", "").replace(")", "")
    return f"BT /F1 {size} Tf 60 {height} Td ({plain}) Tj ET"


def _coded(text: str) -> bytes:
    return text.encode("cp1252", "replace")
