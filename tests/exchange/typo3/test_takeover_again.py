"""A take-over where something is here already: accounts, earlier take-overs, changes made since."""

import datetime as dt

import pytest

from accounts.models import User
from portal.exchange.typo3.dump import Dump, DumpError
from portal.exchange.typo3.takeover import take_over
from portal.offers.models import Location, Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.taxonomy.models import District
from tenants.running.context import inside
from tests.exchange.typo3.tools import OFFER, SMALL, edited, everything

PASSWORD = "geheim-Ä-2018"


def test_accounts_keep_role_and_password_and_get_a_new_hash_at_sign_in(here, imported, visitor, settings):
    settings.PASSWORD_HASHERS = [name for name in settings.PASSWORD_HASHERS if "MD5" not in name]
    editor = User.objects.get(email="redaktion@example.org")
    assert editor.roles == ["editor"]
    assert editor.password.startswith("typo3_pbkdf2_sha256$")
    assert User.objects.get(email="planung@example.org").roles == ["planner"]
    assert not User.objects.get(email="alt@example.org").is_active
    assert not User.objects.get(email="alt@example.org").has_usable_password()

    wrong = visitor(here.slug).post("/konto/anmelden/", {"login": editor.email, "password": "falsch-2018"})
    assert wrong.status_code == 200
    right = visitor(here.slug).post("/konto/anmelden/", {"login": editor.email, "password": PASSWORD})
    assert right.status_code == 302
    with inside(here):
        editor = User.objects.get(email=editor.email)
        assert editor.password.startswith("argon2$")
        before = everything()["exchange_importedrecord"]
        take_over(here, Dump(SMALL))
        assert User.objects.get(pk=editor.pk).password == editor.password
        assert everything()["exchange_importedrecord"] == before


def test_an_account_that_is_here_already_keeps_its_password_and_gets_the_membership(here):
    own = User.objects.create_user("anbieter@example.org", "mein-eigenes-passwort", roles=["editor"], name="Schon da")
    report = take_over(here, Dump(SMALL))
    own.refresh_from_db()

    assert own.check_password("mein-eigenes-passwort")
    assert (own.name, own.roles) == ("Schon da", ["editor"])
    assert own.memberships.get().provider.name.startswith("Förderverein")
    assert report.tables["fe_users"].unchanged == 1


def test_a_newer_dump_updates_what_nobody_touched_here(here, imported, tmp_path):
    ids = dict(Offer.objects.values_list("title", "pk"))
    newer = edited(
        tmp_path,
        ("(1,1,'Töpfern mit O\\'Neill'", "(1,1,'Töpfern für Große'"),
        ("(14,7,'2027-07-05','28800'", "(14,7,'2027-07-06','28800'"),
        ("(2,'Nord',0)", "(2,'Nordstadt',0)"),
        ("(2,'Wartender Verein'", "(2,'Angenommener Verein'"),
        ("(7,1550000000,1540000000,'planung@example.org'", "(7,1550000009,1540000000,'planung@example.com'"),
    )
    report = take_over(here, Dump(newer))

    assert Offer.objects.get(pk=ids["Töpfern mit O'Neill"]).title == "Töpfern für Große"
    holidays = Offer.objects.get(pk=ids["Ferien täglich"])
    assert holidays.schedules.get().first_date == dt.date(2027, 7, 6)
    assert holidays.occurrences.count() == 11
    assert District.objects.filter(name="Nordstadt").exists()
    assert not District.objects.filter(name="Nord").exists()
    assert Provider.objects.filter(name="Angenommener Verein").exists()
    assert User.objects.filter(email="planung@example.com").exists()
    imported_now = {table: count.imported for table, count in report.tables.items() if count.imported}
    assert imported_now[OFFER] == 2
    assert imported_now["tx_chancenportal_domain_model_district"] == 1
    assert Location.objects.filter(offer=ids["Töpfern mit O'Neill"]).count() == 1
    before = everything()
    take_over(here, Dump(newer))
    assert everything() == before


def test_what_was_changed_or_deleted_here_is_left_alone_and_reported(here, imported, tmp_path):
    Offer.objects.get(title="Töpfern mit O'Neill").save()
    Offer.objects.get(title="Ferien täglich").delete()
    District.objects.filter(name="Nord").update(name="Norden")
    newer = edited(
        tmp_path,
        ("(1,1,'Töpfern mit O\\'Neill'", "(1,1,'Töpfern für Große'"),
        ("(2,'Nord',0)", "(2,'Nordstadt',0)"),
    )
    report = take_over(here, Dump(newer))

    assert Offer.objects.filter(title="Töpfern mit O'Neill").exists()
    assert not Offer.objects.filter(title="Ferien täglich").exists()
    assert District.objects.filter(name="Norden").exists()
    skipped = {(note.table, uid) for note, uids in report.notes.items() for uid in uids if note.kind == "skipped"}
    assert {(OFFER, 1), (OFFER, 7), ("tx_chancenportal_domain_model_district", 2)} <= skipped
    assert not report.unaccounted


def test_a_new_name_that_is_taken_here_is_reported_and_stops_nothing(here, imported, tmp_path):
    report = take_over(here, Dump(edited(tmp_path, ("(2,'Nord',0)", "(2,'Süd',0)"))))

    assert sorted(District.objects.values_list("name", flat=True)) == ["Nord", "Süd"]
    assert report.tables["tx_chancenportal_domain_model_district"].skipped == 1


def test_the_dump_of_another_portal_is_refused_because_its_numbers_mean_other_things(here, imported, tmp_path):
    before = everything()
    with pytest.raises(DumpError):
        take_over(here, Dump(edited(tmp_path, ("1540000000", "1500000000"))))
    assert everything() == before


def test_offers_count_as_approved_where_the_old_portal_did_not_ask(here, tmp_path):
    template = (
        "CREATE TABLE `sys_template` (\n  `uid` int(11),\n  `constants` text\n);\n"
        "INSERT INTO `sys_template` VALUES (1,'x = 1\\nplugin.settings.activate_offer_approval = 0\\n');\n"
        "CREATE TABLE `pages` ("
    )
    take_over(
        here, Dump(edited(tmp_path, ("CREATE TABLE `pages` (", template), ("'anna@example.org',1,1,2", "'',1,0,2")))
    )

    assert Offer.objects.get(title="Töpfern mit O'Neill").state == State.PUBLISHED
