"""What waits that no other room keeps: texts handed in, offers without dates."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.task_cards import EDITORS
from core.work import Item, Source, register
from portal.editorial.desk.changed import changed_fields
from portal.editorial.waiting import MODELS, waiting
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.revisions.models import Desk, Revision, State

OFFER, PROVIDER = "offer", "provider"
REVIEW = "/redaktion/pruefen/"
MOST_TITLE = 120


def _revisions(kind: str, *, public: bool) -> Callable[[], QuerySet[Any]]:
    """Texts of one kind that wait for the editors: of what is public already (a change), or of what is new."""

    def rows() -> QuerySet[Any]:
        out = Exists(MODELS[kind].objects.filter(pk=OuterRef("subject_id"), published_at__isnull=False))
        found = Revision.objects.filter(state=State.SUBMITTED, waits_for=Desk.EDITORS, kind=kind)
        return found.filter(out if public else ~out).values_list("subject_id", "submitted_at")

    return rows


def _title(revision: Revision) -> str:
    return str(revision.content.get("title") or revision.content.get("name") or _("Without a title"))[:MOST_TITLE]


def _teller(kind: str, *, public: bool) -> Callable[[Sequence[int]], list[Item]]:
    def tell(keys: Sequence[int]) -> list[Item]:
        found = list(waiting().filter(kind=kind, subject_id__in=keys))
        providers = dict(_names(kind, keys))
        return [_text(each, providers.get(each.subject_id, ""), public=public) for each in found]

    return tell


def _names(kind: str, keys: Sequence[int]) -> Any:
    """The provider of each subject by its key."""
    if kind == OFFER:
        return Offer.objects.filter(pk__in=keys).values_list("pk", "provider__name")
    return Provider.objects.filter(pk__in=keys).values_list("pk", "name")


def _text(revision: Revision, provider: str, *, public: bool) -> Item:
    by = str(revision.author or "")
    if revision.kind == PROVIDER and not public:
        what = _("%(name)s has registered this organisation.") % {"name": by} if by else _("A new organisation.")
    else:
        parts = (provider if revision.kind == OFFER else "", changed_fields(revision) if public else "", by)
        what = " · ".join(part for part in parts if part)
    return Item(
        kind=revision.kind,
        pk=revision.subject_id,
        title=_title(revision),
        what=what,
        since=revision.submitted_at,  # type: ignore[arg-type]  # submitted ones have it
        who=by,
        url=f"{REVIEW}{revision.pk}/",
        verb=_("Check"),
    )


def _dateless() -> QuerySet[Any]:
    return Offer.objects.with_date_problems().values_list("pk", "updated_at")


def _tell_dateless(keys: Sequence[int]) -> list[Item]:
    found = Offer.objects.with_date_problems().filter(pk__in=keys).select_related("provider")
    return [
        Item(
            kind="dates",
            pk=each.pk,
            title=each.title,
            what=" · ".join(part for part in (each.provider.name, each.dates_problem) if part),
            since=each.updated_at,
            who=each.provider.name,
            url=f"/konto/angebote/{each.pk}/wann/",
            verb=_("Set dates"),
        )
        for each in found
    ]


def _review(name: str, kind: str, public: bool, icon: str, label: Any, plural: Any, order: int) -> Source:
    return Source(
        name,
        label,
        icon,
        EDITORS,
        rows=_revisions(kind, public=public),
        tell=_teller(kind, public=public),
        plural=plural,
        thread=kind,
        order=order,
    )


register(
    _review(
        "anmeldung",
        PROVIDER,
        False,
        "building",
        gettext_lazy("Registration of a provider"),
        gettext_lazy("Registrations"),
        10,
    ),
    _review("angebot", OFFER, False, "plus", gettext_lazy("New offer"), gettext_lazy("New offers"), 20),
    _review("aenderung", OFFER, True, "edit", pgettext_lazy("of an offer", "Change"), gettext_lazy("Changes"), 30),
    _review("profil", PROVIDER, True, "edit", gettext_lazy("Change of a profile"), gettext_lazy("Profiles"), 40),
    Source(
        "termine",
        gettext_lazy("No further dates"),
        "calendar",
        EDITORS,
        rows=_dateless,
        tell=_tell_dateless,
        plural=gettext_lazy("Without dates"),
        thread="dates",
        order=85,
        leads_on=False,
    ),
)
