"""What may be told of an error to somebody who may read our logs, but not what municipalities know about people.

A line tells where in our code something happened and of which kind it was. What was in the data stays in the data: the
message of an error often quotes it (PostgreSQL: “Failing row contains (…, eva@example.org, …)”), as do addresses of
pages (a key, a name), values of forms, cookies and local variables.
"""

import re
import traceback
from collections.abc import Mapping
from logging import LogRecord
from typing import Any

from django.http import HttpRequest

from core.causes import causes

_PERSONAL = re.compile(
    # a mail address; a telephone or any other long number, however it is cut; a key
    r"[^\s@<>\"']+@[^\s@<>\"']+|\+?\d(?:[\s/().–-]{0,2}\d){5,}|[\w~=.:-]*\d[\w~=.:-]{23,}"
)
HIDDEN = "[…]"
_LONGEST = 300


def words(value: object) -> object:
    """A value of a message: numbers and the names of our things as they are, of an error only its kind, in a text no
    address, telephone number or key."""
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, BaseException):
        return type(value).__name__
    return _PERSONAL.sub(HIDDEN, str(value)[:_LONGEST])


def message_of(record: LogRecord) -> str:
    """The sentence of a line; of what a request caused, that and nothing of its address."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return str(record.msg).partition(":")[0] if record.args is None else _reason(record)
    given = record.args
    if isinstance(given, Mapping):
        return str(record.msg) % {name: words(value) for name, value in given.items()}
    return str(record.msg) % tuple(map(words, given)) if given else str(words(record.msg))


def _reason(record: LogRecord) -> str:
    """Of Django's “%s: %s” (what, and the address) the first; of others the sentence without what was asked for."""
    given = record.args if isinstance(record.args, tuple) else ()
    return str(words(given[0])) if str(record.msg).startswith("%s") and given else str(record.msg)


def route_of(request: HttpRequest | None) -> str:
    """The page as our map of addresses names it, without what stands in its place."""
    match = getattr(request, "resolver_match", None)
    return str(match.view_name or match.route) if match else ""


def kind_of(error: BaseException) -> str:
    """Its class, with what PostgreSQL says of the kind: the state, and the constraint that was broken."""
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    told = getattr(error.__cause__, "diag", None)
    if told is None:
        return name
    return " ".join(str(part) for part in (name, told.sqlstate, told.constraint_name) if part)


def frames_of(error: BaseException) -> list[str]:
    """Where it happened, outermost first: file, line, function. Not the line itself, and no values."""
    return [
        f"{frame.f_code.co_filename}:{number} {frame.f_code.co_name}"
        for frame, number in traceback.walk_tb(error.__traceback__)
    ]


def chain_of(error: BaseException | None) -> list[dict[str, Any]]:
    """The error and what led to it."""
    return [{"kind": kind_of(each), "where": frames_of(each)} for each in causes(error)]
