"""What somebody typed is not lost when their session ended meanwhile, or when something must be done first.

Every form of a page that asks who somebody is carries a signed mark (it comes with `{% csrf_token %}`): for whom the
page was made, and where it is. When such a form arrives and the session is over, what it says is kept, the person
signs in and is led to that page again, where the form stands as it was typed (`core.refilling`). Nothing is ever
executed: the person presses the button again. It is kept for an hour, encrypted, in the session of this browser, and
shown only to whom the form was given. Passwords and keys are not kept, nor are files.

A view whose fields depend on what was chosen fills its form itself and says so by `@keeps_typed`:

    @keeps_typed
    @allow(Role.PROVIDER)
    def profile(request): form = ProfileForm(typed_before(request), …)
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure

from core.sealing import UnsealableError, seal, unseal

MARK = "_getippt_von"
SECONDS = 60 * 60
# Characters of one form; what is longer is somebody's joke.
MOST = 1_000_000
# Forms of one browser.
MOST_FORMS = 3
_SESSION = "typed"
_PURPOSE = "core.typed"
_ATTRIBUTE = "keeps_typed"
# What nobody wants to have lying about, by the names such fields have; the token of a form counts for one session.
_SECRET = re.compile(r"passw|kennwort|secret|geheim|token|credential|^code$|api_key", re.IGNORECASE)


@dataclass(frozen=True)
class Typed:
    """What was sent from `page` to `action`; both are paths with their query."""

    page: str
    action: str
    fields: QueryDict


def keeps_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """This view fills its form itself with what was typed. It must answer GET at the address it is sent to."""
    setattr(view, _ATTRIBUTE, True)
    return view


def mark_of(request: HttpRequest) -> str:
    """Whose form this is and on which page it stands, for the hidden field; empty for who has not signed in."""
    if not request.user.is_authenticated:
        return ""
    # A page of mistakes stands at an address that only takes forms: the way back is to where the form was at first.
    before = _read(request) if request.method == "POST" else None
    page = before[1] if before and before[0] == request.user.pk else request.get_full_path()
    return signing.dumps([request.user.pk, page], salt=_salt(request))


def keep(request: HttpRequest) -> str | None:
    """Keep what was sent with this POST, where its form says whose it is: the page to come back to, None if not."""
    read = _read(request) if request.method == "POST" else None
    if read is None:
        return None
    person, page = read
    fields = request.POST.copy()
    for name in [name for name in fields if name == MARK or _SECRET.search(name)]:
        del fields[name]
    typed = json.dumps([person, request.get_full_path(), fields.urlencode()])
    if len(typed) > MOST:
        return None
    kept = {**request.session.get(_SESSION, {}), page: seal(typed, purpose=_PURPOSE)}
    request.session[_SESSION] = dict(list(kept.items())[-MOST_FORMS:])
    return page


def kept_for(request: HttpRequest) -> Typed | None:
    """What this person typed on this page before they were asked to sign in; None when there is nothing."""
    page = request.get_full_path()
    sealed = request.session.get(_SESSION, {}).get(page)
    if request.method != "GET" or sealed is None:
        return None
    try:
        person, action, fields = json.loads(unseal(sealed, purpose=_PURPOSE, seconds=SECONDS))
    except UnsealableError:
        _drop(request, page)
        return None
    return Typed(page, action, QueryDict(fields)) if person == request.user.pk else None


def fills_itself(view: Callable[..., Any], typed: Typed) -> bool:
    """Whether the view of the page, and not we, puts this into its form."""
    return bool(getattr(view, _ATTRIBUTE, False)) and urlsplit(typed.action).path == urlsplit(typed.page).path


def say_so(request: HttpRequest) -> None:
    """Tell who comes back that nothing is lost, and nothing done yet."""
    messages.info(request, _("What you typed is still here. Please look it over and save it."))


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What this person typed into the form that is sent here; None when there is nothing, or on a POST."""
    typed = kept_for(request)
    if typed is None or urlsplit(typed.action).path != request.path:
        return None
    say_so(request)
    return typed.fields


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before somebody signed in again in another tab: nothing is done, but it comes back filled in too.

    Whoever sends a form from elsewhere does not know the mark and gets Django's usual answer; so does a script of the
    page: what was typed still stands there, and must not be led away from.
    """
    page = None if request.headers.get("HX-Request") == "true" else keep(request)
    return csrf_failure(request, reason) if page is None else HttpResponseRedirect(page)


def done(request: HttpRequest) -> None:
    """The form was taken, or its page shows it: what was kept of it is no longer needed."""
    read = _read(request)
    if read is not None:
        _drop(request, read[1])


def _drop(request: HttpRequest, page: str) -> None:
    kept = dict(request.session.get(_SESSION, {}))
    if kept.pop(page, None) is not None:
        request.session[_SESSION] = kept


def _read(request: HttpRequest) -> tuple[int, str] | None:
    """Whose form was sent, and on which page it stood."""
    try:
        person, page = signing.loads(request.POST.get(MARK, ""), salt=_salt(request))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return int(person), str(page)


def _salt(request: HttpRequest) -> str:
    """Numbers of people are counted in each municipality anew."""
    municipality = getattr(request, "municipality", None)
    return f"core.typed:{getattr(municipality, 'slug', '')}"
