"""What stands in an issue: as the offers say it until it is sent, afterwards as they said it then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby

from django.utils import timezone, translation

from portal.newsletter.models import Issue, Item, Part
from portal.offers.cards import CardRow, card_of, card_rows, leading_node, next_occurrences
from portal.offers.models import Offer
from portal.offers.presentation import Moment
from portal.preferences.models import Preferences
from portal.taxonomy.tree import Tree, load_tree
from portal.translation.languages import SOURCE
from theming.cards import OfferCard


@dataclass(frozen=True, slots=True)
class Entry:
    """An offer as an issue tells of it. `path` is empty where the offer is online no longer."""

    item: Item
    topic: str
    title: str
    about: str
    provider: str
    path: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """What is new or what is coming, by topic where the newsletter wants it so (else one group without a name)."""

    part: str
    label: str
    groups: Sequence[tuple[str, Sequence[Entry]]]


def entries_of(issue: Issue, items: Iterable[Item]) -> list[Entry]:
    """The items with their words. A fixed number of statements."""
    return _as_sent(items) if issue.published_at else _as_now(issue, items)


def _as_now(issue: Issue, items: Iterable[Item]) -> list[Entry]:
    kept = list(items)
    rows = card_rows(Offer.objects.current().filter(pk__in=[each.offer_id for each in kept]))
    tree, names, moments = load_tree(), Preferences.load(), _moments(issue, kept)
    # The offers are German, and so is what an issue says of them.
    with translation.override(SOURCE):
        made = {pk: _card(row, moments.get(pk), tree, names) for pk, row in rows.items()}
    found = []
    for item in kept:
        card = made.get(item.offer_id or 0)
        if card is None:
            title = item.offer.title if item.offer else item.title
            found.append(Entry(item, "", title, "", "", "", gone=True))
            continue
        about = " · ".join(str(part) for part in (card.when, card.place, card.price) if part)
        topic = _topic(rows[card.id], tree)
        found.append(Entry(item, topic, card.title, about, card.provider, card.url))
    return found


def _moments(issue: Issue, items: Iterable[Item]) -> dict[int, Moment]:
    """When each takes place next: what is coming, within the days the issue tells of."""
    now = timezone.now()
    first = max(now, timezone.make_aware(datetime.combine(issue.first_day, time.min)))
    by_part: dict[str, list[int]] = {Part.NEW: [], Part.COMING: []}
    for each in items:
        by_part[each.part] += [each.offer_id] if each.offer_id else []
    return {
        **next_occurrences(by_part[Part.NEW], now=now),
        **next_occurrences(by_part[Part.COMING], now=first),
    }


def _card(row: CardRow, moment: Moment | None, tree: Tree, names: Preferences) -> OfferCard:
    """A card whose date holds whenever it is read: neither “today” nor “tomorrow”, which a mail cannot know."""
    day = moment.first_date if moment else timezone.localdate()
    before = timezone.make_aware(datetime.combine(day - timedelta(days=2), time.min))
    return card_of(row, tree=tree, names=names, occurrence=moment, now=before)


def _topic(row: CardRow, tree: Tree) -> str:
    node = leading_node(row, tree)
    return str(node.root.name) if node else ""


def _as_sent(items: Iterable[Item]) -> list[Entry]:
    kept = list(items)
    online = set(Offer.objects.published().filter(pk__in=[each.offer_id for each in kept]).values_list("pk", flat=True))
    return [
        Entry(
            each,
            each.topic,
            each.title,
            each.about,
            each.provider,
            each.path if each.offer_id in online else "",
            gone=each.offer_id not in online,
        )
        for each in kept
    ]


def sections(issue: Issue, *, by_topic: bool) -> list[Section]:
    """The chosen items below their headings; what an offer that is gone said is left out of a draft."""
    items = issue.items.filter(chosen=True).select_related("offer")
    entries = [each for each in entries_of(issue, items) if issue.published_at or not each.gone]
    found = []
    for part in Part:
        mine = [each for each in entries if each.item.part == part]
        if mine:
            found.append(Section(part.value, str(part.label), _grouped(mine, by_topic=by_topic and part == Part.NEW)))
    return found


def _grouped(entries: list[Entry], *, by_topic: bool) -> list[tuple[str, Sequence[Entry]]]:
    if not by_topic:
        return [("", entries)]
    # Topics in the order in which the first offer of each stands; without a topic last.
    order = list(dict.fromkeys(each.topic for each in entries))
    ranked = sorted(entries, key=lambda each: (not each.topic, order.index(each.topic)))
    return [(topic, list(mine)) for topic, mine in groupby(ranked, key=lambda each: each.topic)]


def freeze(issue: Issue) -> int:
    """Keep what the offers say now as the issue's own words; what was not chosen or is gone leaves it. Returns how many
    offers it tells of."""
    items = list(issue.items.select_related("offer"))
    entries = {each.item.pk: each for each in entries_of(issue, items)}
    kept = []
    for item in items:
        entry = entries[item.pk]
        if not item.chosen or entry.gone:
            continue
        item.topic, item.title, item.about = entry.topic, entry.title, entry.about
        item.provider, item.path = entry.provider, entry.path
        kept.append(item)
    issue.items.exclude(pk__in=[each.pk for each in kept]).delete()
    Item.objects.bulk_update(kept, ["topic", "title", "about", "provider", "path"])
    return len(kept)
