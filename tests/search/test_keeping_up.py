"""What the search remembers is brought up to date by what changed, and is then what a full reading gives."""

from datetime import datetime, timedelta

import numpy as np
import time_machine
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from portal.offers.models import Location, Occurrence, Offer, Schedule
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.search import columns, lexemes, providers, suggestions
from portal.search.columns import current_columns, load_columns
from portal.search.models import Synonyms
from portal.start import letters
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import an_offer
from tests.search import corpus

numbers = st.integers(0, 50)
titles = st.sampled_from(["Ähren", "ähren", "Äpfel & Co", "Zum Chor", "Yoga", "10 Jahre", "9 Leben", "Ω", "Über uns"])


def told(found, now=None):
    """Everything columns say, in plain lists; dates that are over left out."""
    titles = list(found.titles)
    coming = np.flatnonzero(found.dates.end_after((now or timezone.now()).timestamp()))
    dates, (starts, ends) = found.dates.at(coming), found.dates.moments(coming)
    places = found.places
    links = {
        name: sorted(
            (row, links.keys[value]) for row, value in zip(links.rows.tolist(), links.values.tolist(), strict=True)
        )
        for name, links in (
            (name, getattr(found, name))
            for name in ("topics", "categories", "target_groups", "districts", "languages", "extras")
        )
    }
    linked = {name: getattr(found, name).linked.tolist() for name in links}
    keys = {name: getattr(found, name).keys for name in links}
    plain = ("ids", "sorted_ids", "id_order", "providers", "ends", "published", "min_age", "max_age", "free",
             "accessible", "volunteering", "anywhere", "dateless", "leading")  # fmt: skip
    return {
        **{name: getattr(found, name).tolist() for name in plain},
        **{f"{name} pairs": pairs for name, pairs in links.items()},
        "linked": linked,
        "keys": keys,
        "titles": titles,
        "ages": found.group_ages,
        "tree": found.tree,
        "middles": found.middles,
        "places": [
            (row, repr(lat), repr(lon), exact, known, places.postcode_names[code], places.town_names[town],
             places.town_keys[town])
            for row, lat, lon, exact, known, code, town in zip(
                *(getattr(places, name).tolist()
                  for name in ("rows", "lat", "lon", "exact", "known", "postcodes", "towns")), strict=True)
        ],
        "dates": list(zip(dates.rows.tolist(), dates.first.tolist(), dates.last.tolist(), dates.start_time.tolist(),
                          dates.end_time.tolist(), starts.tolist(), ends.tolist(), strict=True)),
    }  # fmt: skip


class Changes(RuleBasedStateMachine):
    """Any sequence of changes of every watched kind, each committed as it is made or several at once."""

    @initialize()
    def begin(self):
        self.travel = time_machine.travel(timezone.now(), tick=False)
        self.clock = self.travel.start()
        for model in (Offer, Provider, District, Category, TargetGroup):
            model.objects.all().delete()
        corpus.taxonomy()
        TargetGroup.objects.bulk_create(TargetGroup(name=f"Menschen {n}", max_age=[None, 12][n % 2]) for n in range(6))
        corpus.offers(8, 3)

    @staticmethod
    def _one(model, number):
        rows = list(model.objects.order_by("pk"))
        return rows[number % len(rows)] if rows else None

    @rule(title=titles, state=st.sampled_from(["published", "draft"]), number=numbers)
    def make(self, title, state, number):
        category = self._one(Category, number)
        an_offer(title=title, state=state, categories=[category] if category else [], languages=["tr"],
                 provider=self._one(Provider, number), places=[{"city": "Dudweiler", "postcode": "66125"}])  # fmt: skip

    @rule(title=titles, number=numbers)
    def rename(self, title, number):
        if offer := self._one(Offer, number):
            offer.title = title
            offer.save()

    @rule(
        number=numbers,
        fields=st.sampled_from(
            [{"state": "draft"}, {"state": "published"}, {"min_age": 300 % 90}, {"max_age": 7}, {"venue": "online"},
             {"cost_kind": "free"}, {"accessibility": "yes"}, {"languages": ["ar", "de"]}, {"volunteering": True},
             {"extras": {"1": True}}, {"ends_at": datetime(2031, 1, 1, tzinfo=timezone.get_default_timezone())},
             {"schedule_kind": "none", "ends_at": None}]
        ),
    )  # fmt: skip
    def change(self, number, fields):
        if offer := self._one(Offer, number):
            rows = Offer.objects.filter(pk=offer.pk)
            # What has no dates has no end either (`offer_dateless_never_ends`).
            (rows.exclude(schedule_kind="none") if fields.get("ends_at") else rows).update(**fields)

    @rule(number=numbers)
    def delete(self, number):
        if offer := self._one(Offer, number):
            offer.delete()

    @rule(number=numbers, day=st.integers(-40, 400), hour=st.integers(0, 22))
    def date(self, number, day, hour):
        if offer := self._one(Offer, number):
            start = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0) + timedelta(days=day)
            end = start + timedelta(minutes=75)
            schedule = Schedule.objects.create(offer=offer, first_date=start.date())
            Occurrence.objects.create(
                offer=offer, schedule=schedule, starts_at=start, ends_at=end, has_time=True, first_date=start.date(),
                last_date=end.date(), start_time=start.time(), end_time=end.time(),
            )  # fmt: skip

    @rule(number=numbers)
    def no_dates(self, number):
        if offer := self._one(Offer, number):
            offer.schedules.all().delete()

    @rule(number=numbers, hidden=st.booleans(), city=st.sampled_from(["Köln", "koeln", "", "Berg"]))
    def place(self, number, hidden, city):
        if offer := self._one(Offer, number):
            Location.objects.create(
                offer=offer, city=city, latitude=49.2, longitude=7, precision="exact", hide_exact_address=hidden,
                district=self._one(District, number),
            )  # fmt: skip

    @rule(number=numbers, other=numbers)
    def move_or_remove_a_place(self, number, other):
        if place := self._one(Location, number):
            if number % 2:
                place.delete()
            else:
                place.offer, place.hide_exact_address = self._one(Offer, other), bool(other % 2)
                place.save()

    @rule(number=numbers, model=st.sampled_from([Category, TargetGroup, Marker]))
    def label(self, number, model):
        offer, entry = self._one(Offer, number), self._one(model, number)
        if offer and entry:
            field = {Category: "categories", TargetGroup: "target_groups", Marker: "markers"}[model]
            links = getattr(offer, field)
            links.remove(entry) if entry in links.all() else links.add(entry)

    @rule(number=numbers, other=numbers)
    def grow_the_tree(self, number, other):
        category, above = self._one(Category, number), self._one(Category, other)
        if category is None:
            Category.objects.create(name="Neu")
        elif above is not None and category.pk < above.pk and above.parent_id is None:
            above.parent, above.position = category, number
            above.save()
        else:
            category.name, category.position = f"Anders {number}", other
            category.save()

    @rule(number=numbers, model=st.sampled_from([Category, TargetGroup, District]))
    def fell(self, number, model):
        entry = self._one(model, number)
        if entry and not Category.objects.filter(parent=entry.pk).exists():
            entry.delete()

    @rule(number=numbers, age=st.sampled_from([None, 3, 11]))
    def move_district_and_age(self, number, age):
        District.objects.filter(pk=getattr(self._one(District, number), "pk", None)).update(
            latitude=49 + number / 100, longitude=7
        )
        TargetGroup.objects.filter(pk=getattr(self._one(TargetGroup, number), "pk", None)).update(min_age=age)

    @rule(number=numbers, state=st.sampled_from(["published", "paused"]), name=titles)
    def provider(self, number, state, name):
        if provider := self._one(Provider, number):
            provider.name, provider.state = name, state
            provider.save()

    @rule(number=numbers)
    def provider_goes(self, number):
        if (provider := self._one(Provider, number)) and Provider.objects.count() > 2:
            Offer.objects.filter(provider=provider).delete()
            provider.delete()

    @rule(number=numbers, other=numbers)
    def offer_goes_over(self, number, other):
        offer, provider = self._one(Offer, number), self._one(Provider, other)
        if offer and provider:
            Offer.objects.filter(pk=offer.pk).update(provider=provider)

    @rule(number=numbers, whole=st.booleans())
    def several_at_once(self, number, whole):
        """Committed together, or not at all: what was read within nobody else may see."""
        try:
            with transaction.atomic():
                self.delete(number)
                self.make("Zusammen", "published", number)
                self.label(number + 1, Category)
                assert told(current_columns()) == told(load_columns())
                assert 1 / whole
        except ZeroDivisionError:
            assert not whole

    @rule(state=st.sampled_from(["published", "paused"]))
    def all_at_once(self, state):
        Offer.objects.update(state=state)
        Location.objects.update(city="Überall")

    @rule(what=st.sampled_from(["synonyms", "settings", "texts"]))
    def what_is_no_offer(self, what):
        """Costs nothing: the very same columns go on."""
        before = current_columns()
        if what == "synonyms":
            Synonyms.objects.create(words=["Stütze", "Bürgergeld"])
        elif what == "settings":
            Preferences.objects.update(page_size=50)
        else:
            with connection.cursor() as cursor:
                cursor.execute("UPDATE translation_languagesettings SET id = id")
        assert current_columns() is before

    @invariant()
    def as_read_anew(self):
        assert told(current_columns()) == told(load_columns())
        assert providers.known_providers() == providers._load().providers
        titles = suggestions.followed(
            "search.titles", suggestions._load_titles, suggestions._keep_up, rooms=columns.ROOMS
        )
        anew = suggestions._load_titles()
        assert titles.beginnings.words == anew.beginnings.words
        assert titles.beginnings.places.tolist() == anew.beginnings.places.tolist()
        assert titles.beginnings.starts.tolist() == anew.beginnings.starts.tolist()
        assert titles.ids.tolist() == anew.ids.tolist()
        assert letters._rows().tolist() == letters._letters_of_rows().places.tolist()
        known = lexemes.known_lexemes()
        assert [lexeme for lexeme in lexemes._read(lexemes._ALL, []) if lexeme not in known] == []

    @rule(days=st.integers(1, 30))
    def nights_pass(self, days):
        """No change tells that a day is over."""
        self.clock.shift(timedelta(days=days))

    def teardown(self):
        self.travel.stop()


def test_columns_brought_up_to_date_are_those_a_full_reading_gives(own_database, monkeypatch):
    # A handful of offers is much of a small town: here all goes the short way.
    monkeypatch.setattr(columns, "worn", lambda old: False)
    monkeypatch.setattr(lexemes, "MANY", 0)
    with inside(municipality("ahausen")):
        run_state_machine_as_test(
            Changes,
            settings=settings(
                max_examples=6, stateful_step_count=16, deadline=None, derandomize=True, report_multiple_bugs=False,
                # A failing sequence is short enough as it is; making it shorter takes minutes.
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip
