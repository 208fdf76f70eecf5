"""What the municipality's topics and target groups are called in other languages, as far as somebody translated them.

Texts are translated by what they say (portal.translation): where an equal text was translated anywhere, its name has a
translation, too. Others come with the shared catalogue (portal.taxonomy.adoption.speaking).
"""

from collections.abc import Mapping, Sequence

from german.words import words_in
from portal.taxonomy.adoption.speaking import CATEGORY, TARGET_GROUP, names_of
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import load_tree
from tenants.running.changes import remembered

LONGEST = 6


def names_in(words: Sequence[str]) -> dict[int, tuple[int, str]]:
    """Where in some folded words such a name begins: its number of words, and the German name; longest first."""
    known = remembered("search.names_abroad", _by_words, rooms=("taxonomy", "translation", "adoption"))
    found: dict[int, tuple[int, str]] = {}
    place = 0
    while known and place < len(words):
        lengths = range(min(LONGEST, len(words) - place), 0, -1)
        length = next((n for n in lengths if " ".join(words[place : place + n]) in known), 0)
        if length:
            found[place] = (length, known[" ".join(words[place : place + length])])
        place += length or 1
    return found


def _by_words() -> Mapping[str, str]:
    found: dict[str, str] = {}
    german_names = _german_names()
    # What two are called by, and of one of them a person says so, is that one.
    for by_people in (True, False):
        for kind, german in german_names.items():
            for pk, names in sorted(names_of(kind, german, by_people=by_people).items()):
                for name in names.values():
                    found.setdefault(" ".join(word.written for word in words_in(name, asked=True)), german[pk])
    return found


def _german_names() -> dict[str, dict[int, str]]:
    groups = dict(TargetGroup.objects.offered().values_list("pk", "name"))
    return {CATEGORY: {node.id: str(node.name) for node in load_tree() if node.offered}, TARGET_GROUP: groups}
