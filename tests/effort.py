"""How much work something is, beside a yardstick of the same moment: a slow or busy machine is slow at both."""

import time
from collections.abc import Callable

YARDSTICK_SECONDS = 0.0115


def effort(work: Callable[[], object]) -> float:
    """Processor time of `work` as it would be where the yardstick takes `YARDSTICK_SECONDS`, in seconds.

    The yardstick is measured before and after; the slower one counts. Other programs' time does not, but the clock of
    a shared processor does; so limits lie well above honest work and below what grows with the square of a length.
    """
    before = _seconds(_yardstick)
    taken = _seconds(work)
    return taken * YARDSTICK_SECONDS / max(before, _seconds(_yardstick))


def _yardstick() -> str:
    words: dict[str, int] = {}
    for number in range(60_000):
        word = f"wort{number % 977}"
        words[word] = words.get(word, 0) + len(word.encode())
    return "".join(sorted(words))


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
