"""What a server allows: its robots.txt, read by the standard library's parser, kept for a day for all municipalities.

As RFC 9309 has it: no file (4xx) allows all; a server that cannot say (5xx, nothing comes) allows nothing for now.
"""

from collections.abc import Callable
from datetime import timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser

from django.db import connection
from django.utils import timezone

from core.outgoing import Answer, OutgoingError, Reason
from courtesy import turns
from courtesy.models import Host

KEPT = timedelta(days=1)
KEPT_CLOSED = timedelta(hours=6)
LONGEST = 500 * 1024
Ask = Callable[[str, str], Answer]
# Of these the link itself knows as much: they are told to whoever asked.
_TELLING = frozenset({Reason.UNKNOWN_HOST, Reason.CERTIFICATE, Reason.REFUSED})


class ForbiddenError(Exception):
    """The server does not want to be asked for that, or cannot say whether it does."""


def check(url: str, agent: str, ask: Ask) -> None:
    """ForbiddenError unless the server lets `agent` ask for `url`. `ask(method, url)` waits for its turn itself.

    OutgoingError where the server's robots.txt shows that nothing of it can be reached.
    """
    parts = urlsplit(url)
    key = _key(url)
    kept = _kept(key)
    rules, text = kept if kept is not None else _asked(f"{parts.scheme}://{parts.netloc}/robots.txt", key, ask)
    if rules == Host.Rules.CLOSED:
        raise ForbiddenError
    if rules == Host.Rules.NONE:
        return
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    if not parser.can_fetch(agent, url):
        raise ForbiddenError
    if wish := parser.crawl_delay(agent):
        turns.widen(parts.hostname or "", float(wish))


def _key(url: str) -> str:
    """Rules hold for one door of a host; turns (`courtesy.turns`) for the whole of it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}"[:253]


def _kept(key: str) -> tuple[str, str] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rules, robots FROM public.courtesy_host WHERE name = %s AND rules_until > %s", [key, timezone.now()]
        )
        found = cursor.fetchone()
    return (str(found[0]), str(found[1])) if found else None


def _keep(key: str, rules: str, text: str, kept: timedelta) -> tuple[str, str]:
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO public.courtesy_host (name, free_at, gap, rules, robots, rules_until) "
            "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (name) DO UPDATE SET free_at = excluded.free_at, "
            "rules = excluded.rules, robots = excluded.robots, rules_until = excluded.rules_until",
            [key, now, turns.GAP, rules, text.replace("\0", ""), now + kept],
        )
    return rules, text


def _asked(address: str, key: str, ask: Ask) -> tuple[str, str]:
    try:
        answer = _followed(address, ask)
    except OutgoingError as error:
        if error.reason in _TELLING:
            raise
        return _keep(key, Host.Rules.CLOSED, "", KEPT_CLOSED)
    if answer is None or answer.status >= 500 or answer.status == 429:
        if answer is not None and answer.status in {429, 503}:
            turns.rest(urlsplit(address).hostname or "", wait_of(answer))
        return _keep(key, Host.Rules.CLOSED, "", KEPT_CLOSED)
    if answer.status != 200:
        return _keep(key, Host.Rules.NONE, "", KEPT)
    return _keep(key, Host.Rules.GIVEN, answer.content.decode("utf-8", "replace"), KEPT)


def _followed(address: str, ask: Ask) -> Answer | None:
    """One redirect within the host is usual (to https, to www); whoever sends further has no rules for us."""
    answer = ask("GET", address)
    target = answer.headers.get("location", "")
    if answer.status not in {301, 302, 303, 307, 308} or not target:
        return answer
    if urlsplit(target).path != "/robots.txt" or not urlsplit(target).scheme:
        return Answer(404, {}, b"", address)
    return ask("GET", target)


def wait_of(answer: Answer, usual: float = 3600.0) -> float:
    """How long a server that is busy (429, 503) wants to be left alone, in seconds: a number or a date."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit() and len(said) < 10:
        return float(said)
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, IndexError):
        return usual
    aware = moment if moment.tzinfo else moment.replace(tzinfo=timezone.now().tzinfo)
    return max((aware - timezone.now()).total_seconds(), 0.0)
