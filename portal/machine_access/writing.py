"""What a program writes: found by its number, changed by the services of the forms; the answer is where it stands."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from core.programs import Program
from portal.interfaces.answering import RefusedError, base_of, json_answer
from portal.interfaces.schema.writing import ChangedOffer, WrittenOffer
from portal.machine_access import bodies, keeping
from portal.machine_access.models import ExternalOffer
from portal.machine_access.wording import KEYS, changes_of, lacking, refused, without_unasked
from portal.offers import editing, snapshot
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.providers.models import State as ProviderState
from portal.revisions.errors import EditingError, IncompleteError
from portal.revisions.kinds import Content
from portal.tokens.bearing import writer_of

Work = Callable[[Program, bytes], HttpResponse]
_MOST_NUMBER = 2**63


def _once(request: Any, work: Work, *, reads: bool = True) -> HttpResponse:
    """Do some work for a program in one transaction together with its kept answer; what is refused leaves nothing but
    that."""
    token = writer_of(request)
    content = bodies.read(request) if reads else b""
    key = keeping.key_of(request)
    digest = keeping.digest_of(request, content)
    with transaction.atomic():
        again = keeping.earlier(token, key, digest) if key else None
        if again is not None:
            return again
        try:
            with transaction.atomic():
                answer = _worked(work, token.program(), content)
        except keeping.UnderWayError:
            raise
        except RefusedError as refusal:
            answer = refusal.answer()
        answer["Cache-Control"] = "no-store"
        if key:
            keeping.keep(token, key, digest, answer)
    return answer


def _worked(work: Work, program: Program, content: bytes) -> HttpResponse:
    try:
        return work(program, content)
    except IncompleteError as error:
        raise lacking(error.problems) from error
    except EditingError as error:
        raise RefusedError(409, str(error)) from error
    except ValidationError as error:
        raise RefusedError(409, " ".join(error.messages)) from error
    except PermissionDenied as error:
        raise RefusedError(403, str(error) or _("This token may not do that.")) from error
    except Http404 as error:
        raise RefusedError(404) from error


def create(request: Any) -> HttpResponse:
    """A new offer, or a change of the one that is known under this number."""

    def work(program: Program, content: bytes) -> HttpResponse:
        said = _checked(WrittenOffer(data=bodies.parsed(content)))
        provider = _provider(program, said.pop("provider_id", None))
        number = said.pop("external_id", "")
        known = _known(provider, number) if number else None
        if known is not None:
            return json_answer(_standing(request, known, _again(program, known, said)))
        offer, notes = _made(program, provider, said)
        if number:
            ExternalOffer.objects.create(provider=provider, external_id=number, offer=offer)
        return json_answer(_standing(request, offer, notes), status=201)

    return _once(request, work)


def _checked(form: Any) -> dict[str, Any]:
    if not form.is_valid():
        raise refused(form.errors)
    found: dict[str, Any] = form.validated_data
    return found


def _provider(program: Program, number: int | None) -> Provider:
    """Whose the offer is to be."""
    if number is None and program.providers is not None and len(program.providers) == 1:
        (number,) = program.providers
    if number is None:
        raise refused({"provider_id": [_("Please say whose it is: the token acts for several organisations.")]})
    found = Provider.objects.filter(pk=number).exclude(state=ProviderState.TRASHED).first()
    if found is None or not program.acts_for(number):
        raise RefusedError(403, _("The token does not act for this organisation."))
    return found


def _known(provider: Provider, number: str) -> Offer | None:
    """The offer under this number, as nobody else changes that now."""
    if not keeping.lock("external", provider.pk, number):
        raise keeping.under_way()
    found = ExternalOffer.objects.filter(provider=provider, external_id=number).select_related("offer").first()
    return found.offer if found else None


def _made(program: Program, provider: Provider, said: dict[str, Any]) -> tuple[Offer, list[str]]:
    blank = snapshot.blank(provider)
    changes, notes = without_unasked(changes_of(said, blank))
    content = snapshot.canonical({**blank, **changes})
    problems = snapshot.missing(content)
    if problems:
        raise lacking(problems)
    offer = editing.start(provider, by=program, content=content)
    outcome = editing.submit(offer, by=program, note=_note(program))
    return offer, [*notes, *outcome.left_out]


def _note(program: Program) -> str:
    return _("By the program “%(name)s”") % {"name": program}


def _again(program: Program, offer: Offer, said: dict[str, Any]) -> list[str]:
    """The whole text once more: what is missing says nothing, and pictures and the like stay."""
    if not program.acts_for(offer.provider_id):
        raise RefusedError(409, _("This offer belongs to another organisation now."))
    if offer.state == State.ARCHIVED:
        editing.reopen(offer, by=program)
    blank = snapshot.blank(offer.provider)
    return _changed(program, offer, lambda before: {**_own(blank), **changes_of(said, before)})


def _own(content: Content) -> Content:
    return {name: value for name, value in content.items() if name in KEYS}


def _changed(program: Program, offer: Offer, edit: Callable[[Content], Content]) -> list[str]:
    notes: list[str] = []

    def changes(before: Content) -> Content:
        found, unasked = without_unasked(edit(before))
        notes.extend(unasked)
        return found

    if offer.state == State.TRASHED:
        raise RefusedError(409, _("It lies in the bin. Somebody has to take it out first."))
    outcome = editing.verbs.change(offer, changes, by=program, note=_note(program), new_too=True)
    return [*notes, *outcome.left_out]


def change(request: Any, pk: int) -> HttpResponse:
    """Some of its fields."""

    def work(program: Program, content: bytes) -> HttpResponse:
        offer = _offer(program, pk)
        said = _checked(ChangedOffer(data=bodies.parsed(content)))
        if offer.state == State.ARCHIVED:
            raise RefusedError(409, _("It was put away. Send it once more as a whole, with its “external_id”."))
        notes = _changed(program, offer, lambda before: changes_of(said, before))
        return json_answer(_standing(request, offer, notes))

    return _once(request, work)


def _offer(program: Program, pk: int) -> Offer:
    """One of the program's organisations; of others it learns nothing."""
    found = Offer.objects.select_related("provider").filter(pk=pk).first() if pk < _MOST_NUMBER else None
    if found is None or not program.acts_for(found.provider_id):
        raise Http404
    return found


def withdraw(request: Any, pk: int) -> HttpResponse:
    """Put it away; it can be brought back. Twice is once."""

    def work(program: Program, _content: bytes) -> HttpResponse:
        offer = _offer(program, pk)
        if offer.state != State.ARCHIVED:
            editing.archive(offer, by=program)
        return json_answer(_standing(request, offer, []))

    return _once(request, work, reads=False)


def state(request: Any, pk: int) -> HttpResponse:
    """Where it stands now."""
    answer = json_answer(_standing(request, _offer(writer_of(request).program(), pk), []))
    answer["Cache-Control"] = "no-store"
    return answer


def _standing(request: Any, offer: Offer, notes: list[str]) -> dict[str, Any]:
    row = Offer.objects.get(pk=offer.pk)
    waiting, returned = editing.waiting_for(row), editing.returned_to(row)
    number = ExternalOffer.objects.filter(offer=row).values_list("external_id", flat=True).first()
    return {
        "id": row.pk,
        "external_id": number,
        "url": base_of(request) + row.get_absolute_url(),
        "state": row.state,
        "public": Offer.objects.published().filter(pk=row.pk).exists(),
        "waiting": str(waiting.waits_for) if waiting is not None else "",
        "reason": returned.reason if returned is not None else row.state_reason,
        "notes": notes,
    }
