"""Lists of words of our own, one word a line; what stands behind “#” is for people."""

from pathlib import Path


def lines_of(name: str) -> list[str]:
    """What stands in a list."""
    lines = (Path(__file__).parent / f"{name}.txt").read_text("utf-8").splitlines()
    return [said for line in lines if (said := line.partition("#")[0].strip())]


def words_of(name: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(lines_of(name))


# Folded words that say nothing; words around a question, verbs of asking as roots; roots that tell little beside
# another word.
STOP_WORDS = words_of("stop")
FILLERS = words_of("fillers")
ASKING = words_of("asking")
WEAK = words_of("weak")
KINDS = words_of("kinds")
PLAIN_MODIFIERS = words_of("plain_modifiers")
AUDIENCES = words_of("audiences")
AGES = words_of("ages")
