"""Generated offers and profiles as snapshots: anything a form could hand in, valid."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from core.text import clean_text
from portal.offers.choices import Access, Accessibility, Venue
from portal.providers.models import Weekday

letters = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])


def text(most: int, least: int = 0) -> st.SearchStrategy[str]:
    return st.text(letters, min_size=least, max_size=min(most, 40)).map(str.strip)


def said(most: int, otherwise: str) -> st.SearchStrategy[str]:
    """Text of which something is left when signs nobody sees are taken out, as from a field that must be filled in."""
    return text(most).map(lambda each: each if clean_text(each).strip() else otherwise)


markup = st.lists(
    st.sampled_from(
        [
            "<p>Wir <b>töpfern</b>.</p>",
            "<ul><li>Ton</li></ul>",
            '<a href="https://a.example">Mehr</a>',
            "x < y",
        ]
    )
    | text(40),
    max_size=4,
).map("".join)
days = st.dates(dt.date(2026, 1, 1), dt.date(2028, 12, 31)).map(dt.date.isoformat)
clocks = st.times().map(lambda each: each.replace(microsecond=0).isoformat("minutes"))
points = st.none() | st.tuples(
    st.floats(-90, 90, allow_nan=False), st.floats(-180, 180, allow_nan=False), st.sampled_from(["exact", "postcode"])
)
contact = {
    "contact_salutation": st.sampled_from(["", "ms", "mr"]),
    "contact_name": text(160),
    "contact_role": text(200),
    "contact_phone": st.sampled_from(["", "0681 123"]),
    "contact_email": st.sampled_from(["", "a@verein.example"]),
}


def _placed(place: dict[str, Any]) -> dict[str, Any]:
    point = place.pop("point")
    latitude, longitude, precision = point or (None, None, "")
    return {**place, "latitude": latitude, "longitude": longitude, "precision": precision}


address = {
    "street": text(200),
    "postcode": st.sampled_from(["", "66111", "01067"]),
    "city": text(120),
    "point": points,
}


def _rule(
    first: str, days_more: int, start: str | None, end: str | None, repeat: str, free: list[str], off: Any, why: str
) -> Any:
    last = None if repeat or not days_more else (dt.date.fromisoformat(first) + dt.timedelta(days_more)).isoformat()
    return {
        "first_date": first,
        "last_date": last,
        "start_time": start,
        "end_time": end if start else None,
        "rrule": repeat,
        "exdates": free,
        **({"off": off} if off else {}),
        **({"reasons": {free[0]: why}} if free and why else {}),
    }


rules = st.builds(
    _rule,
    days,
    st.integers(0, 3),
    st.none() | clocks,
    st.none() | clocks,
    st.sampled_from(["", "FREQ=WEEKLY;COUNT=3", "FREQ=MONTHLY;BYDAY=2TU;COUNT=4", "FREQ=DAILY;UNTIL=20290101"]),
    st.lists(days, max_size=2, unique=True).map(sorted),
    st.sampled_from([[], [], ["public"], ["public", "school"]]),
    st.sampled_from(["", "", "Betriebsausflug"]),
)
costs = st.one_of(
    st.tuples(st.sampled_from(["unknown", "free"]), st.none(), text(255)),
    st.tuples(st.just("amount"), st.decimals("0.01", "9999", places=2).map(str), text(255)),
    st.tuples(st.just("text"), st.none(), said(255, "nach Einkommen")),
)
ages = st.lists(st.none() | st.integers(0, 120), min_size=2, max_size=2).map(
    lambda pair: sorted(pair) if None not in pair else pair
)


def _offer(cost: Any, age: Any, dates: Any, **fields: Any) -> dict[str, Any]:
    kind, amount, words = cost
    return {
        **fields,
        "cost_kind": kind,
        "cost_amount": amount,
        "cost_text": words,
        "min_age": age[0],
        "max_age": age[1],
        "schedule_kind": "dates" if dates else "none",
        "schedules": dates,
    }


def offers(categories: list[int], groups: list[int], markers: list[int], districts: list[int], media: list[int]) -> Any:
    """Snapshots of offers, choosing from what there is."""
    place = st.fixed_dictionaries(
        {
            **address,
            "name": text(200),
            "note": text(255),
            "district": st.none() | st.sampled_from(districts),
            "hide_exact_address": st.booleans(),
        }
    ).map(_placed)
    words = ("conditions", "course_number", "capacity", "speaker", "format", "cooperation", "participate_note")
    return st.builds(
        _offer,
        costs,
        ages,
        st.lists(rules, max_size=3),
        title=said(255, "Ohne"),
        summary=text(300),
        description=markup,
        languages=st.lists(st.sampled_from(["de", "tr", "uk"]), unique=True),
        venue=st.sampled_from(Venue.values),
        access=st.sampled_from(Access.values),
        accessibility=st.sampled_from(Accessibility.values),
        volunteering=st.booleans(),
        online_url=st.sampled_from(["", "https://a.example/raum"]),
        categories=st.lists(st.sampled_from(categories), unique=True).map(sorted),
        target_groups=st.lists(st.sampled_from(groups), unique=True).map(sorted),
        markers=st.lists(st.sampled_from(markers), unique=True).map(sorted),
        locations=st.lists(place, max_size=3),
        images=pictures(media, ["hero", "content", "contact"]),
        **{name: text(255) for name in words},
        **contact,
    )


def pictures(media: list[int], kinds: list[str]) -> Any:
    one = st.fixed_dictionaries(
        {
            "media": st.sampled_from(media),
            "kind": st.sampled_from(kinds),
            "alt_text": text(300),
            "copyright": said(300, "Foto: M"),
        }
    )
    return st.lists(one, max_size=3)


def profiles(categories: list[int], carriers: list[int], districts: list[int], media: list[int]) -> Any:
    """Snapshots of profiles."""
    hours = st.tuples(st.sampled_from(Weekday.values), st.integers(0, 11), st.integers(12, 23)).map(
        lambda each: {"weekday": each[0], "opens": f"{each[1]:02}:00", "closes": f"{each[2]:02}:30"}
    )
    day_note = st.fixed_dictionaries({"weekday": st.sampled_from(Weekday.values), "text": said(200, "nach Absprache")})
    facts = st.fixed_dictionaries({"label": said(120, "Seit"), "text": markup})
    return st.fixed_dictionaries(
        {
            **address,
            **contact,
            "name": said(255, "Verein"),
            "tagline": text(255),
            "summary": text(300),
            "description": markup,
            "carrier": st.none() | st.sampled_from(carriers),
            "district": st.none() | st.sampled_from(districts),
            "email": st.sampled_from(["", "verein@verein.example"]),
            "phone": st.sampled_from(["", "0681 1"]),
            "website": st.sampled_from(["", "https://verein.example"]),
            "opening_hours_note": text(400),
            "closed_on_holidays": st.booleans(),
            "closed_in_school_holidays": st.booleans(),
            "opening_notes": st.lists(day_note, max_size=4, unique_by=lambda each: each["weekday"]),
            "employees": st.none() | st.integers(0, 5000),
            "volunteering": st.booleans(),
            "categories": st.lists(st.sampled_from(categories), unique=True).map(sorted),
            "opening_hours": st.lists(hours, max_size=5, unique_by=lambda each: (each["weekday"], each["opens"])),
            "facts": st.lists(facts, max_size=3),
            "images": pictures(media, ["content"]),
        }
    ).map(_placed)
