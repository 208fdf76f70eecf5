"""Groups for comparison: making, wording, and who is in them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from comparison import services
from comparison.choosing import SMALLEST
from comparison.models import Cohort, Consent, Group, Member
from core.access import Role, allow
from core.numbers import whole_numbers
from operations.statistics.forms import GroupForm
from operations.statistics.views import crumbs
from tenants.models import Municipality, State
from tracker.tickets.models import Participant

_HERE = "/betrieb/statistik/gruppen/"
MOST_MONTHS = 12


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def groups(request: HttpRequest) -> HttpResponse:
    """All groups with how many take part; a new one is made here."""
    form = GroupForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = services.save_group(form.instance, by=request.user)
        return redirect("statistics:group", made.pk)
    agreed = set(Consent.objects.values_list("municipality", flat=True))
    rows = []
    for group in Group.objects.prefetch_related("members"):
        members = [each.municipality_id for each in group.members.all()]
        rows.append({"it": group, "members": len(members), "agreed": sum(each in agreed for each in members)})
    context = {"crumbs": crumbs((_("Groups"), "")), "form": form, "rows": rows, "smallest": SMALLEST}
    return render(request, "statistics/groups.html", context, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """One group: its words, its members, who else there is, and of which months something is told."""
    found = get_object_or_404(Group, pk=pk)
    form = GroupForm(request.POST if request.method == "POST" else None, instance=found)
    if request.method == "POST" and form.is_valid():
        services.save_group(form.instance, by=request.user)
        messages.success(request, _("Saved."))
        return redirect("statistics:group", pk)
    name = Group.objects.values_list("name", flat=True).get(pk=pk)
    context = {
        "crumbs": crumbs((_("Groups"), _HERE), (name, "")),
        "group": found,
        "name": name,
        "form": form,
        "months": [
            {"month": each.month, "number": len(each.towns)} for each in Cohort.objects.filter(group=pk)[:MOST_MONTHS]
        ],
        "smallest": SMALLEST,
        **_towns(pk),
    }
    return render(request, "statistics/group.html", context, status=400 if form.errors else 200)


def _towns(pk: int) -> dict[str, Any]:
    """Members and all others in operation, with size, other group and consent. Four statements."""
    agreed = set(Consent.objects.values_list("municipality", flat=True))
    inhabitants = dict(Participant.objects.present().values_list("municipality", "inhabitants"))
    where = {row.municipality_id: row.group for row in Member.objects.select_related("group")}
    rows = [
        {
            "pk": each.pk, "name": each.name, "inhabitants": inhabitants.get(each.pk), "agreed": each.pk in agreed,
            "group": where.get(each.pk),
        }
        for each in Municipality.objects.exclude(state=State.ARCHIVED).only("pk", "name")
    ]  # fmt: skip
    mine = [each for each in rows if each["group"] is not None and each["group"].pk == pk]
    others = [each for each in rows if each not in mine]
    return {"members": mine, "others": sorted(others, key=lambda each: -(each["inhabitants"] or 0))}


def _chosen(request: HttpRequest) -> list[Municipality]:
    return list(Municipality.objects.filter(pk__in=whole_numbers(request.POST.getlist("kommune"))))


@require_POST
@allow(Role.OPERATOR)
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the ticked municipalities in."""
    number = services.add(get_object_or_404(Group, pk=pk), _chosen(request), by=request.user)
    messages.success(request, ngettext("%(number)d is new.", "%(number)d are new.", number) % {"number": number})
    return redirect("statistics:group", pk)


@require_POST
@allow(Role.OPERATOR)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the ticked municipalities out."""
    number = services.remove(get_object_or_404(Group, pk=pk), _chosen(request), by=request.user)
    messages.success(request, ngettext("%(number)d is out.", "%(number)d are out.", number) % {"number": number})
    return redirect("statistics:group", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.OPERATOR)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and delete a group with its medians."""
    found = get_object_or_404(Group, pk=pk)
    if request.method == "POST":
        services.delete_group(found, by=request.user)
        messages.success(request, _("The group is deleted."))
        return redirect("statistics:groups")
    trail = crumbs((_("Groups"), _HERE), (found.name, f"{_HERE}{pk}/"), (_("Delete"), ""))
    context = {"crumbs": trail, "group": found, "months": found.cohorts.count()}
    return render(request, "statistics/group_delete.html", context)
