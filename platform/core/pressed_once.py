"""A form that is sent twice is done once, whatever it makes.

On a slow line people tap again; the browser forgets the first answer and sends the same form once more, and without
scripts no button can be locked. No form knows by itself that it was sent before, but its `{% csrf_token %}` is masked
anew for each page Django makes. So a form with the same token, fields and files is the same page sent again: the second
waits for the first and is led to where that one led.

Only where the first was taken, which is to say redirected: mistakes may be sent again as often as somebody likes. Only
the last form of a session counts, so that going back to an older page and pressing there does what it says. And only on
pages that ask who somebody is: what visitors send has no token, and defences of its own.
"""

from collections.abc import Callable
from hashlib import sha256
from time import monotonic, sleep
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

# As long as somebody may still press, or load the page again that could not be reached.
KEPT_SECONDS = 10 * 60
# A process that is killed leaves its mark behind; after this the form is done anew.
WORKING_SECONDS = 30
# Shared by all processes (tenants.running.cache).
PREFIX = "once:"
_HIDDEN_FIELD = "csrfmiddlewaretoken"
_WAIT = 0.1
_WORKING, _DONE = "working", "done"
# What is noted at the request: the key, and in which session.
_PRESSED = "pressed_once"


class PressedOnceMiddleware:
    """The innermost: after the token was found genuine, and after who may was found out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        key, session = getattr(request, _PRESSED, ("", None))
        if key:
            _note(request, key, session, answer)
        return answer

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not _is_form(request):
            return None
        if request.headers.get("HX-Request") == "true":
            # A script saves the same form again and again, and looks at no redirect.
            cache.delete(_last(request))
            return None
        key = _key(request)
        if not cache.add(key, [_WORKING], WORKING_SECONDS):
            led_to = _result(request, key)
            if led_to is not None:
                return HttpResponseRedirect(led_to)
            cache.set(key, [_WORKING], WORKING_SECONDS)
        setattr(request, _PRESSED, (key, request.session.session_key))
        return None


def _is_form(request: HttpRequest) -> bool:
    """Whether somebody who was let in sends a form of one of our pages."""
    return request.method == "POST" and bool(getattr(request, "asks_who", False)) and _HIDDEN_FIELD in request.POST


def _key(request: HttpRequest) -> str:
    """Of the person's session, the address and all that was sent."""
    digest = sha256()
    fields = [(name, value) for name, values in sorted(request.POST.lists()) for value in values]
    for part in (str(request.session.session_key), request.get_full_path(), repr(fields)):
        digest.update(part.encode("utf-8", "surrogatepass") + b"\0")
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            digest.update(repr((name, file.name, file.size)).encode("utf-8", "surrogatepass"))
            for chunk in file.chunks():
                digest.update(chunk)
            file.seek(0)
    return f"{PREFIX}{digest.hexdigest()}"


def _last(request: HttpRequest) -> str:
    """Where the last form of this session is named."""
    return f"{PREFIX}last:{request.session.session_key}"


def _result(request: HttpRequest, key: str) -> str | None:
    """Where the first led, after waiting for it; None where it was not taken, or something else was done since."""
    until = monotonic() + WORKING_SECONDS
    found = cache.get(key)
    while found and found[0] == _WORKING and monotonic() < until:
        sleep(_WAIT)
        found = cache.get(key)
    done = bool(found) and found[0] == _DONE and cache.get(_last(request)) == key
    return str(found[1]) if done else None


def _note(request: HttpRequest, key: str, session: str | None, answer: HttpResponse) -> None:
    """Keep where it led. Whoever was signed in or out by it gets a new session with this answer alone."""
    if request.session.session_key == session and answer.status_code in {301, 302, 303}:
        # In this order: who waits looks at both once the first says it is done.
        cache.set(_last(request), key, KEPT_SECONDS)
        cache.set(key, [_DONE, answer["Location"]], KEPT_SECONDS)
    else:
        cache.delete(key)
        cache.delete(_last(request))
