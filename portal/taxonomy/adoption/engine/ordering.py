"""The order among siblings: followed as long as the municipality left those of the catalogue in their order.

What is remembered is not the number an entry has in the catalogue (numbers of two releases cannot be compared, and own
entries stand between them) but the order in which its siblings were left.
"""

from collections.abc import Callable

from portal.taxonomy.adoption.engine.town import FORCE, POSITION, Base, Group, Link, Release, Town, is_moved


def followers(town: Town, kind: str, above: Group) -> list[Link]:
    """Those that came from the catalogue and stand where it says, in the order they have here."""
    links = town.linked(kind)
    here = [links[pk] for pk in town.below(kind, above) if pk in links]
    return [link for link in here if not is_moved(link, town.rows[kind][link.pk or 0])]


def reordered(town: Town, kind: str) -> set[Group]:
    """Places below which the municipality made an order of its own."""
    found = set()
    for above in town.order.get(kind, {}):
        known = [link.base[POSITION].value for link in followers(town, kind, above) if POSITION in link.base]
        if known != sorted(known):
            found.add(above)
    return found


def arranged(town: Town, kind: str, above: Group, release: Release) -> list[int]:
    """The rows below a place as the release orders them: own ones stay in the slots they have."""
    rows = town.below(kind, above)
    ours = [link for link in followers(town, kind, above) if link.code in release.values]
    ours_in_order = sorted(ours, key=lambda link: (release.values[link.code].position, link.code))
    numbers = {link.pk for link in ours}
    following = iter([link.pk or 0 for link in ours_in_order])
    return [next(following) if pk in numbers else pk for pk in rows]


def settle(town: Town, kind: str, release: Release, wants: Callable[[str, Group], int]) -> None:
    """Bring the order of every place up to the release. What came there just now has no number yet; what left it can
    leave those that stay in the catalogue's order again."""
    own = reordered(town, kind)
    for above in list(town.order.get(kind, {})):
        want = wants(kind, above)
        if above in own and want != FORCE:
            _append(town, kind, above, release)
            continue
        if want:
            town.order[kind][above] = arranged(town, kind, above, release)
        for place, link in enumerate(followers(town, kind, above)):
            before = link.base.get(POSITION)
            if want or before is None or before.value != place:
                link.base[POSITION] = Base(place, release.number)


def _append(town: Town, kind: str, above: Group, release: Release) -> None:
    """In an order of the municipality's own, what is new or came here stands behind; the rest is as remembered."""
    links = followers(town, kind, above)
    last = max((link.base[POSITION].value for link in links if POSITION in link.base), default=-1)
    for link in links:
        if POSITION not in link.base:
            last += 1
            link.base[POSITION] = Base(last, release.number)


def number_as(town: Town, kind: str, above: Group, release: Release) -> None:
    """Remember the order of the release for what stands below a place. Where it is another one here, that is the
    municipality's own from now on."""
    links = [link for link in followers(town, kind, above) if link.code in release.values]
    links.sort(key=lambda link: (release.values[link.code].position, link.code))
    for place, link in enumerate(links):
        link.base[POSITION] = Base(place, release.number)
