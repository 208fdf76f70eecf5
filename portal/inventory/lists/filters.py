"""Filters that people keep: one's own and those that colleagues share."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from core.access import Role, allow
from core.text import clean_text
from portal.authoring.finding import writer
from portal.inventory.lists.on_paper import programme_url
from portal.inventory.lists.seen import list_url, listing_of
from portal.inventory.models import LONGEST_QUERY, SavedFilter, Subject
from portal.listing.reading import understood

LONGEST_NAME, MOST_OWN = 60, 30
# What everybody has without keeping it.
BUILT_IN = {
    Subject.OFFERS: (
        (gettext_lazy("All"), ""),
        (gettext_lazy("Waiting"), "zustand=in_review&zustand=change_in_review"),
        (gettext_lazy("Ends soon"), "merkmal=endet"),
        (gettext_lazy("Long unchecked"), "merkmal=pruefen"),
        (gettext_lazy("Without a picture"), "zustand=public&fehlt=bild"),
        (gettext_lazy("Accessibility unknown"), "zustand=public&fehlt=barriere"),
        (gettext_lazy("In the bin"), "zustand=trashed"),
    ),
    Subject.PROVIDERS: (
        (gettext_lazy("All"), ""),
        (gettext_lazy("Waiting"), "zustand=in_review&zustand=change_in_review"),
        (pgettext_lazy("providers", "Trusted"), "merkmal=vertraut"),
        (gettext_lazy("Nobody signs in for it"), "merkmal=personen"),
        (gettext_lazy("Without offers"), "merkmal=angebote"),
        (gettext_lazy("In the bin"), "zustand=trashed"),
    ),
}


def visible_to(person: User, subject: Subject) -> Any:
    """One's own and those that are shared."""
    return SavedFilter.objects.filter(Q(owner=person) | Q(shared=True), subject=subject)


def chips(person: User, subject: Subject, query: str) -> list[dict[str, Any]]:
    """The built-in and the kept filters as links; the one that is shown is marked."""
    here = _sorted(query)
    kept = (
        visible_to(person, subject).annotate(mine=Q(owner=person)).values_list("name", "query", "mine", "owner__name")
    )
    found = [(label, asked, "") for label, asked in BUILT_IN[subject]]
    found += [(name, asked, "" if mine else owner) for name, asked, mine, owner in kept]
    return [
        {"label": label, "url": list_url(subject, asked), "by": by, "current": _sorted(asked) == here}
        for label, asked, by in found
    ]


def _sorted(query: str) -> list[tuple[str, str]]:
    return sorted(parse_qsl(query))


def tidied(subject: Subject, query: str) -> str:
    """What of an address the list understands; nothing else is kept."""
    asked = QueryDict(query[:LONGEST_QUERY])
    return understood(listing_of(subject, asked), asked).query(alle="")


def subject_named(name: str) -> Subject:
    """The list of this name; 404 for any other word."""
    if name not in Subject.values:
        raise Http404
    return Subject(name)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def manage(request: HttpRequest, subject: str) -> HttpResponse:
    """One's kept filters of a list, and keeping another one."""
    about = subject_named(subject)
    if request.method == "POST":
        return _keep(request, about)
    return _shown(request, about, query=tidied(about, request.GET.urlencode()))


def _keep(request: HttpRequest, about: Subject) -> HttpResponse:
    person = writer(request)
    name = " ".join(clean_text(request.POST.get("name", "")).split())
    query = tidied(about, request.POST.get("auswahl", ""))
    own = SavedFilter.objects.filter(owner=person, subject=about)
    mistake = ""
    if not name:
        mistake = _("Please give the filter a name.")
    elif len(name) > LONGEST_NAME:
        mistake = _("Please use at most %(most)d characters.") % {"most": LONGEST_NAME}
    elif own.exclude(name=name).count() >= MOST_OWN:
        mistake = _("You keep %(most)d filters already. Please remove one first.") % {"most": MOST_OWN}
    if mistake:
        return _shown(request, about, query=query, name=name, mistake=mistake)
    SavedFilter.objects.update_or_create(
        owner=person, subject=about, name=name, defaults={"query": query, "shared": "geteilt" in request.POST}
    )
    messages.success(request, _("The filter is kept. You find it above the list."))
    return redirect(list_url(about, query))


def _shown(request: HttpRequest, about: Subject, *, query: str, name: str = "", mistake: str = "") -> HttpResponse:
    person = writer(request)
    found = visible_to(person, about).select_related("owner").order_by(F("owner").asc(), "pk")
    asked = QueryDict(query)
    understanding = understood(listing_of(about, asked), asked)
    context = {
        "subject": about,
        "query": query,
        "said": _in_words(understanding),
        "name": name,
        "mistake": mistake,
        "back": list_url(about, query),
        "rows": [
            {
                "filter": each,
                "url": list_url(about, each.query),
                "mine": each.owner_id == person.pk,
                "programme": programme_url(about, each.query),
            }
            for each in found
        ],
        "crumbs": [
            {"label": _("Editorial desk"), "url": "/redaktion/"},
            {"label": about.label, "url": list_url(about)},
            {"label": _("Kept filters"), "url": ""},
        ],
    }
    return render(request, "inventory/filters.html", context)


def _in_words(asked: Any) -> list[str]:
    words = [f"„{asked.words}“"] if asked.words else []
    for each in asked.listing.narrowings:
        words += [str(option.label) for option in each.options if option.value == asked.narrowed[each.name]]
    for facet in asked.listing.facets:
        words += [str(option.label) for option in facet.options if option.value in asked.chosen[facet.name]]
    return words


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a filter of one's own; 404 for those of others."""
    found = get_object_or_404(SavedFilter, pk=pk, owner=writer(request))
    subject = found.subject
    found.delete()
    messages.success(request, _("The filter was removed."))
    return redirect(reverse("inventory:filters", args=[subject]))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Share a filter of one's own with the colleagues, or no longer."""
    found = get_object_or_404(SavedFilter, pk=pk, owner=writer(request))
    SavedFilter.objects.filter(pk=found.pk).update(shared="an" in request.POST)
    return redirect(reverse("inventory:filters", args=[found.subject]))


def add_url(subject: Subject, query: str) -> str:
    """The page on which what is shown gets a name."""
    return f"{reverse('inventory:filters', args=[subject])}?{urlencode(parse_qsl(query))}"
