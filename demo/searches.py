"""What residents of the demo searched in the last two years, found or in vain, so that the editors' list has something
to decide and the evaluation something to show. Invented, the same each time, written as sums of days."""

import random
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from portal.search.unanswered import look_again
from portal.taxonomy.models import Category, District, TargetGroup
from portal.usage.few import sum_sought
from portal.usage.models import DailyCategorySearch, DailyFilter, DailySearch, Span
from portal.usage.stretches import first_of

# How often each was searched on two days of the last third of a month that is over; nothing like it is offered.
SEARCHED = {
    "hundeschule": (19, 15),
    "eislaufbahn": (16, 10),
    "nähkästchen": (9, 8),
    "seniorenkino": (8, 7),
    "kinderkarneval": (6, 6),
    "drachenboot": (6, 4),
    "bogenschießen": (4, 4),
}
# How often a word is searched in a month, which share of it in vain, and by how much more that grew within a year.
WORDS = {
    "deutschkurs": (64, 0.0, 1.2),
    "deutschkurse": (17, 0.0, 1.1),
    "deutschkurs abends": (11, 0.5, 1.6),
    "schwimmkurs": (58, 0.7, 1.4),
    "seepferdchen": (26, 0.8, 1.5),
    "schwimmen": (31, 0.3, 1.0),
    "nachhilfe": (42, 0.1, 1.1),
    "nachhilfe mathe": (21, 0.5, 1.3),
    "hausaufgabenhilfe": (14, 0.0, 0.9),
    "krabbelgruppe": (33, 0.0, 0.9),
    "kita": (47, 0.2, 1.0),
    "tagesmutter": (19, 0.4, 1.1),
    "babymassage": (9, 0.7, 1.0),
    "kinderarzt": (22, 1.0, 1.3),
    "chor": (16, 0.0, 1.0),
    "yoga": (38, 0.0, 1.1),
    "tanzen": (24, 0.1, 0.9),
    "seniorentanz": (10, 0.6, 1.2),
    "repair café": (12, 0.6, 1.5),
    "töpfern": (13, 0.1, 1.0),
    "toepfern": (6, 0.1, 1.0),
    "ferienprogramm": (35, 0.1, 1.0),
    "ferienbetreuung": (28, 0.3, 1.2),
    "schuldnerberatung": (15, 0.0, 1.1),
    "sprachcafé": (18, 0.0, 1.4),
    "computerkurs senioren": (14, 0.2, 1.3),
    "smartphone": (12, 0.1, 1.2),
    "fußball": (29, 0.0, 1.0),
    "selbsthilfe": (9, 0.2, 1.0),
    "ehrenamt": (17, 0.0, 1.1),
    "bewerbung": (12, 0.0, 0.8),
    "integrationskurs": (27, 0.1, 1.1),
    "gitarre": (11, 0.4, 1.0),
    "skaten": (7, 0.8, 1.1),
    "pflege": (13, 0.1, 1.0),
}
# Which share of all searches sets a filter, and with which values.
FILTERS: dict[str, tuple[float, tuple[str, ...]]] = {
    "kostenfrei": (0.22, ("1",)),
    "barrierefrei": (0.06, ("1",)),
    "online": (0.04, ("1",)),
    "engagement": (0.03, ("1",)),
    "alter": (0.16, ("0", "3", "6", "10", "14", "18", "27", "60")),
    "wochentag": (0.09, ("mo", "di", "mi", "do", "fr", "sa", "so")),
    "zeitraum": (0.12, ()),
    "uhrzeit": (0.05, ()),
    "ort": (0.08, ()),
    "sprache_angebot": (0.05, ("en", "tr", "uk", "ar")),
}
MONTHS = 24
# More in September and January, less in the holidays.
SEASON = (1.2, 1.0, 1.0, 0.9, 0.9, 0.8, 0.6, 0.8, 1.3, 1.2, 1.1, 0.8)
# On so many days of a third of a month a word is searched.
DAYS_OF_A_THIRD = 2

Found = Counter[tuple[Any, ...]]


def write_searches(today: date) -> None:
    """Count them, and find out what finds nothing."""
    made = _Made(random.Random(20260926))
    for begin in _thirds(today):
        made.third(begin, today)
    made.write()
    last = first_of(Span.THIRD, today) - timedelta(days=1)
    DailySearch.objects.bulk_create(
        DailySearch(day=last - timedelta(days=number % 3 + 3 * turn), term=term, count=count, nothing=count)
        for number, (term, counts) in enumerate(SEARCHED.items())
        for turn, count in enumerate(counts)
    )
    sum_sought()
    look_again()


def _thirds(today: date) -> Iterator[date]:
    for back in range(MONTHS, -1, -1):
        year, month = divmod(today.year * 12 + today.month - 1 - back, 12)
        for first in (1, 11, 21):
            if date(year, month + 1, first) < today:
                yield date(year, month + 1, first)


class _Made:
    """Sums of days by kind and which one, each with how many found nothing."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.all: dict[str, Found] = {"term": Counter(), "topic": Counter(), "filter": Counter()}
        self.none: dict[str, Found] = {"term": Counter(), "topic": Counter(), "filter": Counter()}
        self.topics = list(Category.objects.order_by("pk").values_list("pk", flat=True))
        self.districts = list(District.objects.order_by("pk").values_list("pk", flat=True))
        self.groups = list(TargetGroup.objects.order_by("pk").values_list("pk", flat=True))

    def third(self, begin: date, today: date) -> None:
        """What was searched in a third of a month."""
        days = [day for day in (begin + timedelta(days=self.dice.randrange(8)) for _day in range(DAYS_OF_A_THIRD))
                if day < today]  # fmt: skip
        for day in sorted(set(days)):
            searches, nothing = self._words(day, today, len(set(days)))
            more, more_nothing = self._topics(day, searches // 2)
            self._count("filter", (day, "", ""), searches + more, nothing + more_nothing)
            self._filters(day, searches + more, (nothing + more_nothing) / max(1, searches + more))

    def _words(self, day: date, today: date, days: int) -> tuple[int, int]:
        searches = nothing = 0
        for word, (often, vain, grown) in WORDS.items():
            years = (today - day).days / 365
            mean = often * SEASON[day.month - 1] * grown ** (1 - years) / 3 / days
            count = self._about(mean)
            missed = self._part(count, vain)
            self._count("term", (day, word), count, missed)
            searches, nothing = searches + count, nothing + missed
        return searches, nothing

    def _topics(self, day: date, number: int) -> tuple[int, int]:
        """Searches by topic, some of them in a district."""
        nothing = 0
        for _search in range(number):
            place = self._some(len(self.topics), 6)
            topic, missed = self.topics[place], int(self.dice.random() < 0.05 + (place % 7 == 3) * 0.5)
            self._count("topic", (day, topic), 1, missed)
            if self.districts and self.dice.random() < 0.35:
                district = self.districts[
                    min(int(self.dice.expovariate(3) * len(self.districts)), len(self.districts) - 1)
                ]
                self._count("filter", (day, "ortsteil", ""), 1, missed)
                self._count("filter", (day, "ortsteil", str(district)), 1, missed)
                self._count("filter", (day, "kategorie+ortsteil", f"{topic}:{district}"), 1, missed)
            nothing += missed
        return number, nothing

    def _filters(self, day: date, searches: int, vain: float) -> None:
        known = FILTERS | ({"zielgruppe": (0.18, tuple(map(str, self.groups)))} if self.groups else {})
        for name, (share, values) in known.items():
            for _use in range(self._about(searches * share)):
                missed = int(self.dice.random() < vain)
                self._count("filter", (day, name, ""), 1, missed)
                if values:
                    value = values[self._some(len(values), 2)]
                    self._count("filter", (day, name, value), 1, missed)

    def _some(self, number: int, steep: float) -> int:
        """The place of one of several, the first ones more often."""
        return min(int(self.dice.expovariate(steep) * number), number - 1)

    def _about(self, mean: float) -> int:
        return max(0, round(self.dice.gauss(mean, mean**0.5)))

    def _part(self, count: int, share: float) -> int:
        return sum(self.dice.random() < share for _each in range(count))

    def _count(self, kind: str, which: tuple[Any, ...], count: int, nothing: int) -> None:
        if count:
            self.all[kind][which] += count
            self.none[kind][which] += nothing

    def write(self) -> None:
        """As rows. What was found was much."""
        kinds: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
            ("term", DailySearch, ("day", "term")),
            ("topic", DailyCategorySearch, ("day", "category_id")),
            ("filter", DailyFilter, ("day", "name", "value")),
        )
        for kind, model, columns in kinds:
            rows = (
                model(
                    **dict(zip(columns, which, strict=True)),
                    count=count,
                    nothing=self.none[kind][which],
                    many=count - self.none[kind][which],
                )
                for which, count in self.all[kind].items()
            )
            model.objects.bulk_create(rows, batch_size=2000)
