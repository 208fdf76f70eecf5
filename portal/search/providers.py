"""Finding providers by text."""

from collections.abc import Sequence

from django.db.models import F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.aggregates import Count
from django.db.models.functions import Coalesce, Concat, Lower, Replace

from core.text import DASHES, fold
from portal.offers.models import Offer
from portal.providers.models import Provider

# As core.text.fold does it: first the German letters, then the accents one finds in names.
GERMAN = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))
ACCENTS = ("àáâãåçèéêëìíîïñòóôõùúûýÿ" + DASHES, "aaaaaceeeeiiiinoooouuuyy" + "-" * len(DASHES))


def _folded(*names: str) -> Func:
    """The columns, one after the other, as `core.text.fold` would write them. Providers are few: no index is needed."""
    joined = Concat(*(part for name in names for part in (F(name), Value(" "))), output_field=TextField())
    text: Func = Lower(joined)
    for letter, letters in GERMAN:
        text = Replace(text, Value(letter), Value(letters))
    return Func(text, Value(ACCENTS[0]), Value(ACCENTS[1]), function="translate", output_field=TextField())


def find_providers(words: Sequence[str]) -> QuerySet[Provider]:
    """Public providers that contain all words; those with the first word in their name first."""
    found = Provider.objects.public()
    if not words:
        return found.order_by("name", "pk")
    found = found.alias(words=_folded("name", "tagline", "summary", "description", "city"), title=_folded("name"))
    condition = Q()
    for word in words:
        condition &= Q(words__contains=word)
    in_name = Func(F("title"), Value(fold(words[0])), function="strpos", output_field=IntegerField())
    found = found.filter(condition).alias(in_name=in_name)
    return found.order_by(
        Func(F("in_name"), Value(1), function="LEAST", output_field=IntegerField()).desc(), "name", "pk"
    )


def with_offer_count(providers: QuerySet[Provider]) -> QuerySet[Provider]:
    """Adds `offer_count`, the number of current offers."""
    own = Offer.objects.current().filter(provider=OuterRef("pk")).order_by().values("provider")
    return providers.annotate(
        offer_count=Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), Value(0))
    )
