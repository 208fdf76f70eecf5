"""What the room's pages share: the trail and the tabs above them, and the frame with the preview."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.decorators import csp_replace, csp_update
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

from mail.models import Unreachable

View = TypeVar("View", bound=Callable[..., Any])
# A mail's style stands in it, which no page of ours may have. Nothing runs and nothing is loaded.
_MAIL = {
    "frame-ancestors": ["'self'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "script-src": ["'none'"],
    "connect-src": ["'none'"],
    "form-action": ["'none'"],
}


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The trail; `more` are pairs of label and address below the room's first page, the last without an address."""
    start = [(_("Editorial desk"), "/redaktion/"), (_("Mails"), reverse("letters:texts") if more else "")]
    return [{"label": label, "url": url} for label, url in [*start, *more]]


def tabs(current: str) -> list[dict[str, Any]]:
    """The room's pages."""
    pages = (
        ("texts", _("Texts"), None),
        ("log", _("Delivery"), None),
        ("addresses", _("Addresses that do not work"), Unreachable.objects.count()),
    )
    return [
        {"label": label, "url": reverse(f"letters:{name}"), "current": name == current, "count": count, "icon": ""}
        for name, label, count in pages
    ]


def with_frame(view: View) -> View:
    """A page with a frame that shows a page of this host."""
    return cast("View", csp_update({"frame-src": ["'self'"]})(cast("Any", view)))


def framed(view: View) -> View:
    """A mail as a page that may stand in a frame of this host. Never cached: an answer “not modified” would lack the
    leave."""
    return cast("View", never_cache(xframe_options_sameorigin(cast("Any", csp_replace(_MAIL)(cast("Any", view))))))
