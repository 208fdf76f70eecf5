"""What stands in the frame: a real page, or a mail, with a draft or an earlier look."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.access import Permission, allow
from portal.appearance import drafts
from portal.appearance import preview as pages
from portal.appearance.framing import framed
from portal.appearance.proof import proof as proved
from portal.appearance.showing import DARK
from portal.letters.frame import framed as framed_mail
from portal.revisions.tokens import Content
from theming.css import registered_classes, stylesheet

LONGEST_ADDRESS = 2000


def _content(request: HttpRequest) -> tuple[Content, dict[str, str]]:
    """The look that is meant, the draft of whoever looks or an earlier one (`stand`), and how addresses say so."""
    wanted = request.GET.get("stand", "")
    if not wanted:
        return drafts.begin(request.user).content, {}
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
        raise Http404
    return drafts.content_of(drafts.earlier(int(wanted))), {"stand": wanted}


@framed
@require_safe
@allow(Permission.CONTENT)
def preview(request: HttpRequest) -> HttpResponse:
    """The page `?seite=` names, as visitors would see it in that look."""
    address = request.GET.get("seite", "/")
    if not address.startswith("/") or address.startswith("//") or len(address) > LONGEST_ADDRESS:
        raise Http404
    content, carried = _content(request)
    dark = request.GET.get("modus") == DARK
    carried |= {"modus": DARK} if dark else {}
    return pages.page(request, address, pages.shown_of(content), dark=dark, carried=carried)


@framed_mail
@require_safe
@allow(Permission.CONTENT)
def mail(request: HttpRequest) -> HttpResponse:
    """A mail in that look."""
    content, _carried = _content(request)
    return pages.mail(pages.shown_of(content), request.user)


@never_cache
@require_safe
@allow(Permission.CONTENT)
def sheet(request: HttpRequest) -> HttpResponse:
    """The style sheet of the look its address describes; nothing is stored."""
    look = pages.typed_look(request.GET)
    if look is None:
        raise Http404
    return HttpResponse(stylesheet(look, registered_classes()).text, content_type="text/css; charset=utf-8")


@never_cache
@require_safe
@allow(Permission.CONTENT)
def proof(request: HttpRequest) -> HttpResponse:
    """What is done for reading with these colours: the part of the page that a script brings up to date."""
    look = pages.typed_look(request.GET)
    if look is None:
        raise Http404
    told = proved(look.brand, look.accent, dark_allowed=look.dark_allowed)
    return render(request, "appearance/_proof.html", {"proof": told})
