"""Whoever follows `updated_since` has what the list has, whatever changed the tables and how."""

import contextlib
from datetime import datetime, timedelta
from random import Random

import psycopg
import pytest
from django.db import connection, transaction
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.utils import timezone

from portal.interfaces.models import Change
from portal.offer_fields.models import OfferForm
from portal.offers.models import Location, Offer, OfferImage, Schedule
from portal.preferences.models import Preferences
from portal.providers.models import Carrier, OpeningHours, Provider, ProviderImage
from portal.taxonomy.models import Category, District, Marker, TargetGroup
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.kinds import CATEGORIES, TARGET_GROUPS
from portal.vocabulary.merging import merge
from tenants.lifecycle.domains import make_primary
from tenants.models import Domain
from tenants.running.context import inside, inside_public
from tests.conftest import municipality
from tests.factories import a_provider, an_offer
from tests.interfaces.test_search import all_of
from tests.search import corpus

# With everything that can be put into a record: whatever differs there has to be told.
ADDRESSES = {
    "offers": "/api/v1/offers/?expand=provider,categories,target_groups&",
    "providers": "/api/v1/providers/?",
}
HSDS = "/hsds/services?full=true&per_page=20"


class Copy:
    """A program that keeps a copy of all offers and organisations, and of all services as Open Referral has them."""

    def __init__(self, client):
        self.client = client
        self.services, self.modified_after = {}, "1970-01-01"
        self.things = {"offers": {}, "providers": {}}
        self.since = dict.fromkeys(self.things, "1970-01-01")
        self.deleted = set()
        self.received = 0

    def follow(self):
        for kind, things in self.things.items():
            found, first = all_of(self.client, f"updated_since={self.since[kind]}&limit=7", ADDRESSES[kind])
            self.since[kind] = first["as_of"]
            self.received += len(found)
            for each in found:
                if each.get("deleted"):
                    things.pop(each["id"], None)
                    self.deleted.add((kind, each["id"]))
                else:
                    things[each["id"]] = each
        found, self.modified_after = self.all_services(f"&modified_after={self.modified_after}")
        for each in found:
            if each["status"] == "active":
                self.services[each["id"]] = each
            else:
                self.services.pop(each["id"], None)

    def all_services(self, more=""):
        found, page, as_of = [], {"last_page": False, "page_number": 0}, ""
        while not page["last_page"]:
            page = self.client.get(f"{HSDS}{more}&page={page['page_number'] + 1}").json()
            as_of = as_of or page.get("x_as_of", "")
            found += page["contents"]
        return found, as_of

    def is_right(self):
        for kind, things in self.things.items():
            whole, _first = all_of(self.client, "limit=100", ADDRESSES[kind])
            for each in whole:
                each.pop("next_date", None)
            assert things == {each["id"]: each for each in whole}
        assert self.services == {each["id"]: each for each in self.all_services()[0]}


def a_step(rng):
    """Something that happens in a town: by form, by import, by a statement for many, by a cascade."""
    offers = list(Offer.objects.values_list("pk", flat=True))
    some = rng.sample(offers, min(4, len(offers)))
    one = Offer.objects.get(pk=some[0])
    provider = rng.choice(list(Provider.objects.all()))
    category, group = rng.choice(list(Category.objects.all())), TargetGroup.objects.first()
    carrier = Carrier.objects.get_or_create(name="Träger")[0]
    past = timezone.now() - timedelta(days=1)

    def by_hand(statement, *values):
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    steps = {
        "a title": lambda: (setattr(one, "title", f"Neu {rng.random()}"), one.save()),
        "many states": lambda: Offer.objects.filter(pk__in=some).update(state=rng.choice(["paused", "published"])),
        "by hand": lambda: by_hand("UPDATE offers_offer SET summary = %s WHERE id = %s", f"x{rng.random()}", one.pk),
        "hidden": lambda: Offer.objects.filter(pk__in=some[:2]).update(hidden_at=rng.choice([None, past])),
        "a provider rests": lambda: Provider.objects.filter(pk=provider.pk).update(
            state=rng.choice(["paused", "published", "published"])
        ),
        "another name": lambda: Provider.objects.filter(pk=provider.pk).update(name=f"V {rng.random()}"),
        "a district's name": lambda: District.objects.update(name=Concat("name", Value("!"))),
        "a detail is left out": lambda: OfferForm.objects.update(left_out=rng.choice([[], ["capacity", "languages"]])),
        "topics": lambda: one.categories.set([category]),
        "no topics": one.categories.clear,
        "groups": lambda: one.target_groups.add(group) if group else None,
        "markers": lambda: one.markers.add(Marker.objects.get_or_create(name="Bildungspaket")[0]),
        "places": lambda: Location.objects.filter(offer__in=some).update(
            hide_exact_address=rng.random() < 0.5, street="Weg 1"
        ),
        "a district goes": lambda: District.objects.filter(pk=District.objects.values("pk")[:1]).delete(),
        "a district comes": lambda: District.objects.create(name=f"Neu {rng.random()}"),
        "deleted": one.delete,
        "new": lambda: an_offer(provider=provider, places=[{"city": "Ahausen"}]),
        "over": lambda: Offer.objects.filter(pk=one.pk).exclude(schedule_kind="none").update(ends_at=past),
        "a rule": lambda: Schedule.objects.filter(offer=one).update(exdates=[timezone.localdate()]),
        "another provider": lambda: Offer.objects.filter(pk=one.pk).update(provider=provider),
        "a picture": lambda: OfferImage.objects.create(
            offer=one, image="offers/x.png", kind="content", alt_text="x", copyright="y", width=1, height=1
        ),
        "undone": lambda: _undone(some),
        "a topic's name": lambda: Category.objects.filter(pk=category.pk).update(name=f"Thema {rng.random()}"),
        "a topic's colour": lambda: Category.objects.filter(pk=category.pk).update(color=rng.choice(["#aa0000", ""])),
        "a topic retires": lambda: Category.objects.filter(pk=category.pk).update(retired=rng.random() < 0.5),
        "a topic moves": lambda: _moved(rng),
        "two topics become one": lambda: _merged(CATEGORIES, rng),
        "two groups become one": lambda: _merged(TARGET_GROUPS, rng),
        "a group comes": lambda: one.target_groups.add(TargetGroup.objects.create(name=f"Gruppe {rng.random()}")),
        "a group's name": lambda: TargetGroup.objects.update(name=Concat("name", Value("."))),
        "a group's ages": lambda: TargetGroup.objects.update(min_age=rng.randint(0, 9), max_age=rng.randint(9, 99)),
        "a carrier's name": lambda: Carrier.objects.update(name=f"Träger {rng.random()}"),
        "a carrier": lambda: Provider.objects.filter(pk=provider.pk).update(carrier=rng.choice([None, carrier])),
        "a provider's district": lambda: Provider.objects.filter(pk=provider.pk).update(
            district=District.objects.order_by("-pk").first()
        ),
        "a provider's topics": lambda: provider.categories.set([category]),
        "no opening hours": lambda: provider.opening_hours.all().delete(),
        "opening hours": lambda: OpeningHours.objects.get_or_create(
            provider=provider, weekday=1, opens="09:00", closes="10:00"
        ),
        "a logo": lambda: _with_logo(provider, rng),
        "the state": lambda: Preferences.objects.update(federal_state=rng.choice(["SL", "RP"])),
    }
    name = rng.choice(list(steps))
    steps[name]()
    return name


def _moved(rng):
    leaf, root = Category.objects.filter(children=None).first(), Category.objects.filter(parent=None).last()
    if leaf is not None and leaf != root and not root.children.filter(name=leaf.name).exists():
        Category.objects.filter(pk=leaf.pk).update(parent=rng.choice([None, root]))


def _merged(kind, rng):
    pks = list(kind.model.objects.values_list("pk", flat=True))
    if len(pks) > 3:
        with contextlib.suppress(RefusedError):
            merge(kind, *rng.sample(pks, 2), by="test")


def _with_logo(provider, rng):
    ProviderImage.objects.update_or_create(
        provider=provider, kind="logo", defaults={"image": f"p/{rng.randint(0, 9)}.png", "width": 1, "height": 1}
    )


def _undone(some):
    with transaction.atomic():
        Offer.objects.filter(pk__in=some).update(state="archived")
        transaction.set_rollback(True)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_copy_that_follows_is_the_list(own_database, seed):
    rng, town = Random(seed), municipality("ahausen")
    with inside(town):
        corpus.taxonomy()
        corpus.offers(25, seed)
        a_provider(name="Ohne Angebote")
    copy = Copy(Client(HTTP_HOST="ahausen.localhost"))
    copy.follow()
    copy.is_right()
    done = []
    for _round in range(16):
        with inside(town):
            done += [a_step(rng) for _n in range(rng.randint(1, 3))]
        copy.follow()
        copy.is_right()
    assert copy.deleted, done
    # Another name of the portal is in every address.
    with inside_public():
        Domain.objects.create(domain="www.ahausen.localhost", tenant=town, is_primary=False)
    make_primary("ahausen", "www.ahausen.localhost", by="test")
    copy.client = Client(HTTP_HOST="www.ahausen.localhost")
    copy.follow()
    copy.is_right()


def test_an_offer_is_over_when_its_time_has_come_though_nobody_changes_it(ahausen, visitor, time_machine):
    client = visitor("ahausen")
    with inside(ahausen):
        soon = timezone.now() + timedelta(hours=1)
        offer = an_offer(schedule_kind="dates", ends_at=soon)
    since = (timezone.now() + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert client.get("/api/v1/offers/", {"updated_since": since}).json()["results"] == []
    time_machine.move_to(soon + timedelta(minutes=10))
    (gone,) = client.get("/api/v1/offers/", {"updated_since": since}).json()["results"]
    assert (gone["id"], gone["deleted"], gone["reason"]) == (offer.pk, True, "over")


def test_a_server_whose_clock_is_late_promises_no_more_than_it_has_told(ahausen, visitor, time_machine):
    """What is over by the clock of the database and not yet by its own comes with the next answer."""
    time_machine.move_to(timezone.now() - timedelta(minutes=10))
    answer = visitor("ahausen").get("/api/v1/offers/", {"updated_since": "1970-01-01"}).json()
    assert datetime.fromisoformat(answer["as_of"]) <= timezone.now()


def test_what_was_never_public_leaves_no_trace(ahausen, visitor):
    with inside(ahausen):
        for state in ("draft", "submitted", "returned"):
            offer = an_offer(state=state, published_at=None)
            Offer.objects.filter(pk=offer.pk).update(summary="anders")
        an_offer(provider=a_provider(state="draft", published_at=None))
        Offer.objects.filter(state="draft").delete()
        assert not Change.objects.filter(kind="offer").exists()
    answer = visitor("ahausen").get("/api/v1/offers/", {"updated_since": "1970-01-01"})
    assert answer.json()["results"] == []


def test_what_nobody_sees_is_no_change(own_database):
    with inside(municipality("ahausen")):
        offer = an_offer()
        before = Change.objects.get(kind="offer", object_id=offer.pk).changed_at
        Offer.objects.filter(pk=offer.pk).update(internal={"1": "x"}, updated_at=timezone.now(), dates_problem="x")
        assert Change.objects.get(kind="offer", object_id=offer.pk).changed_at == before
        Offer.objects.filter(pk=offer.pk).update(summary="neu")
        assert Change.objects.get(kind="offer", object_id=offer.pk).changed_at > before


def test_of_what_an_offer_only_names_webhooks_tell_nothing(own_database):
    """Their message has the numbers of topics, not their names: thousands of them would say what was said before."""
    with inside(municipality("ahausen")):
        below = Category.objects.create(name="Chor", parent=Category.objects.create(name="Musik"))
        offer, other = an_offer(categories=[below]), an_offer()
        before = {row.object_id: row for row in Change.objects.filter(kind="offer")}
        Category.objects.filter(pk=below.parent_id).update(name="Klang")
        after = {row.object_id: row for row in Change.objects.filter(kind="offer")}
        assert after[offer.pk].changed_at > before[offer.pk].changed_at
        assert after[offer.pk].own_at == before[offer.pk].own_at
        assert after[other.pk].changed_at == before[other.pk].changed_at
        Category.objects.update(position=7, icon="music")
        assert Change.objects.get(pk=after[offer.pk].pk).changed_at == after[offer.pk].changed_at
        Offer.objects.filter(pk=offer.pk).update(summary="neu")
        assert Change.objects.get(pk=after[offer.pk].pk).own_at > after[offer.pk].own_at


def test_a_transaction_that_is_still_open_is_not_missed(own_database):
    """Its changes carry the moment of its beginning, which may lie before somebody else's question."""
    town = municipality("ahausen")
    with inside(town):
        offer = an_offer(title="Vorher")
    copy = Copy(Client(HTTP_HOST="ahausen.localhost"))
    copy.follow()
    given = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    with psycopg.connect(**{name: connection.settings_dict[key] for name, key in given.items()}) as other:
        table = f'"{town.schema_name}".offers_offer'
        other.execute(f"UPDATE {table} SET title = %s WHERE id = %s", ["Nachher", offer.pk])
        copy.follow()
        assert copy.things["offers"][offer.pk]["title"] == "Vorher"
        other.commit()
    copy.follow()
    assert copy.things["offers"][offer.pk]["title"] == "Nachher"
    copy.is_right()
