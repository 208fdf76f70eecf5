"""Changing the municipality's rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core import signing
from django.db import transaction
from django.dispatch import Signal

from audit.services import record
from portal.preferences.models import Preferences
from portal.preferences.rulebook import Rule, Subject
from portal.preferences.values import values_of

_SALT = "preferences.seen"
# Somebody has looked at the rules and lets them stay as they are.
RULES_KEPT = "preferences.kept"
# Sent in the transaction of the change, with `changes` (column to [old, new]).
rules_changed = Signal()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a wish. With clashes nothing was saved: these rules were changed by somebody else meanwhile."""

    changes: dict[str, list[Any]] = field(default_factory=dict)
    clashes: tuple[Rule, ...] = ()


def seal(values: Mapping[str, Any]) -> str:
    """What somebody sees of a subject's rules, to come back with what they wish."""
    return signing.dumps(dict(values), salt=_SALT)


def seen_in(sealed: str, now: Mapping[str, Any]) -> dict[str, Any]:
    """What was seen; what nobody can read, as from a page of another release, counts as what is there now."""
    try:
        found = signing.loads(sealed, salt=_SALT)
    except signing.BadSignature:
        return dict(now)
    return {name: found.get(name, value) for name, value in now.items()}


@transaction.atomic
def save_subject(subject: Subject, wished: Preferences, *, seen: str, by: object) -> Outcome:
    """Keep what somebody changed of what they saw, and leave alone what others changed meanwhile. Where both changed
    the same rule to different values, nothing is saved."""
    Preferences.load()
    row = Preferences.objects.select_for_update().get(pk=1)
    now = values_of(row, subject.fields)
    mine, was = values_of(wished, subject.fields), seen_in(seen, now)
    changes: dict[str, list[Any]] = {}
    clashes = []
    for rule in subject.rules:
        theirs, wish, before = ([values[name] for name in rule.fields] for values in (now, mine, was))
        if wish in (before, theirs):
            continue
        if theirs != before:
            clashes.append(rule)
        changes |= {name: [now[name], mine[name]] for name in rule.fields if now[name] != mine[name]}
    if clashes:
        return Outcome(clashes=tuple(clashes))
    if changes:
        for name, (_old, new) in changes.items():
            setattr(row, name, new)
        row.save(update_fields=list(changes))
        record("preferences.change", row, by=by, changes=changes)
        rules_changed.send(Preferences, row=row, changes=changes)
    return Outcome(changes)


@transaction.atomic
def renew_terms(*, seen: int, note: str, by: object) -> bool:
    """Let the terms of use count anew, so that every provider is asked. False where somebody did that meanwhile."""
    preferences = Preferences.objects.select_for_update().get(pk=1)
    if preferences.terms_version != seen:
        return False
    preferences.terms_version, preferences.terms_note = seen + 1, note
    preferences.save(update_fields=["terms_version", "terms_note"])
    record("preferences.terms", preferences, by=by, changes={"version": [seen, seen + 1]})
    return True


@transaction.atomic
def keep_rules(*, by: object) -> None:
    """Note that somebody lets the rules stay as they are, so that nobody is asked for that again."""
    Preferences.load()
    record(RULES_KEPT, Preferences.objects.get(pk=1), by=by)
