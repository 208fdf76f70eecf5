"""Two tickets about the same thing become one, and everything that hangs on the other comes along."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Min
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from audit.services import record
from tracker.tickets import happenings, merging
from tracker.tickets.happenings import Happening, tell
from tracker.tickets.merging import Moved
from tracker.tickets.models import Comment, Concern, Ticket, Viewer, Watch
from tracker.tickets.services import final


@transaction.atomic
def merge(source: Ticket, target: Ticket, *, by: Viewer) -> list[Moved]:
    """Put `source` into the ticket that `target` leads to. ValidationError for itself, a ring, or one merged before.

    What else went along with it (`Context`, `Attachment`) stays with it: it is for its own municipality.
    """
    if not by.is_operator:
        raise PermissionDenied(_("You may not do this. Please ask the editors."))
    source, target = _locked(source, target)
    moved = merging.move_all(source, target)
    Ticket.objects.filter(merged_into=source).update(merged_into=target)
    now = timezone.now()
    source.merged_into, source.changed_at = target, now
    source.save(update_fields=["merged_into", "changed_at"])
    Ticket.objects.filter(pk=target.pk).update(changed_at=now)
    _tell_all(source, target, moved, by)
    record("tickets.merged", source, by=by.user, changes={"merged_into": [None, target.reference]})
    tell(Happening(happenings.MERGED, target, by, {"source": source, "moved": moved}))
    return moved


def _locked(source: Ticket, target: Ticket) -> tuple[Ticket, Ticket]:
    """Both as they are now; always locked in the same order, so that two merges at once wait and never for each
    other."""
    target_id = final(Ticket.objects.get(pk=target.pk)).pk
    both = Ticket.objects.select_for_update(of=("self",)).select_related("reporter").order_by("pk")
    rows = {ticket.pk: ticket for ticket in both.filter(pk__in=(source.pk, target_id))}
    found, into = rows[source.pk], rows[target_id]
    if found.pk == into.pk:
        raise ValidationError(_("A ticket cannot be merged into itself, nor into one that was merged into it."))
    if found.merged_into_id is not None or into.merged_into_id is not None:
        raise ValidationError(_("One of the two was merged into another one meanwhile. Please look again."))
    return found, into


def _tell_all(source: Ticket, target: Ticket, moved: list[Moved], by: Viewer) -> None:
    """A contribution to the talk that says what came along, in the platform's language: everybody reads it."""
    with translation.override(settings.LANGUAGE_CODE):
        words = _("Merged with %(reference)s “%(title)s” (%(author)s).") % {
            "reference": source.reference,
            "title": source.title,
            "author": source.author,
        }
        if moved:
            words += " " + _("Came along: %(things)s.") % {"things": ", ".join(map(str, moved))}
    Comment.objects.create(ticket=target, participant=None, person=by.person, text=words)


def move_own(source: Ticket, target: Ticket) -> list[Moved]:
    """Concerns, comments and watchers; each once. Who reported it is concerned and told as well."""
    concerns = _move_concerns(source, target)
    comments = Comment.objects.filter(ticket=source, internal=False).count()
    Comment.objects.filter(ticket=source).update(ticket=target)
    watching = Watch.objects.filter(ticket=target).values_list("participant", "person")
    known = set(watching)
    for watch in Watch.objects.filter(ticket=source):
        if (watch.participant_id, watch.person) in known:
            watch.delete()
        else:
            watch.ticket = target
            watch.save(update_fields=["ticket"])
    return [
        Moved(concerns, ngettext_lazy("%(count)s “concerns us too”", "%(count)s “concerns us too”", "count")),
        Moved(comments, ngettext_lazy("%(count)s comment", "%(count)s comments", "count")),
    ]


def _move_concerns(source: Ticket, target: Ticket) -> int:
    """How many came along; those that both had count once, since the earlier day."""
    moved = Concern.objects.filter(ticket=source).count()
    both = Concern.objects.filter(ticket__in=(source, target)).values("participant").annotate(first=Min("since"))
    first = {row["participant"]: row["first"] for row in both}
    Concern.objects.filter(ticket__in=(source, target)).delete()
    Concern.objects.bulk_create(
        Concern(ticket=target, participant_id=participant, since=since) for participant, since in first.items()
    )
    return moved
