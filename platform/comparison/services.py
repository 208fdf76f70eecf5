"""Taking part, and groups: each change is one transaction and one entry in the log of whoever made it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from comparison.models import Consent, Group, Member
from tenants.models import Municipality
from tenants.refused import RefusedError
from tracker.tickets.models import Participant
from tracker.tickets.participating import participant_of


@transaction.atomic
def agree(town: Municipality, *, by: Any) -> bool:
    """Take part from now on; twice is once. Noted in the log we are inside."""
    _row, fresh = Consent.objects.get_or_create(municipality=town)
    if fresh:
        record("comparison.agreed", town, by=by)
    return fresh


@transaction.atomic
def withdraw(town: Municipality, *, by: Any) -> bool:
    """Take part no more: in no month that is decided from now on."""
    gone, _rows = Consent.objects.filter(municipality=town).delete()
    if gone:
        record("comparison.withdrawn", town, by=by)
    return bool(gone)


@transaction.atomic
def save_group(group: Group, *, by: Any) -> Group:
    """Make a group, or word it anew."""
    fresh = group.pk is None
    group.save()
    record("comparison.group_made" if fresh else "comparison.group_changed", group, by=by)
    return group


@transaction.atomic
def delete_group(group: Group, *, by: Any) -> None:
    """Delete it with its medians; its members are in none then."""
    record("comparison.group_deleted", group, by=by, changes={"name": group.name})
    group.delete()


@transaction.atomic
def add(group: Group, towns: Iterable[Municipality], *, by: Any) -> int:
    """Put municipalities into a group, out of another where they were; how many were not in it. One that moves can be
    in the medians of the new group from this month on."""
    there = {
        row.municipality_id: row
        for row in Member.objects.select_for_update().order_by("pk").filter(municipality__in=list(towns))
    }
    added = 0
    for town in towns:
        row = there.get(town.pk)
        if row is not None and row.group_id == group.pk:
            continue
        if row is not None:
            row.delete()
        Member.objects.create(group=group, municipality=town)
        record("comparison.member_added", group, by=by, changes={"municipality": town.name})
        added += 1
    return added


@transaction.atomic
def remove(group: Group, towns: Iterable[Municipality], *, by: Any) -> int:
    """Take municipalities out of a group."""
    removed = 0
    for town in towns:
        gone, _rows = Member.objects.filter(group=group, municipality=town).delete()
        if gone:
            record("comparison.member_removed", group, by=by, changes={"municipality": town.name})
            removed += 1
    return removed


@transaction.atomic
def set_inhabitants(numbers: dict[str, int | None], *, by: Any) -> int:
    """Note how many people live in municipalities (by short name); how many numbers changed. RefusedError for a short
    name that is not there; then nothing is changed."""
    towns = {town.slug: town for town in Municipality.objects.filter(slug__in=numbers)}
    if unknown := sorted(set(numbers) - set(towns)):
        raise RefusedError(_("There is no municipality “%(slug)s”.") % {"slug": ", ".join(unknown)})
    changed = 0
    for slug, number in numbers.items():
        row = Participant.objects.select_for_update().get(pk=participant_of(towns[slug]).pk)
        if row.inhabitants != number:
            record("comparison.inhabitants", row, by=by, changes={"inhabitants": [row.inhabitants, number]})
            row.inhabitants = number
            row.save(update_fields=["inhabitants"])
            changed += 1
    return changed
