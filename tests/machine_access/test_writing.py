"""Programs write by the same services, rules and approval as people; each result says where it stands."""

import pytest

from audit.models import Entry
from audit.services import broken_links
from core.access import Role
from portal.machine_access.models import ExternalOffer
from portal.offers import editing, snapshot
from portal.offers.models import Offer
from portal.preferences.models import ApprovalRule, Preferences
from portal.revisions.models import Revision
from portal.tokens.models import Scope
from tenants.running.context import inside
from tests.factories import a_provider, an_offer
from tests.machine_access.conftest import OFFERS

ALL = {
    "min_age": 6,
    "max_age": 99,
    "languages": ["de", "tr"],
    "venue": "both",
    "online_url": "https://x.example/",
    "cost": {"kind": "amount", "amount": 7.5, "text": "je Abend"},
    "access": "open",
    "accessibility": "yes",
    "accessibility_note": "Rampe",
    "conditions": "Anmelden",
    "registration_url": "https://x.example/a",
    "course_number": "4711",
    "capacity": "12",
    "format": "Kurs",
    "cooperation": "VHS",
    "volunteering": True,
    "participate_note": "Mithelfen",
    "donate_note": "Spenden",
    "video_url": "https://x.example/v",
    "schedule_note": "Nicht in den Ferien",
}


def rules(town, rule=ApprovalRule.OFFERS):
    with inside(town):
        Preferences.objects.update(approval=rule)


def test_a_new_offer_waits_or_is_public_as_the_rules_say(ahausen, program):
    rules(ahausen)
    waiting = program.post(program.said())
    assert waiting.status_code == 201, waiting.content
    told = waiting.json()
    assert (told["state"], told["waiting"], told["public"], told["notes"]) == ("submitted", "editors", False, [])
    with inside(ahausen):
        program.provider.trusted = True
        program.provider.save()
    told = program.post(program.said(title="Zweites")).json()
    assert (told["state"], told["waiting"], told["public"]) == ("published", "", True)
    assert program.client.get(f"{OFFERS}{told['id']}/").json()["title"] == "Zweites"
    with inside(ahausen):
        made = Offer.objects.get(pk=told["id"])
        assert (made.author, made.provider) == (None, program.provider)
        revision = Revision.objects.of("offer", made.pk).get()
        assert (revision.author, revision.author_name) == (None, str(program.token.program()))
        assert {each.actor for each in Entry.objects.filter(target_type="offers.offer", target_id=made.pk)} == {
            str(program.token.program())
        }
        assert broken_links() == []


def test_everything_it_says_is_read_back(ahausen, program):
    rules(ahausen, ApprovalRule.PROVIDERS)
    said = program.said(
        **ALL,
        description="<p>Lang</p><script>x</script>",
        target_group_ids=[program.group],
        locations=[{"name": "Halle", "street": "Weg 1", "postcode": "66111", "city": "Saarbrücken", "note": "Hof",
                    "district_id": program.district, "latitude": 49.2, "longitude": 7.0}],
        schedules=[{"first_date": "2027-01-12", "start_time": "18:00", "end_time": "19:30",
                    "rrule": "FREQ=WEEKLY;COUNT=10", "except_on": ["2027-01-19"], "except_holidays": ["school"]}],
        contact={"name": "Ines", "phone": "0681 1", "email": "ines@x.example"},
    )  # fmt: skip
    answer = program.post(said)
    assert answer.status_code == 201, answer.content
    shown = program.client.get(f"{OFFERS}{answer.json()['id']}/").json()
    for name in ("title", "summary", "category_ids", "target_group_ids", *(each for each in ALL)):
        assert shown[name] == said[name], name
    assert shown["description"] == "<p>Lang</p>"
    (place,) = shown["locations"]
    assert {name: place[name] for name in said["locations"][0]} == said["locations"][0]
    (rule,) = shown["schedules"]
    assert {name: rule[name] for name in said["schedules"][0]} == said["schedules"][0]
    assert shown["schedule_kind"] == "weekly"
    assert shown["phone"] == "0681 1"
    assert "ines@x.example" not in str(shown)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"title": ["x"]}, "title"),
        ({"title": "a\x00b"}, "title"),
        ({"summary": ""}, "summary"),
        ({"category_ids": []}, "category_ids"),
        ({"category_ids": [999_999]}, "category_ids"),
        ({"category_ids": "3"}, "category_ids"),
        ({"target_group_ids": [2**63]}, "target_group_ids"),
        ({"locations": []}, "locations"),
        ({"locations": [{"postcode": "123"}]}, "locations"),
        ({"locations": [{"street": "Weg 1", "district_id": 999_999}]}, "locations"),
        ({"locations": [{"street": "Weg 1", "latitude": 91, "longitude": 7}]}, "locations"),
        ({"locations": [{"street": "Weg 1", "latitude": 7.0, "longitude": 49.2}]}, "locations"),
        ({"schedules": [{}]}, "schedules"),
        ({"schedules": [{"first_date": "2027-02-30"}]}, "schedules"),
        ({"schedules": [{"first_date": "2027-02-01", "rrule": "FREQ=SECONDLY"}]}, "schedules"),
        ({"schedules": [{"first_date": "2027-02-01", "end_time": "18:00"}]}, "schedules"),
        ({"schedule_kind": "weekly"}, "schedules"),
        ({"schedule_kind": "none", "schedules": [{"first_date": "2027-02-01"}]}, "schedule_kind"),
        ({"cost": {"kind": "amount"}}, "cost"),
        ({"cost": {"kind": "text"}}, "cost"),
        ({"cost": {"amount": 3}}, "cost"),
        ({"cost": {"kind": "free", "amount": 3}}, "cost"),
        ({"min_age": 9, "max_age": 3}, "max_age"),
        ({"min_age": -1}, "min_age"),
        ({"registration_url": "javascript:alert(1)"}, "registration_url"),
        ({"contact": {"email": "x"}}, "contact"),
        ({"languages": ["german"]}, "languages"),
        ({"languages": ["de", "zz"]}, "languages"),
        ({"locations": [{"street": "Weg 1", "latitude": 49.2}]}, "locations"),
        ({"venue": "moon"}, "venue"),
        ({"state": "published"}, "state"),
        ({"images": []}, "images"),
    ],
)
def test_what_is_wrong_is_named_by_field_and_nothing_is_made(ahausen, program, wrong, field):
    with inside(ahausen):
        Preferences.objects.update(offers_without_address=False)
    answer = program.post(program.said(**wrong))
    assert answer.status_code == 422, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert field in told["errors"], told
    with inside(ahausen):
        assert not Offer.objects.exists()
        assert not Revision.objects.exists()


def test_an_unknown_language_is_refused_with_those_that_are_known_and_an_old_one_may_stay(ahausen, program):
    rules(ahausen, ApprovalRule.PROVIDERS)
    (said,) = program.post(program.said(languages=["tr", "zz"])).json()["errors"]["languages"]
    assert "zz" in said.partition(".")[0]
    assert {"de", "tr", "kmr", "gsg"} <= set(said.replace(",", " ").split())
    offer = program.post(program.said(languages=["tr"])).json()["id"]
    with inside(ahausen):
        Offer.objects.filter(pk=offer).update(languages=["xx"])
    assert program.patch(offer, {"languages": ["xx", "ru"]}).status_code == 200
    assert program.patch(offer, {"languages": ["ru", "yy"]}).status_code == 422


def test_a_change_says_only_what_changes(ahausen, program):
    rules(ahausen, ApprovalRule.PROVIDERS)
    pk = program.post(program.said(**ALL)).json()["id"]
    with inside(ahausen):
        before = snapshot.take(Offer.objects.get(pk=pk))
    told = program.patch(pk, {"title": "Yoga am Morgen"}).json()
    assert (told["state"], told["waiting"]) == ("published", "")
    with inside(ahausen):
        assert snapshot.take(Offer.objects.get(pk=pk)) == {**before, "title": "Yoga am Morgen"}
        number = Revision.objects.count()
    assert program.patch(pk, {"title": "Yoga am Morgen"}).status_code == 200
    with inside(ahausen):
        assert Revision.objects.count() == number, "nothing new leaves nothing behind"


def test_a_change_of_what_is_public_waits_where_changes_do(ahausen, program):
    rules(ahausen, ApprovalRule.CHANGES)
    with inside(ahausen):
        offer = an_offer(provider=program.provider, summary="Für alle.", categories=[program.topic], title="Alt",
                         places=[{"street": "Weg 1"}])  # fmt: skip
    told = program.patch(offer.pk, {"title": "Neu"}).json()
    assert (told["state"], told["waiting"], told["public"]) == ("published", "editors", True)
    assert program.client.get(f"{OFFERS}{offer.pk}/").json()["title"] == "Alt"
    # Another change stands upon the first.
    assert program.patch(offer.pk, {"summary": "Auch neu."}).json()["waiting"] == "editors"
    with inside(ahausen):
        waiting = editing.waiting_for(offer)
        assert (waiting.content["title"], waiting.content["summary"]) == ("Neu", "Auch neu.")


def test_what_was_given_back_says_why_and_can_be_handed_in_again(ahausen, program, person):
    rules(ahausen)
    pk = program.post(program.said()).json()["id"]
    editor = person(ahausen, Role.EDITOR)
    with inside(ahausen):
        waiting = editing.waiting_for(Offer.objects.get(pk=pk))
        editing.send_back(waiting, by=editor, version=waiting.version, reason="Bitte kürzer.")
    told = program.state(pk).json()
    assert (told["state"], told["waiting"], told["reason"]) == ("returned", "", "Bitte kürzer.")
    told = program.patch(pk, {"title": "Kürzer"}).json()
    assert (told["state"], told["waiting"], told["reason"]) == ("submitted", "editors", "")


def test_the_same_number_is_the_same_offer(ahausen, program):
    rules(ahausen, ApprovalRule.PROVIDERS)
    first = program.post(program.said(external_id="K-1", **ALL))
    again = program.post(program.said(external_id="K-1", title="Neu"))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert again.json()["external_id"] == "K-1"
    shown = program.client.get(f"{OFFERS}{first.json()['id']}/").json()
    # The whole text once more: what is missing says nothing.
    assert (shown["title"], shown["course_number"], shown["cost"]["kind"]) == ("Neu", "", "unknown")
    with inside(ahausen):
        assert ExternalOffer.objects.count() == Offer.objects.count() == 1


def test_a_number_is_one_of_an_organisation_and_outlives_the_token(ahausen, make_program, program):
    rules(ahausen, ApprovalRule.PROVIDERS)
    other = make_program(ahausen, a_program_of(ahausen, "Chor"))
    renewed = make_program(ahausen, program.provider)
    mine = program.post(program.said(external_id="1")).json()["id"]
    theirs = other.post(other.said(external_id="1")).json()["id"]
    assert mine != theirs
    assert renewed.post(renewed.said(external_id="1")).json()["id"] == mine


def a_program_of(town, name):
    with inside(town):
        return a_provider(name=name)


def test_withdrawing_puts_away_and_the_same_number_brings_back(ahausen, program):
    rules(ahausen, ApprovalRule.PROVIDERS)
    pk = program.post(program.said(external_id="1")).json()["id"]
    for _twice in range(2):
        told = program.delete(pk).json()
        assert (told["state"], told["public"]) == ("archived", False)
    assert program.client.get(f"{OFFERS}{pk}/").status_code == 410
    refused = program.patch(pk, {"title": "x"})
    assert refused.status_code == 409
    assert "external_id" in refused.json()["detail"]
    told = program.post(program.said(external_id="1")).json()
    assert (told["id"], told["state"], told["public"]) == (pk, "published", True)


def test_of_others_offers_nothing_is_learnt(ahausen, bedorf, program, make_program):
    with inside(ahausen):
        foreign = an_offer(provider=a_provider())
    elsewhere = make_program(bedorf)
    for pk in (foreign.pk, 999_999, 2**63 + 5):
        for answer in (program.patch(pk, {"title": "x"}), program.delete(pk), program.state(pk)):
            assert answer.status_code == 404, (pk, answer.content)
    with inside(ahausen):
        assert Offer.objects.get(pk=foreign.pk).state == "published"
    assert program.post(program.said(provider_id=foreign.provider_id)).status_code == 403
    assert program.post(program.said(provider_id=999_999)).status_code == 403
    # A token of another municipality is none.
    elsewhere.client = program.client
    assert elsewhere.post(program.said()).status_code == 401


def test_a_token_for_all_says_whose(ahausen, make_program):
    program = make_program(ahausen, for_all=True)
    answer = program.post(program.said())
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["provider_id"])
    assert program.post(program.said(provider_id=program.provider.pk)).status_code == 201


def test_a_reading_token_writes_nothing(ahausen, make_program):
    program = make_program(ahausen, scope=Scope.READ)
    with inside(ahausen):
        offer = an_offer(provider=program.provider)
    for answer in (program.post(program.said()), program.patch(offer.pk, {}), program.delete(offer.pk),
                   program.state(offer.pk)):  # fmt: skip
        assert answer.status_code == 403
        assert answer["Content-Type"] == "application/problem+json"


def test_what_the_editors_blocked_stays_theirs(ahausen, program, person):
    rules(ahausen, ApprovalRule.PROVIDERS)
    pk, editor = program.post(program.said()).json()["id"], person(ahausen, Role.EDITOR)
    with inside(ahausen):
        editing.block(Offer.objects.get(pk=pk), by=editor, reason="Werbung.")
    assert program.delete(pk).status_code == 403
    told = program.patch(pk, {"title": "Neu"}).json()
    assert (told["state"], told["waiting"], told["public"]) == ("blocked", "editors", False)


def test_what_is_not_asked_here_is_left_out_and_said(ahausen, program):
    rules(ahausen, ApprovalRule.PROVIDERS)
    from portal.offer_fields import services as offer_fields

    with inside(ahausen):
        offer_fields.leave_out(["capacity"], by=None)
    told = program.post(program.said(capacity="12")).json()
    assert len(told["notes"]) == 1
    assert "capacity" in told["notes"][0]
    with inside(ahausen):
        assert Offer.objects.get(pk=told["id"]).capacity == ""


def test_a_person_and_a_program_make_the_same_of_the_same(ahausen, program, person):
    """Through the forms' services by somebody of the organisation, through the interface by a program: one text."""
    rules(ahausen)
    pk = program.post(program.said(**ALL)).json()["id"]
    user = person(ahausen)
    with inside(ahausen):
        from portal.providers.models import Membership

        Membership.objects.create(user=user, provider=program.provider, role=Membership.Role.ADMINISTRATOR)
        theirs = Offer.objects.get(pk=pk)
        own = editing.start(program.provider, by=user, content=snapshot.take(theirs))
        outcome = editing.submit(own, by=user)
        own.refresh_from_db()
        assert snapshot.take(own) == snapshot.take(theirs)
        assert (own.state, outcome.waiting) == (theirs.state, "editors")
