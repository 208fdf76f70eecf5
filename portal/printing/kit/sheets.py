"""What posters are printed on."""

from django.utils.translation import gettext_lazy as _

from portal.printing.kit.settings import Sheet
from portal.printing.models import Paper

LARGE = "poster_a3"
KINDS = (
    (Paper.Kind.POSTER.value, _("Poster, A4")),
    (LARGE, _("Poster, A3")),
    (Paper.Kind.POSTCARD.value, _("Postcard, A6, two sides")),
    (Paper.Kind.FLYER.value, _("Flyer, DIN long, two sides")),
)
NAMES = {Paper.Kind.POSTER: _("Poster"), Paper.Kind.POSTCARD: _("Postcard"), Paper.Kind.FLYER: _("Flyer")}


def paper_and_sheet(chosen: str) -> tuple[Paper.Kind, Sheet]:
    """What one of KINDS is made as. A poster is a poster, however large."""
    return (Paper.Kind.POSTER, Sheet.A3) if chosen == LARGE else (Paper.Kind(chosen), Sheet.A4)
