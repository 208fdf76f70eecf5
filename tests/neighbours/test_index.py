"""The index is what the offers are, after any sequence of changes, in the very transaction of each."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from neighbours import indexing
from neighbours.models import Agreement, IndexedOffer, TouchedRow
from portal.offers.models import Offer
from portal.offers.services import change_state, publish
from portal.offers.states import State
from portal.providers.models import Provider
from portal.taxonomy.adoption.models import Adopted
from portal.taxonomy.models import Category, TargetGroup
from tenants.running.context import inside
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.neighbours.reference import documents, expected, indexed, put_into_index
from tests.search.test_keeping_up import Changes, numbers


class Indexed(Changes):
    """Every kind of change the search has to follow, and those that decide whether anybody may see an offer."""

    @initialize()
    def begin(self):
        super().begin()
        put_into_index(municipality("ahausen"))
        indexing.fill("ahausen")

    @rule(number=numbers, state=st.sampled_from(list(State)))
    def to_another_state(self, number, state):
        if offer := self._one(Offer, number):
            Offer.objects.filter(pk=offer.pk).update(
                state=state, published_at=timezone.now(), title=offer.title or "Mit Namen"
            )

    @rule(number=numbers, hidden=st.booleans())
    def unchecked_for_long(self, number, hidden):
        if offer := self._one(Offer, number):
            Offer.objects.filter(pk=offer.pk).update(hidden_at=timezone.now() if hidden else None)

    @rule(number=numbers, other=numbers)
    def providers_become_one(self, number, other):
        gone, kept = self._one(Provider, number), self._one(Provider, other)
        if gone and kept and gone != kept:
            with transaction.atomic():
                Offer.objects.filter(provider=gone).update(provider=kept)
                gone.delete()

    @rule(number=numbers, topic=st.booleans(), code=st.integers(1, 3))
    def is_an_entry_of_the_catalogue(self, number, topic, code):
        kind, model = ("category", Category) if topic else ("target_group", TargetGroup)
        if row := self._one(model, number):
            Adopted.objects.filter(kind=kind, object_id=row.pk).delete()
            Adopted.objects.update_or_create(code=f"{kind[0]}-{code}", defaults={"kind": kind, "object_id": row.pk})

    @rule(code=st.integers(1, 3))
    def is_none_any_more(self, code):
        Adopted.objects.filter(code__endswith=f"-{code}").delete()

    @rule()
    def filled_anew(self):
        """A full rebuild finds nothing to do."""
        assert indexing.fill("ahausen") == 0

    def what_is_no_offer(self):
        """Of no matter here."""

    @invariant()
    def as_read_anew(self):
        rows = expected()
        assert indexed("ahausen") == rows
        assert documents() == len(rows)
        assert not TouchedRow.objects.exists()


def test_after_any_changes_the_index_is_a_full_rebuild(own_database):
    with inside(municipality("ahausen")):
        run_state_machine_as_test(
            Indexed,
            settings=settings(
                max_examples=6, stateful_step_count=18, deadline=None, derandomize=True, report_multiple_bugs=False,
                phases=[Phase.explicit, Phase.generate],
                suppress_health_check=list(HealthCheck),
            ),
        )  # fmt: skip


@pytest.fixture
def shown(ahausen):
    """Ahausen with two offers in the index."""
    put_into_index(ahausen)
    with inside(ahausen):
        one, other = an_offer(title="Töpfern"), an_offer(title="Segeln")
        indexing.settle()
    indexing.fill("ahausen")
    return ahausen, one, other


def rows_read() -> int:
    """Rows of the index that this transaction read so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables "
            "WHERE relid = 'public.neighbours_indexedoffer'::regclass"
        )
        return cursor.fetchone()[0]


def test_a_change_reads_its_own_rows_of_a_large_index_that_was_never_analysed(shown):
    town, one, _other = shown
    names = ", ".join(f.column for f in IndexedOffer._meta.fields if f.column not in {"id", "number"})
    with inside(town), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO public.neighbours_indexedoffer (number, {names}) "
            f"SELECT i.number + 1000 + g, {names} FROM public.neighbours_indexedoffer i, generate_series(1, 3000) g "
            "WHERE i.number = %s",
            [one.pk],
        )
        before = rows_read()
        cursor.execute("SELECT public.neighbours_refresh(%s, 'ahausen', ARRAY[%s]::bigint[])", [town.pk, one.pk])
        assert rows_read() - before < 10


def _titles(town):
    return sorted(IndexedOffer.objects.filter(municipality=town).values_list("title", flat=True))


def test_what_is_taken_down_is_gone_in_the_same_transaction(shown):
    town, one, _other = shown
    with inside(town):
        change_state(one, State.PAUSED, by="test")
        indexing.settle()
        assert _titles(town) == ["Segeln"]
        change_state(one, State.PUBLISHED, by="test")
        indexing.settle()
    assert _titles(town) == ["Segeln", "Töpfern"]


def test_what_is_rolled_back_never_happened(shown):
    town, one, _other = shown
    with inside(town), transaction.atomic():
        change_state(one, State.PAUSED, by="test")
        indexing.settle()
        assert _titles(town) == ["Segeln"]
        transaction.set_rollback(True)
    assert _titles(town) == ["Segeln", "Töpfern"]
    assert not TouchedRow.objects.exists()


def test_a_provider_that_rests_takes_its_offers_along(shown):
    town, one, _other = shown
    with inside(town):
        Provider.objects.filter(pk=one.provider_id).update(state="paused")
        indexing.settle()
    assert _titles(town) == ["Segeln"]


def test_statements_for_many_rows_and_cascades_count_like_all_others(shown):
    town, _one, _other = shown
    with inside(town):
        provider = a_provider(name="Neuer Verein")
        Offer.objects.update(provider=provider, summary="Alle gleich")
        indexing.settle()
        assert set(IndexedOffer.objects.values_list("provider", "summary")) == {("Neuer Verein", "Alle gleich")}
        with connection.cursor() as cursor:
            cursor.execute("UPDATE offers_offer SET state = 'archived'")
        indexing.settle()
    assert _titles(town) == []


def test_a_municipality_nobody_shows_pays_nothing(ahausen):
    with inside(ahausen):
        offer = an_offer()
        publish(offer, by="test") if offer.state != State.PUBLISHED else None
        assert not TouchedRow.objects.exists()
        indexing.settle()
    assert not IndexedOffer.objects.exists()


def test_what_is_wrong_is_healed_and_counted(shown):
    town, one, _other = shown
    IndexedOffer.objects.filter(number=one.pk).update(title="Falsch", ends_at=timezone.now() - timedelta(days=1))
    assert indexing.fill("ahausen") == 1
    assert _titles(town) == ["Segeln", "Töpfern"]
    assert indexing.fill("ahausen") == 0


def test_changes_and_comparisons_at_once_leave_the_index_right(own_database):
    """Offers that come and go in several processes, while the whole is compared again and again, and once emptied."""
    town = municipality("ahausen")
    put_into_index(town)
    with inside(town):
        offers = [an_offer(title=f"Kurs {number}") for number in range(6)]
    stop = threading.Event()

    def change(offer):
        with inside(town):
            for number in range(25):
                state = ["paused", "published"][(number + offer.pk) % 2]
                Offer.objects.filter(pk=offer.pk).update(state=state, summary=str(number))
        connection.close()

    def compare():
        while not stop.is_set():
            indexing.fill("ahausen")
        connection.close()

    comparing = threading.Thread(target=compare)
    comparing.start()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(change, offers))
    stop.set()
    comparing.join()
    with inside(town):
        assert indexed(town) == expected()
    assert len(indexed(town)) == 3
    assert indexing.fill("ahausen") == 0


def test_who_leaves_the_index_while_an_offer_is_saved_leaves_it_whole(own_database):
    town = municipality("ahausen")
    put_into_index(town)
    with inside(town):
        offer = an_offer(title="Kurs")

        with ThreadPoolExecutor(1) as pool, transaction.atomic():
            Offer.objects.filter(pk=offer.pk).update(title="Anders")
            indexing.settle()
            leaving = pool.submit(lambda: (indexing.forget([town.pk]), connection.close()))
            time.sleep(0.3)
            assert not leaving.done()
    leaving.result()
    assert not IndexedOffer.objects.exists()


def test_the_entries_its_topics_and_groups_are_stand_with_an_offer(shown):
    town, one, _other = shown
    with inside(town):
        above = Category.objects.create(name="Kunst")
        below = Category.objects.create(name="Keramik", parent=above)
        group = TargetGroup.objects.create(name="Kinder", min_age=6)
        one.categories.add(below)
        one.target_groups.add(group)
        for kind, code, row in (("category", "K-1", above), ("category", "K-2", below), ("target_group", "Z-1", group)):
            Adopted.objects.create(kind=kind, code=code, object_id=row.pk)
        Adopted.objects.create(kind="category", code="K-3", object_id=None)
        indexing.settle()
        row = IndexedOffer.objects.get(number=one.pk)
        assert (row.codes, row.groups) == (["K-1", "K-2"], [["Kinder", 6, None, "Z-1"]])
        Adopted.objects.filter(code="K-1").delete()
        indexing.settle()
    assert IndexedOffer.objects.get(number=one.pk).codes == ["K-2"]


def test_the_command_fills_heals_and_takes_out(ahausen, bedorf):
    with inside(ahausen):
        an_offer(title="Töpfern")
    for town in (ahausen, bedorf):
        put_into_index(town)
    Agreement.objects.create(
        kind="neighbour", first=ahausen, second=bedorf, valid_from=timezone.localdate(), proposed_by="first",
        state="agreed", first_agreed_at=timezone.now(), first_agreed_as="editor", second_agreed_at=timezone.now(),
        second_agreed_as="editor",
    )  # fmt: skip
    assert rebuilt() == "ahausen: 0 Zeilen waren falsch.\nbedorf: 0 Zeilen waren falsch.\n"
    assert _titles(ahausen) == ["Töpfern"]
    IndexedOffer.objects.update(title="Falsch")
    assert rebuilt("bedorf") == "bedorf: 0 Zeilen waren falsch.\n"
    assert _titles(ahausen) == ["Falsch"]
    assert rebuilt("ahausen") == "ahausen: 1 Zeile war falsch.\n"
    assert _titles(ahausen) == ["Töpfern"]
    Agreement.objects.all().delete()
    with pytest.raises(CommandError, match="„ahausen“ zeigt niemandem Angebote"):
        rebuilt("ahausen")
    assert rebuilt() == ""
    assert _titles(ahausen) == []


def rebuilt(*slug):
    said = StringIO()
    call_command("rebuild_neighbours", *slug, stdout=said)
    return said.getvalue()


def test_no_protected_address_leaves_the_municipality(ahausen):
    put_into_index(ahausen)
    with inside(ahausen):
        an_offer(
            title="Frauenhaus",
            internal={"intern": "geheim"},
            places=[{"name": "Haus am Wald", "street": "Waldweg 1", "postcode": "66111", "city": "Ahausen",
                     "latitude": 49.1, "longitude": 7.1, "precision": "exact", "hide_exact_address": True}],
        )  # fmt: skip
        indexing.fill("ahausen")
        assert indexed(ahausen) == expected()
    (row,) = indexed(ahausen).values()
    assert row["places"] == [[None, None, False, "", "", "", ""]]
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(o)::text || d.vector::text || d.title_vector::text FROM "
                       "neighbours_indexedoffer o JOIN neighbours_indexeddocument d ON d.offer_id = o.id")  # fmt: skip
        (everything,) = cursor.fetchone()
    for secret in ("geheim", "intern", "Wald", "wald", "66111", "49.1"):
        assert secret not in everything
