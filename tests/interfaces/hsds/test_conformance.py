"""The checker for Open Referral (../shared/conformance) and our own description, asked of a real server."""

import json
import re
import subprocess
import sys
from datetime import date, time

import pytest
from jsonschema import Draft202012Validator

from portal.interfaces.hsds.description import description
from portal.offers.models import Location, Schedule
from portal.preferences.models import Preferences
from portal.taxonomy.models import Category, District, TargetGroup
from tenants.running.context import inside
from tests.browsing import address  # noqa: F401
from tests.conftest import SHARED, municipality
from tests.factories import a_provider, an_offer
from tests.search import corpus

CHECKER = SHARED / "conformance" / "tools" / "hsds_check.py"
# Browsers know that every *.localhost is this machine, the resolver of a bare Debian does not.
AT_HOME = """
import runpy, socket, sys
found = socket.getaddrinfo
socket.getaddrinfo = lambda host, *more: found("127.0.0.1" if host.endswith(".localhost") else host, *more)
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
pytestmark = pytest.mark.xdist_group("hsds")


@pytest.fixture(scope="module")
def filled(module_database, django_db_blocker):
    """A town with everything an offer can have, and some thirty more."""
    with django_db_blocker.unblock(), inside(municipality("ahausen")):
        Preferences.load()
        Preferences.objects.update(federal_state="SL")
        corpus.taxonomy()
        corpus.offers(30, 5)
        provider = a_provider(name="Ganz", phone="0681 1", website="https://müller.example/ä", summary="<p>x</p>")
        provider.categories.set(Category.objects.all()[:2])
        offer = an_offer(
            title="Voll",
            provider=provider,
            cost_kind="amount",
            cost_amount="3.50",
            cost_text="je Termin",
            min_age=3,
            max_age=9,
            languages=["de", "gsg"],
            online_url="https://treffen.example/räume",
            accessibility="partly",
            accessibility_note="Stufe am Eingang",
            conditions="<p>Mit Anmeldung</p>",
            registration_url="https://a.example/",
            categories=[Category.objects.first()],
        )
        offer.target_groups.add(TargetGroup.objects.first())
        Location.objects.create(
            offer=offer, street="Weg 1", postcode="66111", city="Ahausen", district=District.objects.first()
        )
        Location.objects.create(offer=offer, name="Bus", city="Ahausen", note="hält überall")
        for rule in ("FREQ=WEEKLY;BYDAY=MO,TH", "FREQ=MONTHLY;BYDAY=2TU", "FREQ=YEARLY", "FREQ=DAILY;COUNT=5", ""):
            Schedule.objects.create(
                offer=offer, first_date=date(2026, 7, 6), start_time=time(17), end_time=time(18, 30), rrule=rule
            )
        return offer.pk


@pytest.mark.parametrize(("below", "version"), [("/hsds", "3.2"), ("/hsds/uk", "uk-3.0")])
def test_the_checker_finds_nothing(address, below, version):  # noqa: F811
    if not CHECKER.exists():
        pytest.skip("../shared is not there")
    command = [sys.executable, "-c", AT_HOME, str(CHECKER), address + below, version]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    passed, failed = done.stdout.splitlines()[-1].split(", ")
    assert failed == "0 failed"
    assert int(passed.split()[0]) > 150


@pytest.mark.parametrize("version", ["3.2", "HSDS-UK-3.0"])
def test_the_description_is_one(version):
    """Every schema is one, every reference leads somewhere, no two operations have one name."""
    about = description(version, "https://a.example/hsds/")
    for shape in about["components"]["schemas"].values():
        Draft202012Validator.check_schema(shape)
    operations = [each["get"] for each in about["paths"].values()]
    names = [each["operationId"] for each in operations]
    assert len(names) == len(set(names)) == 11
    referred = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(about)))
    assert referred == set(about["components"]["schemas"])


QUESTIONS = {
    "/services": "/services?full=true&per_page=100",
    "/services#small": "/services?minimal=true",
    "/organizations": "/organizations?full=true",
    "/service_at_locations": "/service_at_locations?full=true",
    "/taxonomies": "/taxonomies",
    "/taxonomy_terms": "/taxonomy_terms?per_page=100",
}


@pytest.mark.parametrize("path", QUESTIONS)
def test_answers_are_as_our_own_description_says(filled, visitor, django_db_blocker, path):
    about = description("3.2", "https://a.example/hsds/")
    with django_db_blocker.unblock():
        client = visitor("ahausen")
        body = client.get(f"/hsds{QUESTIONS[path]}").json()
        name = path.partition("#")[0]
        one = client.get(f"/hsds{name}/{body['contents'][0]['id']}").json()
    for where, what in ((name, body), (f"{name}/{{id}}", one)):
        schema = about["paths"][where]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        whole = {**schema, "components": about["components"]}
        assert [each.message for each in Draft202012Validator(whole).iter_errors(what)] == []
