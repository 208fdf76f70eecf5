"""What posters are printed on."""

from django.utils.translation import gettext_lazy as _

from portal.printing.models import Paper

LARGE = "poster_a3"
KINDS = (
    (Paper.Kind.POSTER.value, _("Poster, A4")),
    (LARGE, _("Poster, A3")),
    (Paper.Kind.POSTCARD.value, _("Postcard, A6, two sides")),
    (Paper.Kind.FLYER.value, _("Flyer, DIN long, two sides")),
)
NAMES = {Paper.Kind.POSTER: _("Poster"), Paper.Kind.POSTCARD: _("Postcard"), Paper.Kind.FLYER: _("Flyer")}
