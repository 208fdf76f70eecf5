"""The list of what waits for the editors, as `portal.listing` draws it."""

from typing import Any

from django.db.models import Case, CharField, DateTimeField, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy

from portal.editorial.waiting import MODELS, waiting
from portal.listing.spec import Facet, Listing, Option, Sort

NEW, CHANGE = "neu", "aenderung"


def review_rows() -> QuerySet[Any]:
    """What waits, with `way`: something new, or a change of what is public."""
    # Asked of each text that waits; as a list of all that is public it would be of every offer there is.
    since = [
        When(
            kind=kind, then=Subquery(model.objects.filter(pk=OuterRef("subject_id")).order_by().values("published_at"))
        )
        for kind, model in MODELS.items()
    ]
    public = Case(*since, default=None, output_field=DateTimeField())
    way = Case(When(public__isnull=False, then=Value(CHANGE)), default=Value(NEW), output_field=CharField())
    found: QuerySet[Any] = waiting().alias(public=public).annotate(way=way)
    return found


def _search(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Every word in the title of the text, or in the name of whoever wrote it."""
    for word in words.split():
        rows = rows.filter(
            Q(content__title__icontains=word) | Q(content__name__icontains=word) | Q(author_name__icontains=word)
        )
    return rows


REVIEW_LISTING = Listing(
    search=_search,
    facets=(
        Facet(
            "art",
            gettext_lazy("What it is"),
            "kind",
            (Option("offer", gettext_lazy("Offer")), Option("provider", gettext_lazy("Profile"))),
        ),
        Facet(
            "neu",
            gettext_lazy("New or changed"),
            "way",
            (Option(NEW, gettext_lazy("New")), Option(CHANGE, gettext_lazy("A change"))),
        ),
    ),
    sorts=(
        Sort("alt", gettext_lazy("Longest waiting first"), ("submitted_at", "pk")),
        Sort("jung", gettext_lazy("Newest first"), (F("submitted_at").desc(), "-pk")),
    ),
)
