"""The order among siblings: followed as long as the municipality left those of the catalogue in their order.

What is remembered is not the number an entry has in the catalogue (numbers of two releases cannot be compared, and own
entries stand between them) but the order in which its siblings were left.
"""

from collections.abc import Callable, Mapping

from portal.taxonomy.adoption.engine.town import FORCE, POSITION, Base, Group, Link, Release, Town, is_moved


def followers(town: Town, kind: str) -> dict[Group, list[Link]]:
    """By place those that came from the catalogue and stand where it says, in the order they have here."""
    links, rows = town.linked(kind), town.rows.get(kind, {})
    found: dict[Group, list[Link]] = {}
    for above, pks in town.order.get(kind, {}).items():
        here = (links[pk] for pk in pks if pk in links)
        found[above] = [link for link in here if not is_moved(link, rows[link.pk or 0])]
    return found


def reordered(following: Mapping[Group, list[Link]]) -> set[Group]:
    """Places below which the municipality made an order of its own."""
    found = set()
    for above, links in following.items():
        known = [link.base[POSITION].value for link in links if POSITION in link.base]
        if known != sorted(known):
            found.add(above)
    return found


def arranged(rows: list[int], links: list[Link], release: Release) -> list[int]:
    """The rows below a place as the release orders them: own ones stay in the slots they have."""
    ours = sorted(
        (link for link in links if link.code in release.values),
        key=lambda link: (release.values[link.code].position, link.code),
    )
    numbers = {link.pk for link in ours}
    following = iter([link.pk or 0 for link in ours])
    return [next(following) if pk in numbers else pk for pk in rows]


def settle(town: Town, kind: str, release: Release, wants: Callable[[str, Group], int]) -> None:
    """Bring the order of every place up to the release. What came there just now has no number yet; what left it can
    leave those that stay in the catalogue's order again."""
    following = followers(town, kind)
    own = reordered(following)
    for above, links in following.items():
        want = wants(kind, above)
        if above in own and want != FORCE:
            _append(links, release)
            continue
        rows = town.order[kind][above]
        if want:
            rows[:] = arranged(rows, links, release)
        else:
            _insert(rows, links, release)
        links.sort(key=lambda link: rows.index(link.pk or 0))
        for place, link in enumerate(links):
            before = link.base.get(POSITION)
            if before is None or before.value != place:
                link.base[POSITION] = Base(place, release.number)


def _insert(rows: list[int], links: list[Link], release: Release) -> None:
    """Put what came just now behind what stands before it in the release; all others stay where they are."""

    def place(link: Link) -> tuple[int, str]:
        return release.values[link.code].position, link.code

    known = [link for link in links if POSITION in link.base and link.code in release.values]
    fresh = [link for link in links if POSITION not in link.base and link.code in release.values]
    for link in sorted(fresh, key=place):
        before, behind = [each for each in known if place(each) < place(link)], [each.pk for each in known]
        rows.remove(link.pk or 0)
        if before:
            rows.insert(rows.index(max(before, key=place).pk or 0) + 1, link.pk or 0)
        else:
            rows.insert(min((rows.index(pk or 0) for pk in behind), default=len(rows)), link.pk or 0)
        known.append(link)


def _append(links: list[Link], release: Release) -> None:
    """In an order of the municipality's own, what is new or came here stands behind; the rest is as remembered."""
    last = max((link.base[POSITION].value for link in links if POSITION in link.base), default=-1)
    for link in links:
        if POSITION not in link.base:
            last += 1
            link.base[POSITION] = Base(last, release.number)


def number_as(town: Town, kind: str, above: Group, release: Release) -> None:
    """Remember the order of the release for what stands below a place. Where it is another one here, that is the
    municipality's own from now on."""
    links = [link for link in followers(town, kind).get(above, []) if link.code in release.values]
    links.sort(key=lambda link: (release.values[link.code].position, link.code))
    for place, link in enumerate(links):
        link.base[POSITION] = Base(place, release.number)
