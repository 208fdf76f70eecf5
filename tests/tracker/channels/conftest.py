"""Two towns that wrote something of every kind, each with a sign of its own."""

import pytest
from django.core.files.base import ContentFile

from tests.tracker.people import OPERATOR, editor_of
from tracker.cofunding.models import Funding, Part
from tracker.forum.services import talking
from tracker.tickets import services
from tracker.tickets.services import Picture
from tracker.voting.models import Vote

# Every word a municipality wrote has its sign in it: what it must not be found in is looked through for it.
MINE, THEIRS, HOUSE = "AAAA", "BBBB", "CCCC"


def everything(by, sign):
    """Something of each kind in the name of one municipality."""
    picture = Picture(ContentFile(b"x", name="a.webp"), 1, 1)
    along = {"page": f"/{sign}/seite/", "browser": f"{sign}-Browser", "version": sign}
    wish = services.report(by=by, kind="wish", title=f"{sign} Wunsch", happened=f"{sign} sah", expected=f"{sign} will",
                           context=along, picture=picture)  # fmt: skip
    services.comment(wish, f"{sign} Kommentar", by=by)
    services.comment(wish, f"{sign} intern", by=by, about=by.participant)
    Vote.objects.create(ticket=wish, participant=by.participant, year=2026, votes=2, points=4)
    funding = Funding.objects.create(ticket=wish, cents=10000)
    Part.objects.create(funding=funding, participant=by.participant, amount=10000, share=10000)
    talking.open_topic(f"{sign} Thema", f"{sign} Text", by=by)
    return wish


@pytest.fixture
def two_towns(ahausen, bedorf):
    mine, theirs = editor_of(ahausen), editor_of(bedorf)
    ours, others = everything(mine, MINE), everything(theirs, THEIRS)
    # Each says something on the other's.
    services.comment(ours, f"{THEIRS} bei denen", by=theirs)
    services.comment(others, f"{MINE} bei denen", by=mine)
    services.comment(ours, f"{HOUSE} für alle", by=OPERATOR)
    services.comment(ours, f"{HOUSE}-intern-A", by=OPERATOR, about=mine.participant)
    services.comment(ours, f"{HOUSE}-intern-B", by=OPERATOR, about=theirs.participant)
    services.concern(ours, by=theirs)
    return mine, theirs, ours, others
