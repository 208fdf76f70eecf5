"""The one mail a provider gets of a bulk action, with all its offers, when everything is done or taken back."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mail.services import post_kind
from portal.inventory.bulk.deeds import Deed
from portal.inventory.models import BulkItem, BulkRun, Subject
from portal.offers.models import Offer
from portal.providers.models import Membership, Provider
from tenants.urls import own_address

MOST_NAMED = 50


def tell(run: BulkRun, deed: Deed) -> None:
    """Write to the administrators of every provider concerned; with a transfer to those of both."""
    state = BulkItem.State.BACK if run.back else BulkItem.State.DONE
    items = list(run.items.filter(state=state))
    titles = _by_provider(run, items)
    people = _people(titles)
    names = Provider.objects.in_bulk(list(titles))
    by = run.back_by if run.back else run.started_by
    with translation.override(settings.LANGUAGE_CODE):
        for pk, found in sorted(titles.items()):
            for to in people.get(pk, []):
                if by is None or to != by.email:
                    _send(run, deed, names[pk], found, to, getattr(by, "email", ""))


def _send(run: BulkRun, deed: Deed, provider: Provider, titles: list[str], to: str, reply_to: str) -> None:
    values: dict[str, Any] = {
        "organisation": str(provider),
        "what": deed.done,
        "titles": _listed(titles),
        "entries": _entries(run, str(provider), len(titles)),
        "number": len(titles),
        "reason": run.reason,
        "to": _name_of(run.params.get("which")) if deed.name == "uebertragen" else "",
        "link": own_address() + ("konto/angebote/" if run.subject == Subject.OFFERS else "konto/"),
    }
    post_kind("bulk_action_taken_back" if run.back else "bulk_action", to=to, values=values, reply_to=reply_to)


def _listed(titles: list[str]) -> str:
    lines = [f"- {title}" for title in titles[:MOST_NAMED]]
    if more := len(titles) - len(lines):
        lines.append(ngettext("and %(number)d more", "and %(number)d more", more) % {"number": more})
    return "\n".join([_("It concerns:"), *lines]) if lines else ""


def _entries(run: BulkRun, organisation: str, number: int) -> str:
    if run.subject != Subject.OFFERS:
        return _("something at %(organisation)s") % {"organisation": organisation}
    said = ngettext("%(number)d offer of %(organisation)s", "%(number)d offers of %(organisation)s", number)
    return said % {"number": number, "organisation": organisation}


def _name_of(pk: Any) -> str:
    found = Provider.objects.filter(pk=int(pk or 0)).first()
    return str(found or "")


def _by_provider(run: BulkRun, items: Iterable[BulkItem]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    if run.subject == Subject.PROVIDERS:
        return {item.subject_id: [] for item in items}
    there = {pk: (title, to) for pk, title, to in Offer.objects.filter(
        pk__in=[item.subject_id for item in items]).values_list("pk", "title", "provider")}  # fmt: skip
    for item in items:
        if item.subject_id not in there:
            continue
        title, owner = there[item.subject_id]
        for pk in {owner, *(side["provider"] for side in (item.before, item.after) if "provider" in side)}:
            found[pk].append(title)
    return found


def _people(providers: Iterable[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = Membership.objects.filter(
        provider__in=list(providers), role=Membership.Role.ADMINISTRATOR, user__is_active=True
    ).order_by("pk")
    for pk, address in rows.values_list("provider", "user__email"):
        found[pk].append(address)
    return found
