"""Addresses from which mail came back for good: whose they are, what was said, and that one works again."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models.functions import Lower
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from audit.services import record
from core.access import Permission, Role, allow, may
from core.returning import way_back
from core.work import following
from mail.models import Unreachable
from portal.letters.frame import crumbs, tabs
from portal.listing.export import export
from portal.listing.reading import read
from portal.listing.spec import Column, Listing, Sort
from portal.providers.models import Membership, Provider

ADDRESSES = "/redaktion/mails/adressen/"
WORK = "adresse"
LISTING = Listing(
    search=lambda rows, words: rows.filter(address__icontains=words),
    sorts=(Sort("neu", gettext_lazy("Newest first"), ("-since", "-pk")),),
    columns=(
        Column(gettext_lazy("Address"), lambda row: row.address, 34),
        Column(gettext_lazy("Since"), lambda row: row.since, 18),
        Column(gettext_lazy("What the mail server said"), lambda row: row.said, 60),
        Column(gettext_lazy("Reminders held back"), lambda row: row.held_back, 12),
    ),
    file_name="adressen",
)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def addresses(request: HttpRequest) -> HttpResponse:
    """The list, with the people and organisations behind the addresses."""
    shown = read(LISTING, Unreachable.objects.all(), request.GET)
    rows = list(shown.page)
    whose, sees_people = whose_are([each.address for each in rows]), may(request.user, Permission.PEOPLE)
    context = {
        "shown": shown,
        "rows": [{"row": each, "whose": _named(whose[each.address], sees_people)} for each in rows],
        "heading": ngettext("%(number)d address", "%(number)d addresses", shown.total) % {"number": shown.total},
        "back": request.get_full_path(),
        "files": [
            {"label": _("This list as an Excel file"), "url": "liste.xlsx"},
            {"label": _("as CSV"), "url": "liste.csv"},
        ],
        "tabs": tabs("addresses"),
        "crumbs": crumbs((_("Addresses that do not work"), "")),
    }
    return render(request, "letters/addresses.html", context)


def _named(whose: dict[str, Any], sees_people: bool) -> list[dict[str, str]]:
    """The person and the organisations as links, as far as this editor may see their pages."""
    found = []
    if (person := whose["person"]) is not None:
        url = reverse("people:one", args=[person.pk]) if sees_people else ""
        found.append({"label": str(person), "url": url, "icon": "user"})
    for each in whose["providers"]:
        found.append({"label": each.name, "url": reverse("inventory:provider", args=[each.pk]), "icon": "users"})
    return found


def whose_are(found: list[str]) -> dict[str, dict[str, Any]]:
    """For each address its person and the organisations they belong to, or whose own it is. Three statements."""
    people = {each.email: each for each in User.objects.filter(email__in=found)}
    belongs: dict[int, list[Provider]] = {}
    for each in Membership.objects.filter(user__in=people.values()).select_related("provider").order_by("pk"):
        belongs.setdefault(each.user_id, []).append(each.provider)
    own: dict[str, list[Provider]] = {}
    for provider in Provider.objects.annotate(address=Lower("email")).filter(address__in=found).order_by("pk"):
        own.setdefault(provider.email.lower(), []).append(provider)
    return {
        address: {
            "person": people.get(address),
            "providers": own.get(address, []) + (belongs.get(people[address].pk, []) if address in people else []),
        }
        for address in found
    }


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def addresses_file(request: HttpRequest, kind: str) -> HttpResponse:
    """The same as a table."""
    return export(LISTING, Unreachable.objects.all(), request, kind)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def works_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody knows better: reminders go to this address again."""
    _forget(pk, by=request.user)
    messages.success(
        request, _("Reminders go to this address again. If mail comes back once more, it stands here again.")
    )
    return redirect(following(request, WORK, pk) or way_back(request, ADDRESSES))


@transaction.atomic
def _forget(pk: int, *, by: Any) -> None:
    row = get_object_or_404(Unreachable.objects.select_for_update(), pk=pk)
    record("mail.address_works", row, by=by)
    row.delete()
