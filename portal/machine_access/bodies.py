"""The body of a request: JSON in UTF-8 within bounds, or a refusal that says what to do instead.

Nothing is unpacked, so there is no bomb to go off; what is too long is not read; what says two things at once (a name
twice) or what JSON does not know (NaN) says nothing.
"""

import json
from typing import Any

from django.http.request import RawPostDataException, UnreadablePostError
from django.utils.translation import gettext as _

from core.numbers import whole_number
from portal.interfaces.answering import RefusedError

MOST_BYTES = 2**20
# An offer has three levels.
DEEPEST = 12
_KINDS = frozenset({"application/json", "application/merge-patch+json"})
_CHARSETS = frozenset({"", "utf-8", "utf8"})


def read(request: Any) -> bytes:
    """The bytes of the body."""
    kind, _gap, rest = request.META.get("CONTENT_TYPE", "").partition(";")
    charset = next((each.partition("=")[2] for each in rest.lower().split(";") if "charset=" in each), "")
    if kind.strip().lower() not in _KINDS or charset.strip(" \"'") not in _CHARSETS:
        raise RefusedError(415, _("Send “Content-Type: application/json”, in UTF-8."))
    if request.META.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in {"", "identity"}:
        raise RefusedError(415, _("Send it unpacked, without “Content-Encoding”."))
    if not request.META.get("CONTENT_LENGTH") and request.META.get("HTTP_TRANSFER_ENCODING"):
        # The server reads as much as was announced: of a body in pieces nothing.
        raise RefusedError(411, _("Send it at once, with “Content-Length”, and not in pieces (“chunked”)."))
    too_long = RefusedError(413, _("At most %(most)d bytes are read.") % {"most": MOST_BYTES})
    if _announced(request) > MOST_BYTES:
        raise too_long
    try:
        content: bytes = request.read(MOST_BYTES + 1)
    except (UnreadablePostError, RawPostDataException) as error:
        raise RefusedError(400, _("The body did not arrive.")) from error
    if len(content) > MOST_BYTES:
        raise too_long
    return content


def _announced(request: Any) -> int:
    written = request.META.get("CONTENT_LENGTH") or "0"
    return whole_number(written) or 0


def parsed(content: bytes) -> dict[str, Any]:
    """The object it says."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise RefusedError(400, _("The body is not UTF-8.")) from error
    try:
        said = json.loads(text, object_pairs_hook=_once, parse_constant=_no_number)
    except RecursionError as error:
        raise RefusedError(400, _("It is nested too deeply.")) from error
    except ValueError as error:
        raise RefusedError(400, _("The body is not JSON: %(problem)s") % {"problem": str(error)[:200]}) from error
    if not isinstance(said, dict):
        raise RefusedError(400, _("The body must be a JSON object."))
    _check_depth(said)
    return said


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(_("“%(name)s” stands there twice") % {"name": twice[:80]})
    return found


def _no_number(name: str) -> Any:
    raise ValueError(_("%(name)s is no number") % {"name": name})


def _check_depth(said: Any) -> None:
    """Level by level, so that nothing deep is walked by calls."""
    level = [said]
    for _depth in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return
    raise RefusedError(400, _("It is nested too deeply."))
