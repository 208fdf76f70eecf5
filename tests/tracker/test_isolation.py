"""Nothing internal of one municipality is reached from another: by no page, feed, file, mail, export or search.

The matrix is made of the URL map itself: whoever adds a door below /plattform/ has it tried with every number there is.
"""

import json
import re
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import get_resolver
from PIL import Image

from accounts.models import User
from core.access import Role
from core.checks import views_of
from mail.models import OutboxMessage
from tenants.running.context import inside, inside_public
from tests.tracker.people import OPERATOR, editor_of, provider_of
from tracker.tickets import drafting, exports, finding, happenings, services
from tracker.tickets.models import Attachment, Comment, Draft, Participant, Ticket, of_municipality
from tracker.tickets.participating import participant_of
from tracker.tickets.pictures import painted
from tracker.tickets.uniting import merge

PERSON = 987_654_321
NAME, ADDRESS = "Petra Verborgen", "petra.verborgen@ahausen.example"
# Every internal thing carries one of these.
SECRETS = ("geheimseite", "geheimbrowser", "geheimversion", "geheimrolle", "Geheimnotiz", "Geheimantwort")
SECRETS += ("Geheimentwurf", "geheimbild", str(PERSON), NAME, ADDRESS)
CONTEXT = {
    "page": "/redaktion/geheimseite/",
    "browser": "geheimbrowser",
    "version": "geheimversion",
    "role": "geheimrolle",
}
PLACEHOLDER = re.compile(r"<(?:(\w+):)?\w+>")
MOST_NUMBERS = 8


@pytest.fixture
def secretive(ahausen, bedorf):
    """A ticket of Ahausen with everything internal there is, and one of Bedorf that was merged with another of it."""
    with inside(ahausen):
        User.objects.bulk_create([User(pk=PERSON, email=ADDRESS, name=NAME, roles=[Role.EDITOR.value])])
    by = of_municipality(participant_of(ahausen), Role.EDITOR, person=PERSON)
    out = BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, "PNG")
    file = ContentFile(out.getvalue(), name="geheimbild.png")
    ticket = services.report(
        by=by, kind="wish", title="Kalender übernehmen", context=CONTEXT, picture=painted(file, [])
    )
    services.comment(ticket, "Geheimnotiz", by=by, about=by.participant)
    services.comment(ticket, "Geheimantwort", by=OPERATOR, about=by.participant)
    drafting.save(Draft(kind="bug", title="Geheimentwurf"), by=by, upload=file)
    merged = services.report(by=by, kind="bug", title="Termine", context=CONTEXT, picture=painted(file, []))
    services.comment(merged, "Geheimnotiz zwei", by=by, about=by.participant)
    target = services.report(by=editor_of(bedorf), kind="bug", title="Termine fehlen")
    merge(merged, target, by=OPERATOR)
    return ticket


def numbers():
    """Every number that anything of the tracker has."""
    found = {row.pk for model in (Ticket, Comment, Attachment, Draft, Participant) for row in model.objects.all()}
    return sorted(found)[-MOST_NUMBERS:]


def addresses():
    """Every door below /plattform/ with every number, and what else may stand there."""
    for pattern, _view in views_of("config.urls_tenant"):
        if not pattern.startswith("/plattform/"):
            continue
        kinds = set(PLACEHOLDER.findall(pattern))
        if not kinds:
            yield pattern
        for number in numbers() if kinds else ():
            yield PLACEHOLDER.sub(lambda found, n=number: str(n) if found[1] == "int" else "ahausen", pattern)


def told(answer):
    """All that an answer says, its headers too."""
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode("utf-8", "replace") + str(answer.headers)


@pytest.mark.parametrize("role", [None, Role.PROVIDER, Role.PLANNER, Role.EDITOR, Role.ADMIN])
def test_no_door_of_another_municipality_tells_anything_internal(bedorf, secretive, visitor, signed_in, role):
    browser = signed_in(bedorf, role) if role else visitor("bedorf")
    tried, reached, leaks = 0, 0, []
    for address in addresses():
        asked = ("", "?q=Geheim", "?title=Kalender+übernehmen")
        for query in asked if not re.search(r"[0-9]", address) else asked[:1]:
            answer = browser.get(address + query)
            tried += 1
            reached += answer.status_code == 200
            leaks += [(address, secret) for secret in SECRETS if secret in told(answer) and secret not in query]
    assert leaks == []
    assert tried > 50
    # A test that is let in nowhere proves nothing.
    assert reached > (10 if role in (Role.EDITOR, Role.ADMIN, Role.PLANNER) else 0) or role is None


def test_the_same_doors_tell_it_at_home(ahausen, secretive, signed_in):
    """The proof of the test above: the secrets are there, and are found where they may be."""
    at_home = signed_in(ahausen, Role.EDITOR)
    with inside(ahausen):
        at_home.force_login(User.objects.get(pk=PERSON), backend="allauth.account.auth_backends.AuthenticationBackend")
    pages = "".join(told(at_home.get(address)) for address in addresses())
    missing = [secret for secret in SECRETS if secret not in pages]
    assert missing in ([], [str(PERSON)], ["geheimbild"], ["geheimbild", str(PERSON)])


def test_every_url_below_the_platform_is_in_the_matrix():
    patterns = [pattern for pattern, _view in views_of("config.urls_tenant") if pattern.startswith("/plattform/")]
    kinds = {kind for pattern in patterns for kind in PLACEHOLDER.findall(pattern)}
    assert kinds <= {"int", "slug", "str", "path", ""}
    assert get_resolver("config.urls_tenant")
    assert len(patterns) > 15


def test_no_search_export_or_happening_tells_it(ahausen, bedorf, secretive, monkeypatch):
    theirs = (editor_of(bedorf), provider_of(bedorf), of_municipality(participant_of(bedorf), Role.PLANNER, person=3))
    for viewer in theirs:
        with inside(bedorf):
            rows = {each.key: list(each.rows(viewer)) for each in exports.exports()}
            said = json.dumps(rows, default=str)
            assert not [secret for secret in SECRETS if secret in said]
            # An export holds one's own tickets and nothing of others.
            assert "Kalender übernehmen" not in said
        for word in ("Geheimnotiz", "geheimseite", "Verborgen", "Geheimentwurf"):
            assert finding.find(word, viewer) == []
    monkeypatch.setattr(happenings, "_listeners", [])
    heard = []
    happenings.listen(heard.append)
    services.comment(secretive, "Geheimnotiz drei", by=editor_of(ahausen), about=participant_of(ahausen))
    assert [each.only for each in heard] == [participant_of(ahausen)]


def test_no_mail_of_another_municipality_tells_it(ahausen, bedorf, secretive):
    services.comment(secretive, "Für alle", by=OPERATOR)
    services.comment(secretive, "Geheimnotiz vier", by=OPERATOR, about=participant_of(ahausen))
    for place in (inside(bedorf), inside_public()):
        with place:
            mails = " ".join(f"{mail.to} {mail.subject} {mail.body}" for mail in OutboxMessage.objects.all())
            assert not [secret for secret in SECRETS if secret in mails]


def test_the_shared_schema_knows_no_name_and_no_address_of_anybody(ahausen, secretive):
    """Nothing is written into the tracker's tables but the number."""
    rows = [row for model in (Ticket, Comment, Attachment, Draft, Participant) for row in model.objects.values()]
    said = json.dumps(rows, default=str)
    assert str(PERSON) in said
    assert NAME not in said
    assert ADDRESS not in said
