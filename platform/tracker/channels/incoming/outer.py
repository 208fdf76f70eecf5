"""Issues elsewhere that are about a ticket: linked by the operator, followed when their program tells of them."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.services import record
from tracker.channels.incoming.issues import Issue
from tracker.channels.incoming.states import following
from tracker.channels.models import OuterIssue, Source
from tracker.releases import planning
from tracker.releases.models import Release
from tracker.tickets.merging import Moved
from tracker.tickets.models import Ticket, Viewer, operator
from tracker.tickets.services import change_state, final


def address(url: str) -> str:
    """An issue's address in the one form in which it is compared: GitLab gives its issues two."""
    parts = urlsplit(url.strip())
    path = parts.path.rstrip("/").replace("/-/work_items/", "/-/issues/")
    return f"{parts.scheme}://{parts.netloc.lower()}{path}"


@transaction.atomic
def link(ticket: Ticket, url: str, *, by: Viewer) -> OuterIssue:
    """An issue is about this ticket from now on. ValidationError for an address that is none."""
    issue = OuterIssue(ticket=final(ticket), url=address(url))
    issue.full_clean(validate_unique=False, validate_constraints=False)
    if not issue.url.startswith("https://") or urlsplit(issue.url).username is not None:
        raise ValidationError({"url": _("The address must begin with https://.")})
    found, fresh = OuterIssue.objects.get_or_create(ticket=issue.ticket, url=issue.url)
    if fresh:
        record("channels.linked", issue.ticket, by=by.user, changes={"issue": [None, issue.url]})
    return found


@transaction.atomic
def unlink(issue: OuterIssue, *, by: Viewer) -> None:
    """It is not about the ticket after all."""
    record("channels.unlinked", issue.ticket, by=by.user, changes={"issue": [issue.url, None]})
    issue.delete()


def follow(source: Source, issue: Issue) -> bool:
    """Note how an issue stands, and bring its tickets forward; False where it is about none of them, or is older than
    what is known."""
    rows = OuterIssue.objects.select_for_update(of=("self",)).filter(url=address(issue.url)).select_related("ticket")
    changed = [row for row in rows.order_by("pk") if row.heard_at is None or row.heard_at < issue.at]
    for row in changed:
        row.number, row.closed, row.refused = issue.number, issue.closed, issue.refused
        row.milestone, row.heard_at = issue.milestone[:100], issue.at
        row.save()
        _bring_forward(final(row.ticket), issue, operator(str(source)))
    return bool(changed)


def _bring_forward(ticket: Ticket, issue: Issue, by: Viewer) -> None:
    release = Release.objects.filter(version=issue.milestone, finished_at=None).first() if issue.milestone else None
    if release is not None and not ticket.is_over and not issue.refused:
        planning.plan(release, [ticket], by=by)
        ticket.refresh_from_db()
    state = following(ticket.state, issue)
    if state is not None:
        change_state(ticket, state, by=by)


def move(source: Ticket, target: Ticket) -> list[Moved]:
    """Two tickets become one: what is about one of them is about the other."""
    known = set(OuterIssue.objects.filter(ticket=target).values_list("url", flat=True))
    moving = OuterIssue.objects.filter(ticket=source)
    moving.filter(url__in=known).delete()
    moving.update(ticket=target)
    return []
