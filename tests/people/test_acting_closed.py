"""What stays closed to somebody who acts for a provider: URL by URL, method by method."""

import csv
import re
from pathlib import Path

from allauth.mfa.models import Authenticator

from accounts.models import User
from core.access import helpers_may
from core.checks import views_of
from portal.providers.models import Membership
from tenants.running.context import inside
from tests.architecture.access_town import furnish, people
from tests.architecture.test_access import ask
from tests.people.cast import ACCESSES, act, an_account, enter, said

ROWS = list(csv.DictReader((Path(__file__).parents[1] / "architecture" / "access.csv").read_text().splitlines()))


# What is said to other municipalities is said by somebody themselves.
SAID_TO_OTHERS = re.compile(
    r"/plattform/(benachrichtigungen/|melden/|meldungen/(bild/|$|<int:pk>/($|folgen/|kommentar/)))"
)


def closed_patterns():
    """What is somebody's own affair, as written down by hand."""
    own = ("/konto/sicherheit/", "/konto/daten/", "/konto/person/", "/konto/nutzungsbedingungen/", "/konto/passwort/")
    own += ("/konto/anmelden/", "/konto/bestaetigen/", "/konto/einladung/", "/konto/registrieren/", "/konto/adresse/")
    own += ("/konto/rundgang/fertig/", "/konto/inaktiv/", "/konto/anbieter/neu/", "/konto/anbieter/anfragen/")
    own += tuple(f"/konto/anbieter/<int:pk>/personen/{each}" for each in ("<", "einladungen/", "ueber", "verl", "publ"))
    return own


def test_everything_of_ones_own_is_closed_with_a_clear_page(ahausen, visitor):
    with inside(ahausen):
        accounts = people()
        things = furnish(accounts)
        before = User.objects.get(pk=accounts["administrator"].pk)
        memberships = set(Membership.objects.values_list("provider", "user", "role"))
        helper = an_account("hilft@amt.example", "admin")
    client = act(enter(visitor("ahausen"), helper), accounts["administrator"])
    wrong, asked = [], 0
    for row in ROWS:
        if row["side"] != "town" or not row["pattern"].startswith(closed_patterns()):
            continue
        answer = client.generic(row["method"], row["address"].format(**things))
        asked += 1
        if answer.status_code != 403 or "Das darf nur die Person selbst" not in said(answer):
            wrong.append((row["method"], row["address"], answer.status_code))
    assert wrong == []
    assert asked > 80
    with inside(ahausen):
        after = User.objects.get(pk=before.pk)
        assert (after.password, after.email, after.name, after.terms_version) == (
            before.password,
            before.email,
            before.name,
            before.terms_version,
        )
        assert set(Membership.objects.values_list("provider", "user", "role")) == memberships
        assert not Authenticator.objects.filter(user=after).exists()


def test_every_url_and_method_answers_a_helper_as_the_provider_or_not_at_all(ahausen, visitor):
    """URL × method while acting: what the provider's administrator gets by `access.csv`, but for what is closed."""
    with inside(ahausen):
        accounts = people()
        things = furnish(accounts)
        helper = an_account("hilft@amt.example", "admin")
    client = act(enter(visitor("ahausen"), helper), accounts["administrator"])
    session, wrong, asked = client.cookies["sessionid"].value, [], 0
    for row in (row for row in ROWS if row["side"] == "town"):
        # The pattern of a link to set a password is a regular expression.
        is_closed = any(row[each].startswith(closed_patterns()) for each in ("pattern", "address"))
        is_closed = is_closed or row["pattern"] == ACCESSES
        is_closed = is_closed or SAID_TO_OTHERS.match(row["pattern"]) is not None
        inviting = (row["pattern"], row["method"]) == ("/konto/anbieter/<int:pk>/personen/", "POST")
        expected = "403" if is_closed or inviting else row["administrator"]
        answer = ask("ahausen.localhost", row["method"], row["address"].format(**things), session)
        asked += 1
        if answer != expected:
            wrong.append(f"{row['method']} {row['address']}: {answer} instead of {expected}")
    assert asked > 350
    assert wrong == []


def test_inviting_people_is_closed_and_looking_at_them_open(miriam, cast, ahausen):
    act(miriam, cast["ines"])
    page = f"/konto/anbieter/{cast['provider'].pk}/personen/"
    assert miriam.get(page).status_code == 200
    answer = miriam.post(page, {"email": "neu@x.example", "role": "administrator"})
    assert answer.status_code == 403
    assert "Das darf nur die Person selbst" in said(answer)


def test_what_is_open_is_written_down_by_hand():
    """A new page for everybody with an account is closed to helpers until somebody says otherwise."""
    opened = {
        path
        for path, view in views_of("config.urls_tenant")
        if view is not None and helpers_may(view, "POST") and path.startswith("/konto/")
    }
    work = ("/konto/angebote/", "/konto/anbieter/<int:pk>/", "/konto/import/", "/konto/export", "/konto/statistik/",
            "/konto/aushang/")  # fmt: skip
    assert {each for each in opened if not each.startswith(work)} == {
        "/konto/",
        "/konto/abmelden/",
        "/konto/anbieter/",
        "/konto/rundgang/",
        "/konto/zugriffe/beenden/",
        # Whoever has the link of a mail, signed in or not.
        "/konto/zusammenfassung/abbestellen/<str:token>/",
    }
