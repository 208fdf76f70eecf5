"""The list of all municipalities: what was asked for, which fit, in which order. In memory: a thousand are few."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.ordering import name_key
from core.task_cards import Words
from health.limits import BY_KEY, CAUSES, TONES, Cause, Judged, Tone

LONGEST = 100
# In the address; the tones as German readers of it know them.
TONE_SLUGS: dict[str, Tone] = {
    "gestoert": Tone.BAD,
    "beobachten": Tone.WATCH,
    "im-aufbau": Tone.NEW,
    "stillgelegt": Tone.REST,
    "laeuft": Tone.OK,
}
SLUG_OF = {tone: slug for slug, tone in TONE_SLUGS.items()}
TONE_LABELS: dict[Tone, Words] = {
    Tone.BAD: pgettext_lazy("of a municipality", "disturbed"),
    Tone.WATCH: pgettext_lazy("of a municipality", "watch"),
    Tone.NEW: pgettext_lazy("of a municipality", "being set up"),
    Tone.REST: pgettext_lazy("of a municipality", "closed"),
    Tone.OK: pgettext_lazy("of a municipality", "running well"),
}


def _urgent(each: Judged) -> tuple[Any, ...]:
    """The worst first, among equals those with more that is wrong."""
    bad = sum(tone is Tone.BAD for tone in each.wrong.values())
    return TONES.index(each.tone), -bad, -len(each.wrong)


def _longest_away(each: Judged) -> float:
    """Whoever was never there stands first."""
    return each.row.editors_at.timestamp() if each.row.editors_at else 0


SORTS: dict[str, tuple[Words, Callable[[Judged], Any]]] = {
    "dringend": (_("urgent first"), _urgent),
    "name": (_("Name"), lambda each: 0),
    "angebote": (_("Offers"), lambda each: -(each.row.offers or 0)),
    "redaktion": (_("Editors longest away"), _longest_away),
    "fehler": (_("Error pages"), lambda each: -(each.row.error_percent or 0)),
    "antwortzeit": (_("Slowest"), lambda each: -(each.row.response_ms or 0)),
    "auftraege": (_("Failed jobs"), lambda each: (-each.row.queue.failed, -each.row.queue.waiting)),
    "mails": (_("Mails coming back"), lambda each: -(each.row.bounce_percent or 0)),
    "speicher": (_("Storage"), lambda each: -(each.row.size_bytes or 0)),
    "sicherung": (_("Oldest backup"), lambda each: -each.row.backup_age),
}
DEFAULT_SORT = "dringend"


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see; anything unknown counts as not asked."""

    words: str = ""
    tone: Tone | None = None
    cause: Cause | None = None
    version: str = ""
    sort: str = DEFAULT_SORT

    @property
    def is_filtered(self) -> bool:
        """Whether some are left out."""
        return bool(self.words or self.tone or self.cause or self.version)

    @property
    def query(self) -> str:
        """The same question as parameters."""
        given = {
            "q": self.words,
            "zustand": SLUG_OF[self.tone] if self.tone else "",
            "ursache": self.cause.key if self.cause else "",
            "version": self.version,
            "sort": "" if self.sort == DEFAULT_SORT else self.sort,
        }
        return urlencode({name: value for name, value in given.items() if value})


def understood(given: Mapping[str, str]) -> Asked:
    """From the parameters of an address."""
    sort = given.get("sort", "")
    return Asked(
        words=" ".join(given.get("q", "").replace("\0", "").split())[:LONGEST],
        tone=TONE_SLUGS.get(given.get("zustand", "")),
        cause=BY_KEY.get(given.get("ursache", "")),
        version=given.get("version", "").replace("\0", "")[:300],
        sort=sort if sort in SORTS else DEFAULT_SORT,
    )


def fits(each: Judged, asked: Asked) -> bool:
    """Whether one is among those asked for; of several words each must stand in its name, short name or hosts."""
    row = each.row
    if asked.tone and each.tone is not asked.tone:
        return False
    if asked.cause and asked.cause.key not in each.wrong:
        return False
    if asked.version and row.version != asked.version:
        return False
    said = f"{row.name} {row.slug} {' '.join(row.hosts)}".casefold()
    return all(word in said for word in asked.words.casefold().split())


def found(everybody: Sequence[Judged], asked: Asked) -> list[Judged]:
    """Those that fit, in order; whatever is equal stands by name."""
    chosen = [each for each in everybody if fits(each, asked)]
    chosen.sort(key=lambda each: (name_key(each.row.name), each.row.slug))
    return sorted(chosen, key=SORTS[asked.sort][1])


@dataclass(frozen=True, slots=True)
class Troubled:
    """A cause, how bad it is at its worst, how many have it; the only one's short name where it is one."""

    cause: Cause
    tone: Tone
    number: int
    only: Judged | None


def troubles(everybody: Sequence[Judged]) -> list[Troubled]:
    """What is wrong with anybody, the worst first, then what most have: one acts per cause, not per municipality."""
    listed = []
    for cause in CAUSES:
        having = [each for each in everybody if cause.key in each.wrong]
        if having:
            worst = min((each.wrong[cause.key] for each in having), key=TONES.index)
            listed.append(Troubled(cause, worst, len(having), having[0] if len(having) == 1 else None))
    return sorted(listed, key=lambda each: (TONES.index(each.tone), -each.number))


def versions(everybody: Sequence[Judged]) -> list[tuple[str, int]]:
    """Which schema versions there are and how many have each, the most first."""
    counted = Counter(each.row.version for each in everybody if each.row.version)
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


def by_tone(everybody: Sequence[Judged]) -> Counter[Tone]:
    """How many are how."""
    return Counter(each.tone for each in everybody)
