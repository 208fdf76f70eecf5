"""How good the search is: judged questions against the demo's offers, beside PostgreSQL's own German search.

The questions and the measure lie beside the repository (`../shared/data`); without them nothing is measured. Offers the
judges did not see are left out.
"""

import importlib.util
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from portal.offers.models import Offer
from portal.preferences.models import Preferences
from portal.search.matching import Search
from portal.search.parameters import SearchQuery, Sort
from portal.search.results import answer
from portal.taxonomy.tree import load_tree
from tenants.models import Municipality
from tenants.running.context import inside
from tests.benchmarks.table import Row

DATA = Path(settings.BASE_DIR).parent / "shared" / "data"
# What must hold over all kinds of questions: at least, or at most.
AT_LEAST = {"right among the first three": 0.85, "nDCG@10": 0.70, "honest nothing": 0.95}
AT_MOST = {"nothing though something fits": 0.05, "junk among the first five": 0.15}
_PLAIN = """
SELECT o.id FROM offers_offer o JOIN providers_provider p ON p.id = o.provider_id,
    plainto_tsquery('german', %s) q,
    to_tsvector('german', o.title || ' ' || o.summary || ' ' || o.description || ' ' || p.name) v
WHERE v @@ q AND o.id = ANY(%s) ORDER BY ts_rank(v, q) DESC, o.title
"""

Scores = list[dict[str, Any]]


def rows() -> Iterator[Row]:
    """Each figure with its limit, and what plain PostgreSQL reaches."""
    if not (DATA / "measure_search.py").exists():
        return
    measure = _measure()
    call_command("seed_demo")
    ours, plain = _scores(measure, _by_us), _scores(measure, _by_postgres)
    for kind in dict.fromkeys(score["kind"] for score in ours):
        here = [score for score in ours if score["kind"] == kind]
        if any(score["has2"] for score in here):
            share = _figures(here)["right among the first three"]
            yield Row(f"search, right first three: {kind}", f"{share:.0%}", f"{len(here)} questions", share, None)
    figures, theirs = _figures(ours), _figures(plain)
    for name, least in AT_LEAST.items():
        yield Row(f"search, {name}", f"{figures[name]:.3f}", f"plain {theirs[name]:.3f}", least / figures[name], 1.0)
    for name, most in AT_MOST.items():
        yield Row(f"search, {name}", f"{figures[name]:.3f}", f"plain {theirs[name]:.3f}", figures[name] / most, 1.0)


def _measure() -> ModuleType:
    spec = importlib.util.spec_from_file_location("measure_search", DATA / "measure_search.py")
    if spec is None or spec.loader is None:
        raise RuntimeError("the measure cannot be read")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _scores(measure: ModuleType, find: Callable[[str], list[int]]) -> Scores:
    judged = json.loads((DATA / "search-queries_judged_titles.json").read_text())
    entries = json.loads((DATA / "search-queries.json").read_text())
    found: Scores = []
    for slug in dict.fromkeys(entry["town"] for entry in entries):
        with inside(Municipality.objects.get(slug=slug)):
            titles = {pk: measure.plain(title) for pk, title in Offer.objects.current().values_list("pk", "title")}
            known = set(titles.values()) & set(judged[slug])
            for entry in entries:
                if entry["town"] == slug:
                    ranking = [titles[pk] for pk in find(entry["query"]) if titles.get(pk) in known]
                    relevant = {title: grade for title, grade in entry["relevant"].items() if title in known}
                    found.append(measure.score({**entry, "relevant": relevant}, ranking))
    return found


def _by_us(text: str) -> list[int]:
    usual = Sort(Preferences.current().start_sort)
    return answer(Search(SearchQuery(text=text), load_tree(), None, timezone.now(), usual)).ids


def _by_postgres(text: str) -> list[int]:
    current = list(Offer.objects.current().values_list("pk", flat=True))
    with connection.cursor() as cursor:
        cursor.execute(_PLAIN, [text, current])
        return [pk for (pk,) in cursor.fetchall()]


def _figures(scores: Scores) -> dict[str, float]:
    has, best, nothing = (
        [score for score in scores if score["has"]],
        [score for score in scores if score["has2"]],
        [score for score in scores if not score["has"]],
    )
    return {
        "right among the first three": _mean(score["s3"] for score in best),
        "nDCG@10": _mean(score["ndcg"] for score in has),
        "honest nothing": _mean(not score["hits"] for score in nothing),
        "nothing though something fits": _mean(not score["hits"] for score in has),
        "junk among the first five": sum(s["junk"] for s in scores) / max(1, sum(s["top"] for s in scores)),
    }


def _mean(values: Any) -> float:
    given = [float(value) for value in values]
    return sum(given) / len(given) if given else 0.0
