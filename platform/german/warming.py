"""What the first question of a process would wait for, done when a web process starts: 0.15 s of processor time."""

from german import dictionary, everyday, foreign
from german.words import words_in


def warm() -> bool:
    """Read the lists of words, where the dictionary's file is there; making that takes seconds, which no start waits
    for. Returns whether it was."""
    if not dictionary.is_made():
        return False
    everyday.vocabulary()
    everyday.meant_by(words_in("Kurs", asked=True))
    foreign.meanings([])
    return True
