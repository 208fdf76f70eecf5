"""Both versions of what two people wrote: offered to choose from, and taken back.

What is offered goes to the browser and comes back signed, for this text and this person: a form's checks have seen it,
and nothing else is taken. So nobody brings in what no form asks for (an editors' marker, somebody else's picture).
"""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.http import HttpRequest

from portal.differences.showing import shown
from portal.revisions.errors import MovedOnError
from portal.revisions.kinds import Kind
from tenants.running.context import current_schema


def offered(request: HttpRequest, kind: Kind, pk: int, moved: MovedOnError, changes: dict[str, Any]) -> dict[str, Any]:
    """What the page of the choice shows: `changes` are those of the page, whether they clash or not."""
    named = {each.name: each for each in kind.differences(moved.current, moved.mine)}
    mine = {**changes, **{name: moved.mine[name] for name in moved.conflicts}}
    theirs = {name: moved.current[name] for name in moved.conflicts}
    return {
        "base": moved.base,
        "clashes": [named[name] for name in moved.conflicts if name in named],
        "compared": shown([named[name] for name in moved.conflicts if name in named]),
        "versions": signing.dumps([mine, theirs], salt=_salt(request, kind, pk), compress=True),
    }


def chosen(request: HttpRequest, kind: Kind, pk: int, *, together: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What shall stay, by key; empty where it was not offered here. `together`: keys that are chosen with another."""
    try:
        mine, theirs = signing.loads(request.POST.get("fassungen", ""), salt=_salt(request, kind, pk))
    except signing.BadSignature:
        return {}
    others = {name for name in theirs if request.POST.get(f"wahl_{(together or {}).get(name, name)}") == "ihre"}
    return {**mine, **{name: theirs[name] for name in others}}


def _salt(request: HttpRequest, kind: Kind, pk: int) -> str:
    """Numbers of texts and people are counted in each municipality anew."""
    return f"authoring.clashes:{current_schema()}:{kind.name}:{pk}:{request.user.pk}"
