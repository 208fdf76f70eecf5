"""What differs between two states of the catalogue: everything, once, and nothing else."""

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shared_categories.comparing import FIELDS, Change, differences
from shared_categories.models import Kind
from shared_categories.values import Value

NAMES = st.sampled_from(["Sport", "Musik", "Kita"])
# A busy machine makes values slowly.
PATIENT = settings(suppress_health_check=[HealthCheck.too_slow])

VALUES = st.dictionaries(
    st.sampled_from(["K-001", "K-002", "K-003"]),
    st.builds(
        Value,
        code=st.just(""),
        kind=st.just(Kind.CATEGORY),
        name=NAMES,
        parent=st.sampled_from(["", "K-001"]),
        position=st.integers(0, 2),
        words=st.sampled_from([(), ("a", "b")]),
        removed=st.booleans(),
    ),
).map(lambda found: {code: replace(value, code=code) for code, value in found.items()})


@PATIENT
@given(VALUES)
def test_nothing_differs_from_itself(values):
    assert differences(values, values) == []


@PATIENT
@given(VALUES, VALUES)
def test_every_difference_is_one_and_none_is_missing(old, new):
    found = differences(old, new)
    told = {(each.code, each.field) for each in found}
    assert len(told) == len(found)
    for code, value in new.items():
        before = old.get(code)
        if value.removed:
            assert any(each.code == code for each in found) == (before is not None and not before.removed)
        elif before is None or before.removed:
            assert [each.change for each in found if each.code == code] == [Change.ADDED]
        else:
            other = {name for name in ("parent", *FIELDS) if getattr(before, name) != getattr(value, name)}
            assert {each.field for each in found if each.code == code} == other


def test_what_was_merged_leads_on_and_what_came_and_went_is_no_difference():
    def at(code: str, **more: object) -> Value:
        return Value(code, Kind.CATEGORY, code, **more)

    old = {"K-001": at("K-001"), "K-002": at("K-002", removed=True, replaced_by="K-001")}
    new = {
        "K-001": at("K-001", removed=True, replaced_by="K-003"),
        "K-002": at("K-002", removed=True, replaced_by="K-003"),
        "K-003": at("K-003"),
        "K-004": at("K-004", removed=True),
    }
    assert [(each.code, each.change, each.before, each.after) for each in differences(old, new)] == [
        ("K-001", Change.MERGED, "", "K-003"),
        ("K-002", Change.MERGED, "K-001", "K-003"),
        ("K-003", Change.ADDED, None, None),
    ]
    assert [(each.code, each.change) for each in differences({}, new)] == [("K-003", Change.ADDED)]
