"""What was changed last, of everything."""

from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from portal.history import words
from portal.history.registry import Chronicle, open_to
from portal.listing.reading import Shown, read
from portal.listing.spec import Facet, Listing, Option, Sort
from portal.offers.kind import NAME as OFFER
from portal.offers.models import Offer
from portal.providers.kind import NAME as PROVIDER
from portal.providers.models import Provider
from portal.revisions.models import Revision, State


def _search(rows: QuerySet[Any], sought: str) -> QuerySet[Any]:
    """By what a thing is called now, and by people. Only pages and settings are looked for in their texts: those of all
    offers would take too long to read."""
    for word in sought.split():
        people = User.objects.filter(Q(name__icontains=word) | Q(email__icontains=word)).values("pk")
        offers = Offer.objects.filter(title__icontains=word).values("pk")
        providers = Provider.objects.filter(name__icontains=word).values("pk")
        rows = rows.filter(
            Q(kind=OFFER, subject_id__in=offers)
            | Q(kind=PROVIDER, subject_id__in=providers)
            | ~Q(kind__in=[OFFER, PROVIDER]) & (Q(content__title__icontains=word) | Q(content__words__icontains=word))
            | Q(author__in=people)
            | Q(decided_by__in=people)
        )
    return rows


def _listing(kinds: list[Chronicle]) -> Listing:
    return Listing(
        search=_search,
        facets=(
            Facet("art", _("What it is"), "kind", tuple(Option(each.name, each.plural) for each in kinds)),
        ),
        sorts=(Sort("neu", _("Newest first"), (F("settled_at").desc(), "-pk")),),
        prepare=lambda rows: rows.select_related("author", "decided_by", "based_on").defer("based_on__content"),
    )  # fmt: skip


def recent_to(person: Any, given: QueryDict) -> tuple[Shown, list[dict[str, Any]]]:
    """The page of all changes that an address asks for: three statements (two of the list, one for texts)."""
    kinds = {each.name: each for each in open_to(person)}
    rows = Revision.objects.filter(kind__in=kinds).exclude(state=State.WORKING)
    shown = read(_listing(list(kinds.values())), rows, given)
    found = []
    for revision in shown.page:
        each = kinds[revision.kind]
        content = each.kind.content_of(revision)
        found.append(
            {
                "each": each,
                "pk": revision.subject_id,
                "title": words.title_of(each, content),
                "at": revision.settled_at,
                "who": words.who(revision.author, revision.author_name),
                "side": words.side_of(revision.author),
                "how": words.how(each, revision),
            }
        )
    return shown, found
