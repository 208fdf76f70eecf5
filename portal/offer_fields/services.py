"""What editors do with the details of offers. Each is one transaction and one line in the audit log."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit.services import record
from core import positions
from portal.offer_fields.models import MOST_CHOICES, ExtraChoice, ExtraField, OfferForm, Use
from portal.offer_fields.usual import OPTIONAL

# What the room above knows: how many offers answer each detail (by its key) and each answer (by its token).
Counting = Callable[[], Mapping[str, int]]
_counting: list[Counting] = []
_filled: list[Callable[[Iterable[str]], Mapping[str, int]]] = []


def counted_by(answers: Counting, usual: Callable[[Iterable[str]], Mapping[str, int]]) -> None:
    """Say who counts: how many offers answer the own details, and how many fill in the usual ones."""
    _counting[:], _filled[:] = [answers], [usual]


def uses() -> Mapping[str, int]:
    """How many offers answer: `{"13": 5, "13-4": 2, "14-ja": 3}`."""
    return _counting[0]() if _counting else {}


def filled() -> Mapping[str, int]:
    """How many offers fill in each of the usual details."""
    return _filled[0](OPTIONAL) if _filled else {}


def save_field(field: ExtraField, answers: Iterable[str], *, by: Any) -> ExtraField:
    """Keep a new or changed detail with the names of its answers, in their order. A name that goes is retired where
    offers say it, and deleted where none does; one that comes back is the one it was.

    Raises ValidationError where something is missing, and where what providers answered would become internal, or the
    other way round: such answers are kept apart.
    """
    names = list(dict.fromkeys(answers))
    if field.kind == "choice" and len(names) < 2:
        raise ValidationError({"answers": _("Please give at least two answers, each on a line of its own.")})
    if len(names) > MOST_CHOICES:
        raise ValidationError({"answers": _("At most %(most)d answers.") % {"most": MOST_CHOICES}})
    with transaction.atomic():
        _lock()
        is_new = field.pk is None
        _keeps_its_side(field)
        if is_new:
            last = ExtraField.objects.aggregate(last=models.Max("position"))["last"]
            field.position = 0 if last is None else last + 1
        field.full_clean()
        field.save()
        if field.kind == "choice":
            _set_answers(field, names)
        record("offer_field.added" if is_new else "offer_field.changed", field, by=by, changes=_said(field, names))
    return field


def _keeps_its_side(field: ExtraField) -> None:
    before = ExtraField.objects.filter(pk=field.pk).values_list("use", flat=True).first()
    if before is None or (before == Use.INTERNAL) == (field.use == Use.INTERNAL):
        return
    if uses().get(str(field.pk)):
        raise ValidationError(
            {"use": _("Offers answer it already: what is public stays so. Retire it and add another detail.")}
        )


def _said(field: ExtraField, names: list[str]) -> dict[str, Any]:
    said: dict[str, Any] = {"question": field.question, "help": field.help_text, "use": field.use, "kind": field.kind}
    return said | ({"answers": names} if field.kind == "choice" else {})


def _set_answers(field: ExtraField, names: list[str]) -> None:
    there = {each.name: each for each in field.choices.all()}
    counts = uses()
    for position, name in enumerate(names):
        choice = there.get(name) or ExtraChoice(field=field, name=name)
        choice.position, choice.retired = position, False
        choice.full_clean(exclude=["field"])
        choice.save()
    for name in there.keys() - set(names):
        gone = there[name]
        if counts.get(f"{field.pk}-{gone.pk}"):
            gone.retired = True
            gone.position = len(names)
            gone.save()
        else:
            gone.delete()


def retire(field: ExtraField, *, retired: bool, by: Any) -> None:
    """Ask it no more, or again. Answers stay where they are."""
    with transaction.atomic():
        changed = ExtraField.objects.filter(pk=field.pk).exclude(retired=retired).update(retired=retired)
        if changed:
            record("offer_field.retired" if retired else "offer_field.back", field, by=by)


def delete(field: ExtraField, *, by: Any) -> None:
    """Delete a detail nobody answered. Raises ValidationError where somebody did."""
    with transaction.atomic():
        _lock()
        number = uses().get(str(field.pk), 0)
        if number:
            raise ValidationError(
                ngettext(
                    "%(number)d offer answers “%(name)s”. Retire it, so that nothing is lost.",
                    "%(number)d offers answer “%(name)s”. Retire it, so that nothing is lost.",
                    number,
                )
                % {"number": number, "name": field.name}
            )
        record("offer_field.deleted", field, by=by)
        ExtraField.objects.filter(pk=field.pk).delete()


def move(field: ExtraField, *, steps: int, by: Any) -> None:
    """One place up (-1) or down (1)."""
    with transaction.atomic():
        places = positions.move(field, ExtraField.objects.all(), steps=steps)
        if places is not None:
            record("offer_field.moved", field, by=by, changes={"position": list(places)})


def leave_out(keys: Iterable[str], *, by: Any) -> None:
    """Which of the usual details are neither asked nor shown. What offers say of them stays."""
    named = set(keys)
    wanted = [key for key in OPTIONAL if key in named]
    with transaction.atomic():
        OfferForm.load()
        row = OfferForm.objects.select_for_update().get(pk=1)
        if row.left_out == wanted:
            return
        before, row.left_out = row.left_out, wanted
        row.save()
        record("offer_fields.left_out", row, by=by, changes={"left_out": [before, wanted]})


def _lock() -> None:
    """Of two who change the questions at once the second waits here."""
    list(ExtraField.objects.select_for_update().order_by("pk").values_list("pk"))
