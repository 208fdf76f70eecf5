"""What hangs on a provider and goes to the one it is merged into: one function for each table.

`HANDLED` names every foreign key to a provider; a test compares it with the models, so that a new table cannot be
forgotten.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.calendars.models import Calendar
from portal.calendars.models import State as CalendarState
from portal.drafting.models import Reading
from portal.exchange.excel.store import source_of
from portal.exchange.models import ImportedRecord
from portal.feedback.models import Case
from portal.imports.models import Upload
from portal.inventory.models import Note, Subject
from portal.machine_access.models import LONGEST_ID, ExternalOffer
from portal.media.models import MediaFile
from portal.offers.documents import refresh_search_text
from portal.offers.models import Offer
from portal.organisations.models import Invitation, JoinRequest, Registration
from portal.printing.models import Paper
from portal.providers.models import Membership, Provider
from portal.tokens.models import Token

Moved = dict[str, list[int]]
_PROVIDER = Provider._meta.label_lower


def offers(source: Provider, target: Provider) -> list[int]:
    """All of them, those in the bin too; their addresses, dates, figures and history stay."""
    moved = list(Offer.objects.filter(provider=source).order_by("pk").values_list("pk", flat=True))
    Offer.objects.filter(pk__in=moved).update(provider=target)
    if moved:
        refresh_search_text(Offer.objects.filter(pk__in=moved).select_related("provider"))
    return moved


def people(source: Provider, target: Provider) -> list[int]:
    """Everybody; who belongs to both keeps the greater role."""
    there = {each.user_id: each for each in Membership.objects.filter(provider=target)}
    moved = []
    for each in Membership.objects.filter(provider=source).order_by("pk"):
        known = there.get(each.user_id)
        moved.append(each.user_id)
        if known is None:
            Membership.objects.filter(pk=each.pk).update(provider=target)
            continue
        if each.role == Membership.Role.ADMINISTRATOR and known.role != each.role:
            Membership.objects.filter(pk=known.pk).update(role=each.role)
        each.delete()
    return moved


def requests(source: Provider, target: Provider) -> list[int]:
    """Requests to join; one that waits at both waits once, and who belongs to it by now need not wait."""
    waiting = JoinRequest.State.WAITING
    there = set(JoinRequest.objects.filter(provider=target, state=waiting).values_list("user", flat=True))
    members = set(Membership.objects.filter(provider=target).values_list("user", flat=True))
    found = JoinRequest.objects.filter(provider=source)
    moved = list(found.order_by("pk").values_list("pk", flat=True))
    now = timezone.now()
    open_ones = found.filter(state=waiting)
    open_ones.filter(user__in=members).update(state=JoinRequest.State.ACCEPTED, decided_at=now)
    open_ones.filter(user__in=there).update(state=JoinRequest.State.WITHDRAWN, decided_at=now)
    found.update(provider=target)
    # Who waited at the entry that stays and came with the people of the other one.
    JoinRequest.objects.filter(provider=target, state=waiting, user__in=members).update(
        state=JoinRequest.State.ACCEPTED, decided_at=now
    )
    return moved


def invitations(source: Provider, target: Provider) -> list[int]:
    """Links of invitations hold; an address invited to both has one open invitation, with the greater role."""
    is_open = Invitation.State.OPEN
    there = {each.email: each for each in Invitation.objects.filter(provider=target, state=is_open)}
    moved = []
    for each in Invitation.objects.filter(provider=source).order_by("pk"):
        known = there.get(each.email) if each.state == is_open else None
        if known is not None and each.role == Membership.Role.ADMINISTRATOR and known.role != each.role:
            Invitation.objects.filter(pk=known.pk).update(role=each.role)
        state = Invitation.State.WITHDRAWN if known is not None else each.state
        Invitation.objects.filter(pk=each.pk).update(provider=target, state=state)
        moved.append(each.pk)
    return moved


def calendars(source: Provider, target: Provider) -> list[int]:
    """Both organisations' calendars; one that both have named is read once, for the one that stays."""
    known = Calendar.objects.there().filter(provider=target).values("url")
    doubled = Calendar.objects.there().filter(provider=source, url__in=list(known.values_list("url", flat=True)))
    doubled.update(state=CalendarState.ENDED, due_at=None, held_at=None)
    moved = list(Calendar.objects.filter(provider=source).order_by("pk").values_list("pk", flat=True))
    Calendar.objects.filter(pk__in=moved).update(provider=target)
    return moved


def programs(source: Provider, target: Provider) -> list[int]:
    """Programs that act for it act for the other one."""
    found = list(Token.objects.filter(providers=source).order_by("pk"))
    for each in found:
        each.providers.add(target)
        each.providers.remove(source)
    return [each.pk for each in found]


def written(source: Provider, target: Provider) -> list[int]:
    """The numbers by which programs know its offers; one that the other organisation has, too, is marked."""
    taken = set(ExternalOffer.objects.filter(provider=target).values_list("external_id", flat=True))
    moved = []
    for each in ExternalOffer.objects.filter(provider=source).order_by("pk"):
        mark = f"#{source.pk}" if each.external_id in taken else ""
        number = each.external_id[: LONGEST_ID - len(mark)] + mark
        ExternalOffer.objects.filter(pk=each.pk).update(provider=target, external_id=number)
        moved.append(each.pk)
    return moved


def _simply(model: Any, column: str = "provider") -> Callable[[Provider, Provider], list[int]]:
    def move(source: Provider, target: Provider) -> list[int]:
        moved = list(model.objects.filter(**{column: source}).order_by("pk").values_list("pk", flat=True))
        model.objects.filter(pk__in=moved).update(**{column: target})
        return moved

    return move


def imported(source: Provider, target: Provider) -> list[int]:
    """What an import knows by this provider finds the other one: the next file makes no second entry of it. Rows of
    its workbooks whose number the other one has too keep their old name."""
    records = ImportedRecord.objects.filter(model=_PROVIDER, object_id=source.pk)
    moved = list(records.order_by("pk").values_list("pk", flat=True))
    records.update(object_id=target.pk)
    old, new = source_of(source.pk), source_of(target.pk)
    taken = set(ImportedRecord.objects.filter(source=new).values_list("table", "uid"))
    for each in ImportedRecord.objects.filter(source=old).order_by("pk"):
        if (each.table, each.uid) not in taken:
            ImportedRecord.objects.filter(pk=each.pk).update(source=new)
            moved.append(each.pk)
    return moved


def notes(source: Provider, target: Provider) -> list[int]:
    """The editors' note is added to that of the other one."""
    own = Note.objects.filter(subject=Subject.PROVIDERS, subject_id=source.pk).exclude(text="").first()
    if own is None:
        return []
    known, _fresh = Note.objects.get_or_create(
        subject=Subject.PROVIDERS, subject_id=target.pk, defaults={"written_by": own.written_by}
    )
    said = _("From “%(name)s”:") % {"name": source}
    known.text = "\n\n".join(filter(None, (known.text, f"{said} {own.text}")))
    known.save(update_fields=["text"])
    return [own.pk]


def earlier(source: Provider, target: Provider) -> list[int]:
    """What was merged into it before leads on to the newest place: no address leads twice."""
    moved = list(Provider.objects.filter(merged_into=source.pk).order_by("pk").values_list("pk", flat=True))
    Provider.objects.filter(pk__in=moved).update(merged_into=target.pk)
    return moved


MOVES: dict[str, Callable[[Provider, Provider], list[int]]] = {
    "offers": offers,
    "people": people,
    "requests": requests,
    "invitations": invitations,
    "registrations": _simply(Registration),
    "pictures": _simply(MediaFile, "owner"),
    "messages": _simply(Case),
    "calendars": calendars,
    "papers": _simply(Paper),
    "imported": imported,
    "tables": _simply(Upload),
    "readings": _simply(Reading),
    "programs": programs,
    "written": written,
    "notes": notes,
    "earlier": earlier,
}
"""In this order: who belongs to it is known before requests are settled."""
HANDLED = {
    "offers.offer.provider": "offers",
    "providers.membership.provider": "people",
    "organisations.joinrequest.provider": "requests",
    "organisations.invitation.provider": "invitations",
    "organisations.registration.provider": "registrations",
    "media.mediafile.owner": "pictures",
    "feedback.case.provider": "messages",
    "imports.upload.provider": "tables",
    "drafting.reading.provider": "readings",
    "calendars.calendar.provider": "calendars",
    "printing.paper.provider": "papers",
    "tokens.token_providers.provider": "programs",
    "machine_access.externaloffer.provider": "written",
    # Parts of the text: what is chosen is written to the entry that stays, and the other one keeps all of its own.
    "providers.openinghours.provider": "text",
    "providers.fact.provider": "text",
    "providers.providerimage.provider": "text",
    "providers.provider_categories.provider": "text",
}
