"""Nothing of a neighbour is shown longer than it may be: whatever was agreed on, whoever is suspended, whatever happens
to an offer, in the last second of a day and in the first of the next. Against a slow reading of the rows, in words."""

from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import time_machine
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from neighbours import indexing
from neighbours.models import Agreement, Kind, Roof
from neighbours.models import State as AgreementState
from portal.offers.models import Offer
from portal.offers.states import State
from portal.providers.models import Provider
from tenants.models import Domain, Municipality
from tenants.models import State as TownState
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.neighbours.reference import put_into_index

BERLIN = ZoneInfo("Europe/Berlin")
# The clocks change within the second of these days.
MIDNIGHTS = [datetime.combine(day, time(), BERLIN) for day in (date(2027, 1, 1), date(2027, 3, 28), date(2028, 2, 29))]
SECOND = timedelta(seconds=1)
ENDED = {"ended_by": "first", "ended_as": "editor"}

OFFERS = st.lists(
    st.tuples(
        st.sampled_from([State.PUBLISHED, State.PUBLISHED, State.PAUSED, State.DRAFT, State.ARCHIVED]),
        st.sampled_from([False, False, True]),
        st.sampled_from(["published", "published", "paused"]),
        # Seconds from midnight at which it is over; not the ones at which is looked.
        st.sampled_from([None, None, -2, -0.5, 90_000]),
    ),
    min_size=1,
    max_size=4,
)
AGREED = st.tuples(
    st.sampled_from([AgreementState.AGREED, AgreementState.AGREED, AgreementState.REVOKED, AgreementState.PROPOSED]),
    st.integers(-2, 1),
    st.sampled_from([None, -1, 0, 1]),
    st.booleans(),
)


class Story(NamedTuple):
    midnight: datetime
    offers: list[Any]
    neighbour: Any
    roof: Any
    is_roof: bool
    town: TownState
    has_host: bool


STORIES = st.builds(
    Story,
    st.sampled_from(MIDNIGHTS),
    OFFERS,
    AGREED,
    AGREED,
    st.booleans(),
    st.sampled_from([TownState.LIVE, TownState.LIVE, TownState.SUSPENDED, TownState.ARCHIVED]),
    st.sampled_from([True, True, False]),
)


def agreement(kind, first, second, midnight, said):
    state, begin, end, swapped = said
    one, other = (second, first) if swapped and kind is Kind.NEIGHBOUR else (first, second)
    day = midnight.date()
    return Agreement.objects.create(
        kind=kind, first=one, second=other, state=state, proposed_by="first",
        valid_from=day + timedelta(days=begin),
        valid_until=None if end is None else day + timedelta(days=max(begin, end)),
        first_agreed_at=midnight, first_agreed_as="editor",
        **({} if state is AgreementState.PROPOSED else {"second_agreed_at": midnight, "second_agreed_as": "editor"}),
        **(ENDED | {"ended_at": midnight} if state is AgreementState.REVOKED else {}),
    )  # fmt: skip


def holds(said, day, midnight):
    """From its first day to its last, both included, as long as nobody ended it."""
    state, begin, end, _swapped = said
    first, last = midnight.date() + timedelta(days=begin), None if end is None else max(begin, end)
    return state is AgreementState.AGREED and first <= day and (
        last is None or day <= midnight.date() + timedelta(days=last)
    )  # fmt: skip


def public(offers, now, midnight):
    """What residents find at home at this moment."""
    return {
        f"Kurs {number}"
        for number, (state, hidden, provider, end) in enumerate(offers)
        if state is State.PUBLISHED and not hidden and provider == "published"
        and (end is None or midnight + timedelta(seconds=end) > now)
    }  # fmt: skip


def listed(visitor, address, *, named):
    """Titles of a list of the first municipality. Nothing else of the other one may be `named` on its page."""
    answer = visitor("ahausen").get(address)
    assert answer.status_code == 200
    assert answer.context["page"].paginator.num_pages == 1
    html = answer.content.decode()
    assert {f"Kurs {number}" for number in range(4) if f"Kurs {number}" in html} <= named
    return {card.title for card in answer.context["cards"]}


def filled(town, offers, midnight):
    with inside(town):
        Offer.objects.all().delete()
        Provider.objects.all().delete()
        for number, (state, hidden, provider, end) in enumerate(offers):
            an_offer(
                title=f"Kurs {number}", state=state, provider=a_provider(state=provider),
                hidden_at=midnight if hidden else None, published_at=midnight - timedelta(days=9),
                **({} if end is None else {"ends_at": midnight + timedelta(seconds=end), "schedule_kind": "dates"}),
            )  # fmt: skip
        indexing.settle()
    put_into_index(town)
    indexing.fill(town.schema_name)


@settings(max_examples=7, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STORIES)
@example(Story(MIDNIGHTS[0], [(State.PUBLISHED, False, "published", None)] * 2, (AgreementState.AGREED, -2, -1, True),
               (AgreementState.AGREED, 0, None, False), True, TownState.LIVE, True))  # fmt: skip
def test_only_what_may_be_seen_is_seen_around_midnight(ahausen, bedorf, visitor, story):
    midnight, offers, neighbour, roof, is_roof, town, has_host = story
    Agreement.objects.all().delete()
    Roof.objects.all().delete()
    hosts = [] if has_host else list(Domain.objects.filter(tenant=bedorf).values())
    filled(bedorf, offers, midnight)
    agreement(Kind.NEIGHBOUR, ahausen, bedorf, midnight, neighbour)
    agreement(Kind.ROOF, ahausen, bedorf, midnight, roof)
    if is_roof:
        put_into_index(ahausen)
        indexing.fill("ahausen")
        Roof.objects.create(municipality=ahausen)
    Municipality.objects.filter(pk=bedorf.pk).update(state=town)
    Domain.objects.filter(pk__in=[each["id"] for each in hosts]).delete()
    for now in (midnight - SECOND, midnight):
        with time_machine.travel(now, tick=False):
            theirs = public(offers, now, midnight) if town is TownState.LIVE and has_host else set()
            day = now.astimezone(BERLIN).date()
            beside = theirs if holds(neighbour, day, midnight) else set()
            assert listed(visitor, "/angebote/nachbarn/", named=beside) == beside
            own = theirs if is_roof and holds(roof, day, midnight) else set()
            assert listed(visitor, "/angebote/", named=own | beside) == own
    Domain.objects.bulk_create(Domain(**each) for each in hosts)
    Municipality.objects.filter(pk=bedorf.pk).update(state=TownState.LIVE)
