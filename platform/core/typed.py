"""What somebody typed is not lost when their session ended meanwhile, or when something must be done first.

A view that opts in with `@keeps_typed`, and whose form holds `{% keeps_typed %}`, gets it back:

    @keeps_typed
    @allow(Role.PROVIDER)
    def profile(request): form = ProfileForm(sent_or_typed(request), …)

The answer to the POST is the sign-in (or the page at which somebody is held up); afterwards the same page shows the
form as it was typed. Nothing is ever executed: the person presses the button again. It is kept for an hour, encrypted,
in the session of this browser, and shown only to whom the form was given, which a signed mark in it says. Files are
not kept; a form that holds some says so itself.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import resolve
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


def keeps_typed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let what is typed into this view's form outlive the session. The view must answer GET at the same address."""

    @wraps(view)
    def forgetting(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = view(request, *args, **kwargs)
        if request.method == "POST" and answer.status_code < 400:
            _drop(request)
        return answer

    setattr(forgetting, _ATTRIBUTE, True)
    return forgetting


def mark_of(request: HttpRequest) -> str:
    """Whose form this is, for the hidden field; empty for who has not signed in."""
    return signing.dumps(request.user.pk, salt=_salt(request)) if request.user.is_authenticated else ""


def keep(request: HttpRequest, view: Callable[..., Any]) -> bool:
    """Keep what was sent with this POST, where the view wants that and the form says whose it is; whether it did."""
    if request.method != "POST" or not getattr(view, _ATTRIBUTE, False):
        return False
    typed = request.POST.urlencode()
    if len(typed) > MOST or _person(request, request.POST.get(MARK, "")) is None:
        return False
    kept = {**request.session.get(_SESSION, {}), request.get_full_path(): seal(typed, purpose=_PURPOSE)}
    request.session[_SESSION] = dict(list(kept.items())[-MOST_FORMS:])
    return True


def typed_before(request: HttpRequest) -> QueryDict | None:
    """What this person typed here before they were asked to sign in; None when there is nothing, or on a POST."""
    sealed = request.session.get(_SESSION, {}).get(request.get_full_path())
    if request.method == "POST" or sealed is None:
        return None
    try:
        typed = QueryDict(unseal(sealed, purpose=_PURPOSE, seconds=SECONDS))
    except UnsealableError:
        _drop(request)
        return None
    if _person(request, typed.get(MARK, "")) != request.user.pk:
        return None
    messages.info(request, _("What you typed is still here. Please look it over and save it."))
    return typed


def sent_or_typed(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was sent, on a GET what this person typed before; else nothing."""
    return request.POST if request.method == "POST" else typed_before(request)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before somebody signed in again in another tab: nothing is done, but it comes back filled in too.

    Whoever sends a form from elsewhere does not know the mark and gets Django's usual answer.
    """
    view = resolve(request.path_info).func
    if keep(request, view):
        return HttpResponseRedirect(request.get_full_path())
    return csrf_failure(request, reason)


def _drop(request: HttpRequest) -> None:
    kept = dict(request.session.get(_SESSION, {}))
    if kept.pop(request.get_full_path(), None) is not None:
        request.session[_SESSION] = kept


def _person(request: HttpRequest, mark: str) -> int | None:
    try:
        return int(signing.loads(mark, salt=_salt(request)))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def _salt(request: HttpRequest) -> str:
    """Numbers of people are counted in each municipality anew."""
    municipality = getattr(request, "municipality", None)
    return f"core.typed:{getattr(municipality, 'slug', '')}"
