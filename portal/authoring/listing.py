"""One's own offers: where each stands, and the next step."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Case, Q, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from core.access import Role, allow
from core.text import clean_text
from portal.authoring.finding import writer
from portal.authoring.steps import LIST, address
from portal.offers.condition import Condition, condition_of, reason_of
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider

PER_PAGE = 25
LONGEST_SEARCH = 100
KINDS = {
    Condition.PUBLIC: "success",
    Condition.IN_REVIEW: "info",
    Condition.CHANGE_IN_REVIEW: "info",
    Condition.RETURNED: "warning",
    Condition.BLOCKED: "danger",
}
# What stands on the button of a row, and the page it leads to.
STEPS: dict[Condition, tuple[Promise, str]] = {
    Condition.DRAFT: (gettext_lazy("Finish it"), ""),
    Condition.RETURNED: (gettext_lazy("Complete it"), ""),
    Condition.BLOCKED: (gettext_lazy("Change it"), ""),
    Condition.PUBLIC: (gettext_lazy("Change it"), "pruefen"),
    Condition.PAUSED: (gettext_lazy("Change it"), "pruefen"),
}
FURTHER = (gettext_lazy("See where it stands"), "aenderung")
# What waits for the person comes first: what came back, and drafts.
_WAITING_FIRST = Case(
    When(Q(state__in=[State.RETURNED, State.BLOCKED, State.DRAFT]) | Q(returned_id__isnull=False), then=0), default=1
)


@dataclass(frozen=True, slots=True)
class Row:
    """An offer as its people see it in the list."""

    title: str
    condition: Condition
    kind: str
    sentence: str
    reason: str
    problem: str
    step: str
    step_url: str
    public_url: str
    organisation: str


def _row(offer: Any, *, several: bool) -> Row:
    found = condition_of(offer)
    label, page = STEPS.get(found, FURTHER)
    is_online = offer.state == State.PUBLISHED
    return Row(
        title=offer.title or _("New offer"),
        condition=found,
        kind=KINDS.get(found, ""),
        sentence=found.explanation,
        reason=reason_of(offer) if found in {Condition.RETURNED, Condition.BLOCKED} else "",
        problem=_("No further dates can be worked out for it. Please enter its dates once more.")
        if offer.dates_problem and offer.state in {State.PUBLISHED, State.PAUSED}
        else "",
        step=str(label),
        step_url=address(offer.pk, page) if page else f"{LIST}{offer.pk}/",
        public_url=offer.get_absolute_url() if is_online else "",
        organisation=offer.provider.name if several else "",
    )


@require_safe
@allow(Role.PROVIDER)
def own_offers(request: HttpRequest) -> HttpResponse:
    """All offers of one's organisations, what was changed last first; with `q` those whose title says so."""
    own = Provider.objects.kept_by(writer(request))
    sought = clean_text(request.GET.get("q", ""))[:LONGEST_SEARCH].strip()
    offers = Offer.objects.filter(provider__in=own).exclude(state=State.TRASHED)
    if sought:
        offers = offers.filter(title__icontains=sought)
    listed = offers.with_condition().select_related("provider").order_by(_WAITING_FIRST, "-updated_at", "-pk")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("seite"))
    names = list(own.values_list("name", flat=True))
    rows = [_row(offer, several=len(names) > 1) for offer in page]
    context = {
        "organisation": names[0] if len(names) == 1 else "",
        "switch_url": "/konto/anbieter/" if len(names) > 1 else "",
        "rows": rows,
        "page": page,
        "sought": sought,
        "query": urlencode({"q": sought}) if sought else "",
    }
    return render(request, "authoring/list.html", context)
