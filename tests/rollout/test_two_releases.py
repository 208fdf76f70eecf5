"""While a rollout is under way, one code works on schemas of two releases. docs/OPERATING.md, “Expand, then deploy”."""

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.utils import connector_params

from accounts.models import User
from core.access import Role
from portal.offers.models import Offer
from tenants.rollout.planning import Planner
from tenants.running.context import inside
from tenants.running.schema_states import applied_in
from tests.conftest import PASSWORD, municipality
from tests.factories import a_provider, an_offer
from tests.rollout.conftest import rows
from tools.migration_safety import complaints

PAGES = ("/", "/angebote/", "/angebote/?q=Garten", "/anbieter/", "/angebote/feed.atom", "/sitemap.xml")
EXPAND = {
    "offers": {
        "0050_more": """
            migrations.AddField("offer", "mood", models.CharField(max_length=9, db_default="heiter")),
            migrations.AddField("offer", "remark", models.TextField(null=True)),
            migrations.CreateModel("Smile", [("id", models.BigAutoField(primary_key=True)),
                ("offer", models.ForeignKey("offers.offer", models.CASCADE))])""",
        "0051_index": """atomic = False|
            AddIndexConcurrently("offer", models.Index(fields=["mood"], name="offer_mood"))""",
    },
    "usage": {"0050_more": 'migrations.AddField("dailysearch", "note", models.CharField(max_length=9, db_default=""))'},
}
CONTRACT = {
    **EXPAND,
    "usage": {
        **EXPAND["usage"],
        "0051_less": "removed_since = '0.1.0'|migrations.RemoveField('dailysearch', 'note')",
    },
    "offers": {
        **EXPAND["offers"],
        "0052_less": "removed_since = '0.1.0'|migrations.RemoveField('offer', 'mood'), migrations.DeleteModel('Smile')",
    },
}


def newer_offer(slug):
    """The model of the newer release, as its migrations make it."""
    applied, _version = applied_in([slug])[slug]
    return Planner(applied).state().apps.get_model("offers", "Offer")


def held_back(rolled_out, slug, table):
    """Roll out while somebody reads that municipality's table: it stays a release behind."""
    with psycopg.connect(**connector_params("default")) as reader:
        reader.execute(f"SELECT * FROM {slug}.{table}")
        outcome = rolled_out(patience=0, most_failures=100)
    assert (outcome.done, len(outcome.errors)) == (1, 1)


def use(where, visitor):
    """What residents, providers and editors do: pages, signing in, a new and a changed offer."""
    with inside(where):
        offer = an_offer(provider=a_provider(name="Gartenverein"), title="Gartenkurs")
        path = offer.get_absolute_url()
    browser = visitor(where.slug)
    assert [browser.get(page).status_code for page in (*PAGES, path)] == [200] * (len(PAGES) + 1)
    assert "Gartenkurs" in browser.get("/angebote/?q=Garten").content.decode()
    editor = visitor(where.slug)
    with inside(where):
        User.objects.filter(email="eva@a.example").delete()
        User.objects.create_user("eva@a.example", PASSWORD, roles=[Role.EDITOR])
    signed_in = editor.post("/konto/anmelden/", {"login": "eva@a.example", "password": PASSWORD})
    assert signed_in.status_code == 302
    assert editor.get("/redaktion/meldungen/").status_code == 200
    with inside(where):
        offer = Offer.objects.get(pk=offer.pk)
        offer.title = "Gartenfest"
        offer.save()
        Offer.objects.filter(pk=offer.pk).update(summary="mit Musik")
        assert Offer.objects.get(pk=offer.pk).title == "Gartenfest"
    return offer.pk


def test_the_code_of_the_release_before_works_on_both_schemas(release, rolled_out, visitor):
    release(**EXPAND)
    assert [line for line in complaints() if "005" in line] == []
    held_back(rolled_out, "bedorf", "usage_dailysearch")
    new, old = municipality("ahausen"), municipality("bedorf")
    assert rows("ahausen", "SELECT count(*) FROM offers_smile") == [(0,)]
    for where in (new, old):
        pk = use(where, visitor)
    assert rows("bedorf", "SELECT to_regclass('bedorf.offers_smile')") in ([(None,)], [("offers_smile",)])
    assert rolled_out(resume=True).errors == []
    for where in (new, old):
        with inside(where):
            found = newer_offer(where.slug).objects.get(title="Gartenfest")
            assert (found.mood, found.remark, found.pk) == ("heiter", None, pk if where == old else found.pk)
            use(where, visitor)


def test_the_code_that_no_longer_uses_a_column_works_with_and_without_it(release, rolled_out, visitor):
    release(**EXPAND)
    assert rolled_out().done == 2
    release(**CONTRACT)
    assert [line for line in complaints() if "005" in line] == []
    held_back(rolled_out, "bedorf", "usage_dailysearch")
    for slug in ("bedorf", "ahausen"):
        use(municipality(slug), visitor)
    assert rolled_out(resume=True).errors == []
    use(municipality("bedorf"), visitor)


def test_the_rule_is_not_too_strict_a_column_without_default_breaks_the_code_before(release, rolled_out):
    release(offers={"0050_more": 'migrations.AddField("offer", "mood", models.CharField(max_length=9, default="x"))'})
    assert any("db_default" in line for line in complaints() if line.startswith("offers."))
    assert rolled_out().errors == []
    with inside(municipality("ahausen")), pytest.raises(Exception, match="mood"):
        an_offer(provider=a_provider(name="Gartenverein"))
    assert connection.schema_name == "public"
