"""The list of pictures: whose they are, what they lack, whether anything shows them."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, QuerySet, Sum, Value, When
from django.utils.translation import gettext_lazy as _

from portal.listing.spec import Column, Facet, Listing, Option, Sort
from portal.media.models import MediaFile
from portal.media.uses import Use, image_models, places, shown_elsewhere

OWN, PROVIDERS = "eigene", "anbieter"
MISSING, THERE = "fehlt", "da"
USED, UNUSED = "ja", "nein"


def rows() -> QuerySet[Any]:
    """All whole pictures with `whose`, `described` and `shown`; parts cut from one are no pictures of their own."""
    shown: Any = Q(pk__in=shown_elsewhere())
    for model, _owner in image_models():
        mine = Q(media=OuterRef("pk")) | Q(media__original=OuterRef("pk"))
        shown |= Exists(model._default_manager.filter(mine))
    return MediaFile.objects.filter(original=None).annotate(
        whose=_either(Q(owner=None), OWN, PROVIDERS),
        described=_either(Q(alt_text=""), MISSING, THERE),
        shown=_either(shown, USED, UNUSED),
    )


def _either(condition: Q, yes: str, no: str) -> Case:
    return Case(When(condition, then=Value(yes)), default=Value(no), output_field=CharField())


def _search(found: QuerySet[Any], words: str) -> QuerySet[Any]:
    for word in words.split():
        found = found.filter(
            Q(alt_text__icontains=word) | Q(copyright__icontains=word) | Q(permission__icontains=word)
            | Q(owner__name__icontains=word)
        )  # fmt: skip
    return found


LISTING = Listing(
    facets=(
        Facet(
            "beschreibung",
            _("Description"),
            "described",
            (Option(MISSING, _("missing")), Option(THERE, _("there"))),
        ),
        Facet(
            "wessen",
            _("Whose"),
            "whose",
            (Option(OWN, _("of the municipality")), Option(PROVIDERS, _("of providers"))),
        ),
        Facet("benutzt", _("In use"), "shown", (Option(USED, _("yes")), Option(UNUSED, _("no")))),
    ),
    search=_search,
    prepare=lambda found: found.select_related("owner"),
    sorts=(
        Sort("neu", _("Newest first"), ("-created_at", "-pk")),
        Sort("gross", _("Largest first"), ("-bytes", "-pk")),
    ),
    columns=(
        Column(_("Description"), lambda row: row.alt_text, 60),
        Column(_("Copyright"), lambda row: row.copyright, 40),
        Column(_("Permission"), lambda row: row.permission, 40),
        Column(_("Provider"), lambda row: row.owner.name if row.owner else "", 30),
        Column(_("Bytes"), lambda row: row.bytes, 12),
        Column(_("Uploaded"), lambda row: row.created_at, 18),
    ),
    file_name="bilder",
    per_page=24,
)  # fmt: skip


def uses_of(found: Iterable[MediaFile]) -> dict[int, list[Use]]:
    """Where each of these is shown, by its number or by a part of it; a fixed number of statements."""
    whole = {row.pk: row.pk for row in found}
    whole |= dict(MediaFile.objects.filter(original__in=list(whole)).values_list("pk", "original_id"))
    by_whole: dict[int, list[Use]] = defaultdict(list)
    for use in places(list(whole)):
        by_whole[whole[use.media]].append(use)
    return by_whole


def storage() -> dict[str, Any]:
    """How many pictures there are and how much room they take; one statement."""
    own = Q(owner=None)
    return MediaFile.objects.aggregate(
        number=Count("pk", filter=Q(original=None)),
        size=Sum("bytes", default=0),
        own_number=Count("pk", filter=own & Q(original=None)),
        own_size=Sum("bytes", filter=own, default=0),
    )
