"""Whatever the operator does, in whatever order: releases are sound, and differences say what happened.

The reference is slow and obvious: a dictionary that is changed by hand beside the services.
"""

from dataclasses import dataclass, field, replace

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared_categories import reading, services
from shared_categories.comparing import FIELDS, Change, Difference, differences
from shared_categories.content import faults, working_copy
from shared_categories.models import Entry, Kind
from shared_categories.values import Value
from tests.shared_categories.conftest import BY

pytestmark = pytest.mark.usefixtures("public")
NAMES = st.sampled_from(["Sport", "Musik", "Kita", "Beratung", "Ämter", "Zirkus"])
PLACES = st.integers(0, 7)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("create"), NAMES, PLACES),
        st.tuples(st.just("rename"), PLACES, NAMES),
        st.tuples(st.just("move"), PLACES, PLACES),
        st.tuples(st.just("remove"), PLACES),
        st.tuples(st.just("merge"), PLACES, PLACES),
        st.tuples(st.just("restore"), PLACES),
        st.tuples(st.just("release")),
    ),
    max_size=14,
)


@dataclass
class Plain:
    """What the catalogue should be."""

    name: dict[str, str] = field(default_factory=dict)
    parent: dict[str, str] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)

    def above(self, code: str) -> list[str]:
        trail = []
        while code:
            trail.append(code)
            code = self.parent[code]
        return trail

    def siblings(self, parent: str, but: str = "") -> set[str]:
        return {
            self.name[each] for each, above in self.parent.items()
            if above == parent and each not in self.gone and each != but
        }  # fmt: skip

    def below(self, code: str) -> list[str]:
        return [each for each, above in self.parent.items() if above == code and each not in self.gone]

    def created(self, name: str, above: str) -> bool:
        if above in self.gone or name in self.siblings(above):
            return False
        code = f"K-{len(self.name) + 1:03}"
        self.name[code], self.parent[code] = name, above
        return True

    def renamed(self, code: str, name: str) -> bool:
        if code in self.gone or name in self.siblings(self.parent[code], but=code):
            return False
        self.name[code] = name
        return True

    def moved(self, code: str, into: str) -> bool:
        lost = code in self.gone or into in self.gone or code in self.above(into)
        if lost or self.name[code] in self.siblings(into, but=code):
            return False
        self.parent[code] = into
        return True

    def removed(self, code: str) -> bool:
        if code in self.gone or self.below(code):
            return False
        self.gone[code] = ""
        return True

    def restored(self, code: str) -> bool:
        if code not in self.gone:
            return True
        above = self.parent[code] if self.parent[code] not in self.gone else ""
        if self.name[code] in self.siblings(above):
            return False
        self.parent[code] = above
        del self.gone[code]
        return True

    def merged(self, code: str, into: str) -> bool:
        if code in self.gone or into in self.gone or code in self.above(into):
            return False
        # One after the other: each must find its name free there.
        taken = self.siblings(into)
        for child in self.below(code):
            if self.name[child] in taken:
                return False
            taken.add(self.name[child])
        for child in self.below(code):
            self.parent[child] = into
        for each, leads in self.gone.items():
            if leads == code:
                self.gone[each] = into
        self.gone[code] = into
        return True


def _allowed(model: Plain, step: tuple, codes: list[str]) -> bool:
    """Do the step to the reference; False where it is not allowed, and then nothing has changed."""
    verb, *rest = step
    if verb == "create":
        return model.created(rest[0], codes[rest[1]] if rest[1] < len(codes) else "")
    if not codes:
        return False
    code = codes[rest[0] % len(codes)]
    if verb == "rename":
        return model.renamed(code, rest[1])
    if verb in ("move", "merge"):
        other = codes[rest[1] % len(codes)]
        return model.moved(code, other) if verb == "move" else model.merged(code, other)
    return model.removed(code) if verb == "remove" else model.restored(code)


def _do(step: tuple, codes: list[str]) -> bool:
    """The same with the services; whether they did it."""
    verb, *rest = step

    def entry(place: int) -> Entry:
        return Entry.objects.get(code=codes[place % len(codes)])

    try:
        with transaction.atomic():
            if verb == "create":
                parent = entry(rest[1]) if rest[1] < len(codes) else None
                services.create(Kind.CATEGORY, by=BY, parent=parent, name=rest[0])
            elif not codes:
                return False
            elif verb == "rename":
                services.change(entry(rest[0]), by=BY, name=rest[1])
            elif verb == "move":
                services.move(entry(rest[0]), parent=entry(rest[1]), behind=None, by=BY)
            elif verb == "merge":
                services.merge(entry(rest[0]), into=entry(rest[1]), by=BY)
            else:
                getattr(services, verb)(entry(rest[0]), by=BY)
    except ValidationError:
        return False
    return True


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_the_catalogue_is_what_was_done_to_it_and_releases_are_sound(steps):
    with transaction.atomic():
        model, codes = Plain(), []
        for step in steps:
            if step[0] == "release":
                _issue()
                continue
            done = _do(step, codes)
            assert done == _allowed(model, step, codes), step
            codes = sorted(model.name)
            values = working_copy()
            assert {code: value.name for code, value in values.items()} == model.name
            assert {code: value.replaced_by for code, value in values.items() if value.removed} == model.gone
            present = {code: value.parent for code, value in values.items() if not value.removed}
            assert present == {code: above for code, above in model.parent.items() if code not in model.gone}
            assert faults(values) == []
        _releases_lead_to_one_another()
        transaction.set_rollback(True)


def _issue() -> None:
    try:
        with transaction.atomic():
            services.issue_release("Neu.", by=BY)
    except ValidationError:
        newest = reading.newest()
        assert differences(newest.values if newest else {}, working_copy()) == []


def _releases_lead_to_one_another() -> None:
    """Taking the differences one release after the other, or all at once, leads to the same, and twice to no more."""
    numbers = range(1, reading.newest_number() + 1)
    stepwise: dict[str, Value] = {}
    for number in numbers:
        release = reading.release(number)
        stepwise = _taken(stepwise, differences(stepwise, release.values))
        at_once = _taken({}, differences({}, release.values))
        assert _present(stepwise) == _present(at_once) == _present(release.values)
        assert differences(stepwise, release.values) == []


def _taken(values: dict[str, Value], found: list[Difference]) -> dict[str, Value]:
    after = dict(values)
    for each in found:
        if each.change == Change.ADDED:
            after[each.code] = each.new
        elif each.change in (Change.REMOVED, Change.MERGED):
            after[each.code] = replace(after.get(each.code, each.new), removed=True, replaced_by=each.new.replaced_by)
        else:
            after[each.code] = replace(after[each.code], **{each.field: each.after})
    return after


def _present(values: dict[str, Value]) -> dict[str, tuple]:
    return {
        code: (value.parent, *(getattr(value, name) for name in FIELDS))
        for code, value in values.items()
        if not value.removed
    }
