"""The people of an organisation: roles, removing, leaving, handing over, and who may not."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from audit.models import Entry
from mail.models import OutboxMessage
from portal.offers import editing
from portal.organisations import people
from portal.organisations.errors import LastAdministratorError
from portal.organisations.models import Invitation, JoinRequest
from portal.preferences.models import ApprovalRule
from portal.providers.models import Membership, Provider
from tests.revisions.conftest import change


def page(cast):
    return f"/konto/anbieter/{cast.club.pk}/personen/"


def of(cast, user):
    return Membership.objects.get(provider=cast.club, user=user)


def roles(cast):
    return {each.user.email.split("@")[0]: each.role for each in cast.club.memberships.select_related("user")}


def mails():
    return [(each.to, each.subject) for each in OutboxMessage.objects.order_by("pk")]


def test_everybody_of_it_sees_who_belongs_and_only_those_responsible_decide(cast, browser_of):
    member, responsible = browser_of(cast.member), browser_of(cast.administrator)
    assert "administrator@verein.example" not in member.get(page(cast)).content.decode().replace("data-", "")
    assert "Jemanden einladen" not in member.get(page(cast)).content.decode()
    shown = responsible.get(page(cast)).content.decode()
    assert "member@verein.example" in shown
    assert "Jemanden einladen" in shown


@pytest.mark.parametrize("who", ["member", "stranger"])
def test_nobody_else_changes_anything(cast, browser_of, who):
    client = browser_of(getattr(cast, who))
    own, theirs = of(cast, cast.member), of(cast, cast.administrator)
    asked = JoinRequest.objects.create(provider=cast.club, user=User.objects.create_user("neu@x.example"))
    invited = Invitation.objects.create(
        provider=cast.club,
        email="a@b.example",
        digest="x",
        created_at="2026-11-28T10:00Z",
        expires_at="2027-11-28T10:00Z",
    )
    posts = [
        ("", {"email": "b@b.example", "role": "administrator"}),
        (f"{own.pk}/rolle/", {"rolle": "administrator"}),
        (f"{theirs.pk}/entfernen/", {}),
        ("uebergeben/", {"an": own.pk}),
        ("publizieren/", {"duerfen": "nein"}),
        (f"einladungen/{invited.pk}/zurueckziehen/", {}),
        (f"einladungen/{invited.pk}/erneut/", {}),
    ]
    answers = [client.post(page(cast) + path, data).status_code for path, data in posts]
    answers += [
        client.post(f"/konto/anbieter/anfragen/{asked.pk}/{what}/", {"reason": "x"}).status_code
        for what in ("aufnehmen", "ablehnen", "zurueckziehen")
    ]
    assert answers == [404] * 10
    assert roles(cast) == {"administrator": "administrator", "member": "member"}
    asked.refresh_from_db()
    invited.refresh_from_db()
    cast.club.refresh_from_db()
    assert (asked.state, invited.state, invited.digest, cast.club.members_may_publish) == ("waiting", "open", "x", True)
    assert mails() == []
    if who == "stranger":
        assert client.get(page(cast)).status_code == 404
        assert client.post(page(cast) + "verlassen/").status_code == 404


def test_a_member_is_made_responsible_and_hears_of_it(cast, browser_of):
    client = browser_of(cast.administrator)
    client.post(f"{page(cast)}{of(cast, cast.member).pk}/rolle/", {"rolle": "administrator"})
    client.post(f"{page(cast)}{of(cast, cast.member).pk}/rolle/", {"rolle": "administrator"})
    assert roles(cast) == {"administrator": "administrator", "member": "administrator"}
    assert mails() == [("member@verein.example", "Sie sind jetzt verantwortlich: Turnverein")]
    entry = Entry.objects.get(action="people.role")
    assert (entry.actor, entry.changes) == (
        "administrator@verein.example",
        {"person": "member@verein.example", "role": ["member", "administrator"]},
    )


def test_somebody_is_removed_and_their_offers_stay(cast, browser_of):
    offer = cast.draft()
    client = browser_of(cast.administrator)
    client.post(f"{page(cast)}{of(cast, cast.member).pk}/entfernen/")
    assert roles(cast) == {"administrator": "administrator"}
    assert mails() == [("member@verein.example", "Sie gehören nicht mehr zu: Turnverein")]
    offer.refresh_from_db()
    assert (offer.provider, offer.author) == (cast.club, cast.member)
    assert browser_of(cast.member).get(f"/konto/angebote/{offer.pk}/").status_code == 404


def test_the_last_one_responsible_cannot_go_by_any_way(cast, browser_of):
    client = browser_of(cast.administrator)
    own = of(cast, cast.administrator)
    for path, data in (
        ("verlassen/", {}),
        (f"{own.pk}/entfernen/", {}),
        (f"{own.pk}/rolle/", {"rolle": "member"}),
        ("uebergeben/", {"an": own.pk, "danach": "gehen"}),
        ("uebergeben/", {"an": "", "danach": "gehen"}),
    ):
        answer = client.post(page(cast) + path, data, follow=True)
        assert 'class="alert alert--danger"' in answer.content.decode(), path
    assert roles(cast) == {"administrator": "administrator", "member": "member"}
    # Nor the editors by mistake.
    browser_of(cast.editor).post(f"{page(cast)}{own.pk}/entfernen/")
    assert own.pk == of(cast, cast.administrator).pk


def test_an_account_that_is_closed_counts_for_nobody(cast):
    Membership.objects.filter(user=cast.member).update(role="administrator")
    User.objects.filter(pk=cast.member.pk).update(is_active=False)
    with pytest.raises(LastAdministratorError):
        people.leave(cast.club, by=cast.administrator)


@pytest.mark.parametrize(("after", "left"), [("bleiben", "member"), ("gehen", None)])
def test_handing_over(cast, browser_of, after, left):
    client = browser_of(cast.administrator)
    answer = client.post(f"{page(cast)}uebergeben/", {"an": of(cast, cast.member).pk, "danach": after}, follow=True)
    assert "ist jetzt verantwortlich für „Turnverein“" in answer.content.decode()
    assert roles(cast) == {"member": "administrator"} | ({"administrator": left} if left else {})
    assert mails() == [("member@verein.example", "Sie sind jetzt verantwortlich: Turnverein")]
    if left is None:
        assert client.get(page(cast)).status_code == 404


def test_nothing_is_handed_over_to_strangers(cast, browser_of):
    foreign = Membership.objects.get(user=cast.stranger)
    answer = browser_of(cast.administrator).post(f"{page(cast)}uebergeben/", {"an": foreign.pk, "danach": "gehen"})
    assert answer.status_code == 404
    assert roles(cast) == {"administrator": "administrator", "member": "member"}


def test_a_member_leaves(cast, browser_of):
    client = browser_of(cast.member)
    assert client.post(f"{page(cast)}verlassen/").url == "/konto/anbieter/"
    assert roles(cast) == {"administrator": "administrator"}
    assert client.get(page(cast)).status_code == 404


def test_members_may_publish_or_hand_in(cast, browser_of):
    client = browser_of(cast.administrator)
    client.post(f"{page(cast)}publizieren/", {"duerfen": "nein"})
    assert Provider.objects.get(pk=cast.club.pk).members_may_publish is False
    assert "legen sie es zuerst den Verantwortlichen hier vor" in client.get(page(cast)).content.decode()
    client.post(f"{page(cast)}publizieren/", {"duerfen": "ja"})
    assert Provider.objects.get(pk=cast.club.pk).members_may_publish is True


def test_the_page_says_how_many_offers_somebody_began_and_changed_last(cast, browser_of):
    cast.draft()
    cast.draft(title="Zweites")
    shown = browser_of(cast.administrator).get(page(cast)).content.decode()
    assert "2 Angebote begonnen" in shown
    assert ", 2 zuletzt geändert" in shown


def test_the_page_asks_as_many_statements_for_sixty_people(cast, browser_of):
    client = browser_of(cast.administrator)
    client.get(page(cast))
    counted = []
    for many in (1, 60):
        for number in range(many):
            user = User.objects.create_user(f"p{many}-{number}@x.example")
            Membership.objects.create(provider=cast.club, user=user, role="member")
            other = User.objects.create_user(f"j{many}-{number}@x.example")
            JoinRequest.objects.create(provider=cast.club, user=other)
        with CaptureQueriesContext(connection) as found:
            assert client.get(page(cast)).status_code == 200
        counted.append(len(found))
    assert counted[0] == counted[1]
    assert counted[0] <= 30


def test_several_organisations_are_listed_and_lead_to_each_other(cast, browser_of):
    Membership.objects.create(provider=cast.other_club, user=cast.member, role="administrator")
    client = browser_of(cast.member)
    listed = client.get("/konto/anbieter/").content.decode()
    assert "Turnverein" in listed
    assert "Anderer Verein" in listed
    assert "wechseln" in client.get(page(cast)).content.decode()
    assert "wechseln" in client.get("/konto/angebote/").content.decode()
    assert "wechseln" not in browser_of(cast.administrator).get(page(cast)).content.decode()


def test_the_tab_of_ones_one_organisation(cast, browser_of):
    assert f'href="{page(cast)}"' in browser_of(cast.member).get("/konto/angebote/").content.decode()


def test_what_is_put_away_has_no_people_page(cast, browser_of):
    Provider.objects.filter(pk=cast.club.pk).update(state="archived")
    assert browser_of(cast.administrator).get(page(cast)).status_code == 404


def test_an_offer_remembers_who_began_it_and_who_changed_it_last(cast, browser_of):
    offer = cast.draft()
    assert (offer.author, offer.last_editor) == (cast.member, cast.member)
    change(offer, cast.administrator, title="Anders")
    offer.refresh_from_db()
    assert (offer.author, offer.last_editor) == (cast.member, cast.administrator)
    shown = browser_of(cast.member).get(f"/konto/angebote/{offer.pk}/aenderung/").content.decode()
    assert "Begonnen von member" in shown
    assert "zuletzt geändert von administrator" in shown


def test_of_a_public_offer_it_is_whose_text_was_approved(cast):
    cast.rule(ApprovalRule.CHANGES)
    offer = cast.public(author=cast.administrator, last_editor=cast.administrator)
    change(offer, cast.member, title="Anders")
    editing.submit(offer, by=cast.member)
    offer.refresh_from_db()
    assert offer.last_editor == cast.administrator
    waiting = editing.waiting_for(offer)
    editing.approve(waiting, by=cast.editor, version=waiting.version)
    offer.refresh_from_db()
    assert offer.last_editor == cast.member
