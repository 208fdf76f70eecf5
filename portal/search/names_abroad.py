"""What the municipality's topics and target groups are called in other languages, as far as somebody translated them.

Texts are translated by what they say (portal.translation): where an equal text was translated anywhere, its name has a
translation, too.
"""

from collections.abc import Mapping, Sequence

from german.words import words_in
from portal.taxonomy.models import TargetGroup
from portal.taxonomy.tree import load_tree
from portal.translation.models import Translation
from portal.translation.sources import Text
from portal.translation.texts import hash_of
from tenants.running.changes import remembered

LONGEST = 6


def names_in(words: Sequence[str]) -> dict[int, tuple[int, str]]:
    """Where in some folded words such a name begins: its number of words, and the German name; longest first."""
    known = remembered("search.names_abroad", _by_words, rooms=("taxonomy", "translation"))
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
    groups = TargetGroup.objects.offered().values_list("name", flat=True)
    names = [*(str(node.name) for node in load_tree() if node.offered), *groups]
    by_hash = {hash_of(Text("", name)): name for name in names}
    rows = Translation.objects.filter(source_hash__in=by_hash).order_by("machine", "pk")
    found: dict[str, str] = {}
    for source, text in rows.values_list("source_hash", "text"):
        found.setdefault(" ".join(word.written for word in words_in(text, asked=True)), by_hash[source])
    return found
