"""A page of the profile asks the database as often for a full profile as for a nearly empty one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.media.models import MediaFile
from portal.preferences.models import ApprovalRule
from portal.providers import editing, snapshot
from portal.providers.models import Membership, Provider
from portal.taxonomy.models import Category
from tests.authoring.test_profile import PAGES, leader, signed_in  # noqa: F401
from tests.factories import a_provider, an_offer
from tests.revisions.conftest import Cast, cast  # noqa: F401

# Signing in, roles, the frame around the page, the card of each organisation, and the page itself.
MOST = {"": 36, "wer": 34, "kontakt": 34, "zeiten": 34, "bilder": 36, "pruefen": 36, "vorschau": 55, "aenderung": 32}


def filled(cast: Cast, rows: int) -> Provider:  # noqa: F811
    """A public profile with so many rows of everything, and as many offers."""
    club = a_provider()
    Membership.objects.create(provider=club, user=cast.administrator, role=Membership.Role.ADMINISTRATOR)
    media = [
        MediaFile.objects.create(file=f"x/{rows}-{at}.webp", owner=club, permission="ja", width=90, height=60)
        for at in range(min(rows, 20))
    ]
    topics = [Category.objects.create(name=f"Thema {rows} {at}") for at in range(rows)]
    content = {
        **snapshot.take(club),
        "summary": "Für alle.",
        "phone": "0681 1",
        "categories": [each.pk for each in topics],
        "opening_hours": [
            {"weekday": 1 + at % 7, "opens": f"{at // 7:02}:00", "closes": f"{at // 7:02}:30"} for at in range(rows)
        ],
        "facts": [{"label": f"Angabe {at}", "text": "<p>Text</p>"} for at in range(min(rows, 30))],
        "images": [
            {"media": each.pk, "kind": "content", "alt_text": "Bild", "copyright": "Rosa"} for each in media
        ],
    }  # fmt: skip
    snapshot.apply(club, content)
    for at in range(rows):
        an_offer(provider=club, title=f"Kurs {at}", categories=topics[:1])
    return club


@pytest.mark.parametrize("page", ["", *PAGES, "vorschau", "aenderung"])
def test_as_many_statements_for_much_as_for_little(cast, leader, page):  # noqa: F811
    cast.rule(ApprovalRule.CHANGES)
    counted = []
    for rows in (2, 55):
        club = filled(cast, rows)
        change(club, cast, "Das wartet")
        change(club, cast, "Das wird geschrieben", send=False)
        address = f"/konto/anbieter/{club.pk}/" + (f"profil/{page}/" if page else "")
        assert leader.get(address).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            assert leader.get(address).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
    assert counted[0] <= MOST[page]


def change(club: Provider, cast: Cast, words: str, *, send: bool = True) -> None:  # noqa: F811
    """Somebody writes something, and hands it in."""
    base = editing.begin(club, by=cast.administrator).base
    editing.autosave(club, {"tagline": words}, by=cast.administrator, base=base)
    if send:
        editing.submit(club, by=cast.administrator)
