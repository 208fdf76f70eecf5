"""A real page of the portal with a look that is not published: the view itself is asked, as a visitor would ask it.

The look holds only while that view answers (`theming.showing`). What comes back is that page, without its scripts, and
its links lead on within the preview.
"""

from __future__ import annotations

import re
from copy import copy
from html import escape, unescape
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

from core.access import Role, allowed_roles
from mail import rendering
from mail.kinds import kind_of
from mail.wording import text_of
from portal.appearance.drafts import partners_of, theme_of
from portal.letters.texts.reality import values_for
from portal.offers.models import Offer
from portal.providers.models import Provider
from portal.providers.models import State as ProviderState
from portal.revisions.tokens import Content
from theming.css import CORNERS, FONT_STACKS, Look, registered_classes, stylesheet
from theming.mailing import dress, with_pictures_inside
from theming.showing import Shown, showing
from theming.tokens import HEX
from theming.views import not_found

# No portal has it: what visitors see at a wrong address.
NOWHERE = "/diese-seite-gibt-es-nicht/"
SAMPLE_MAIL = "email_confirmation_signup"
MOST_STEPS = 3
_SCRIPTS = re.compile(r"<script\b[^>]*>[\s\S]*?</script>")
_HTML = re.compile(r"<html\b([^>]*)>")
_MODE = re.compile(r'\sdata-kern-theme="[a-z]*"')
_LINKS = re.compile(r'(<a\b[^<>]*?\shref=")(/(?!/|static/|media/)[^"]*|\?[^"]*)(")')


def sheet_address(look: Look) -> str:
    """Where the style sheet of a look is fetched: all of it stands in the address."""
    said = {"haupt": look.brand, "zweit": look.accent, "schrift": look.font, "ecken": look.corner}
    dark = {"dunkel": "1"} if look.dark_allowed else {}
    return f"{reverse('appearance:sheet')}?{urlencode(said | dark)}"


def shown_of(content: Content) -> Shown:
    """A draft or an earlier look, as pages read it."""
    theme = theme_of(content)
    return Shown(theme, partners_of(content), stylesheet(theme.look, registered_classes()), sheet_address(theme.look))


def places() -> list[tuple[str, str]]:
    """The pages the preview has a tab for: a name and its address here. Offer and provider: the newest public ones."""
    found = [("start", "/"), ("suche", "/angebote/")]
    offer = Offer.objects.published().order_by("-pk").first()
    provider = Provider.objects.filter(state=ProviderState.PUBLISHED).order_by("-pk").first()
    found += [("angebot", offer.get_absolute_url())] if offer else []
    found += [("anbieter", provider.get_absolute_url())] if provider else []
    return [*found, ("fehler", NOWHERE)]


def page(request: HttpRequest, address: str, look: Shown, *, dark: bool, carried: dict[str, str]) -> HttpResponse:
    """The page at `address` in that look. `carried` is kept in the addresses of its links."""
    answer = _answer(request, address, look)
    html = _SCRIPTS.sub("", answer.content.decode(answer.charset or "utf-8"))
    mode = "dark" if dark and look.theme.dark_mode_allowed else "light"
    html = _HTML.sub(lambda tag: f'<html{_MODE.sub("", tag[1])} data-kern-theme="{mode}">', html, count=1)
    return HttpResponse(_led_on(html, address, carried))


def _answer(request: HttpRequest, address: str, look: Shown) -> HttpResponse:
    with showing(look):
        for _step in range(MOST_STEPS):
            inner = _as_visitor(request, address)
            answer = _ask(inner)
            if answer.status_code not in (301, 302):
                return answer if _is_page(answer) else _outside(inner)
            address = answer["Location"]
        return _outside(inner)


def _ask(inner: HttpRequest) -> HttpResponse:
    """What a visitor's browser would be answered."""
    try:
        match = resolve(inner.path_info)
        if Role.VISITOR not in allowed_roles(match.func):
            return _outside(inner)
        inner.resolver_match = match
        answer: HttpResponse = match.func(inner, *match.args, **match.kwargs)
    except (Resolver404, Http404) as error:
        return not_found(inner, error)
    return answer


def _is_page(answer: HttpResponse) -> bool:
    return not answer.streaming and answer.get("Content-Type", "").startswith("text/html")


def _outside(inner: HttpRequest) -> HttpResponse:
    """Where a link leads out of what can be previewed: pages behind the sign-in, files."""
    return render(inner, "appearance/outside.html")


def _as_visitor(request: HttpRequest, address: str) -> HttpRequest:
    """The same browser on another page, signed out."""
    parts = urlsplit(address)
    inner: Any = copy(request)
    inner.method = "GET"
    inner.path = inner.path_info = parts.path or "/"
    inner.META = {**request.META, "PATH_INFO": inner.path, "QUERY_STRING": parts.query, "REQUEST_METHOD": "GET"}
    inner.GET, inner.POST, inner.COOKIES = QueryDict(parts.query), QueryDict(), {}
    inner.user = AnonymousUser()
    for known in ("task_cards", "held_roles"):
        inner.__dict__.pop(known, None)
    return inner  # type: ignore[no-any-return]  # a copy of the request


def _led_on(html: str, address: str, carried: dict[str, str]) -> str:
    here = urlsplit(address).path or "/"
    base = reverse("appearance:preview")

    def led(link: re.Match[str]) -> str:
        to = unescape(link[2])
        to = here + to if to.startswith("?") else to
        query = urlencode({**carried, "seite": to})
        return f"{link[1]}{escape(f'{base}?{query}')}{link[3]}"

    return _LINKS.sub(led, html)


def mail(look: Shown, person: Any) -> HttpResponse:
    """A mail as it would leave with that look."""
    kind = kind_of(SAMPLE_MAIL)
    subject, body = text_of(kind, "de")
    with showing(look):
        letter = rendering.letter(kind, subject, body, values_for(kind, person))
        return HttpResponse(with_pictures_inside(dress(letter.subject, letter.html, "de")))


def typed_look(data: QueryDict) -> Look | None:
    """A look from an address; None where it names no colours, fonts or corners we know."""
    brand, accent = data.get("haupt", "").lower(), data.get("zweit", "").lower()
    font, corner = data.get("schrift", ""), data.get("ecken", "")
    if not (HEX.match(brand) and HEX.match(accent) and font in FONT_STACKS and corner in CORNERS):
        return None
    return Look(brand, accent, font, corner, data.get("dunkel") == "1")
