"""What happens on the platform as Atom (RFC 4287), for programs that cannot sign in.

The address of a feed is its key: it names a person, holds in one municipality, and is worth nothing as soon as they
have another password, no account or no role in the town hall any more. Internal notes are in no feed, and what is told
to one municipality alone is in no other's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core import signing
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.task_cards import Words
from tenants.running.context import current_schema
from tenants.urls import own_address
from tracker.channels import events
from tracker.channels.models import Event
from tracker.channels.places import Place, here
from tracker.forum.models import Example, Poll, Post, Topic
from tracker.tickets import happenings
from tracker.tickets.models import Concern, Ticket, Viewer, Watch
from tracker.tickets.models.tickets import author_name
from tracker.voting.models import Vote

MOST = 40
NAMES: dict[str, Words] = {
    "alle": gettext_lazy("All tickets"),
    "unsere": gettext_lazy("What we reported, what concerns us, what we vote for"),
    "verfolgt": gettext_lazy("Tickets you follow"),
    "austausch": gettext_lazy("Exchange"),
}
# The operator reports and votes for nobody.
OF_TOWNS = frozenset({"unsere"})
# No feed is older than the platform: what an empty one says of its last change.
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


def _salt() -> str:
    return f"tracker.feeds.{current_schema()}"


def token_of(user: Any) -> str:
    """What stands in the address."""
    return signing.dumps([user.pk, user.get_session_auth_hash()[:20]], salt=_salt())


def viewer_of_token(token: str) -> Viewer | None:
    """Who is meant, if they may still see all that town halls see; None for everybody else."""
    try:
        pk, sealed = signing.loads(token, salt=_salt())
    except (signing.BadSignature, ValueError, TypeError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    place = here()
    if user is None or place is None or not constant_time_compare(user.get_session_auth_hash()[:20], sealed):
        return None
    viewer = place.viewer(user)
    return viewer if viewer is not None and viewer.sees_all else None


def addresses(user: Any, viewer: Viewer) -> list[dict[str, Any]]:
    """The feeds of a person, with their names."""
    token, start = token_of(user), own_address().rstrip("/")
    return [
        {"name": name, "label": label, "url": start + reverse("channels:feed", args=[token, name])}
        for name, label in NAMES.items()
        if not (viewer.is_operator and name in OF_TOWNS)
    ]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing in a feed."""

    id: str
    title: str
    url: str
    text: str
    author: str
    at: datetime


class _Feed(Atom1Feed):
    """Atom whose own last change does not depend on the moment somebody asks."""

    def latest_post_date(self) -> datetime:
        return max((item["updateddate"] for item in self.items), default=BEGINNING)


def written(name: str, viewer: Viewer) -> bytes:
    """The feed, the newest first."""
    place = Place(viewer.participant)
    base = own_address()
    feed = _Feed(
        title=f"{_('Chancenportal platform')}: {NAMES[name]}",
        link=place.home,
        description="",
        language="de",
        feed_guid=f"{place.home}#{name}",
    )
    for each in _of_the_exchange(base) if name == "austausch" else _of_tickets(name, viewer, place):
        feed.add_item(
            title=each.title,
            link=each.url,
            description=linebreaks(each.text, autoescape=True),
            unique_id=each.id,
            author_name=each.author,
            pubdate=each.at,
            updateddate=each.at,
        )
    return feed.writeString("utf-8").encode()


def _of_tickets(name: str, viewer: Viewer, place: Place) -> Iterable[Entry]:
    rows = Event.objects.exclude(name=happenings.NOTED).select_related("ticket", "participant")
    if not viewer.is_operator:
        rows = rows.filter(Q(only=None) | Q(only=viewer.participant))
    if name == "unsere":
        rows = rows.filter(ticket__in=_ours(viewer))
    elif name == "verfolgt":
        follows = Watch.objects.filter(participant=viewer.participant, person=viewer.person or 0)
        rows = rows.filter(ticket__in=follows.values("ticket"))
    for event in rows.order_by("-pk")[:MOST]:
        url = place.ticket_address(event.ticket)
        said = "\n\n".join(filter(None, (events.sentence(event), events.quoted(event))))
        yield Entry(f"{url}#e{event.pk}", str(event.ticket), url, said, events.who(event), event.at)


def _ours(viewer: Viewer) -> Any:
    mine = Q(reporter=viewer.participant)
    mine |= Q(pk__in=Concern.objects.filter(participant=viewer.participant).values("ticket"))
    mine |= Q(pk__in=Vote.objects.filter(participant=viewer.participant).values("ticket"))
    return Ticket.objects.filter(mine).values("pk")


def _of_the_exchange(base: str) -> Iterable[Entry]:
    start = base.rstrip("/")

    def entry(row: Any, name: str, number: int, text: str, part: str = "") -> Entry:
        url = start + reverse(name, args=[number]) + part
        author = author_name(getattr(row, "participant", None))
        return Entry(url, str(row), url, text, author, row.created_at)

    found = [
        *(entry(each, "forum:topic", each.pk, each.text) for each in _newest(Topic)),
        *(
            entry(each, "forum:topic", each.topic_id, each.text, f"#a{each.pk}")
            for each in _newest(Post).select_related("topic")
        ),
        *(entry(each, "forum:example", each.pk, each.text) for each in _newest(Example)),
        *(entry(each, "forum:poll", each.pk, each.text) for each in Poll.objects.order_by("-created_at", "-pk")[:MOST]),
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST]


def _newest(model: Any) -> Any:
    return model.objects.select_related("participant").order_by("-created_at", "-pk")[:MOST]
