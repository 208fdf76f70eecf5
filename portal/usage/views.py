"""What only a browser can tell: that somebody pressed a telephone number, a mail address or a link, the heart,
the way there, or one of the ways to pass an offer on.

`offers/count.js` and the bookmarks tell it with `navigator.sendBeacon`: the offer, what was done, and nothing
else. No page waits for it, no cookie is set and no row is read; whether the offer is public is asked when the figures
are written.
"""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.access import Role, allow
from portal.usage.counting import tally
from portal.usage.models import Act, DailyOfferAct
from portal.usage.served import is_nobody
from tenants.running.context import current_schema

# Forms and files are told by their own pages.
TOLD = frozenset({Act.PHONE, Act.MAIL, Act.WEBSITE, Act.BOOKMARK, Act.ROUTE, Act.SHARE})


# A cookie of a visitor who has none could not be compared with anything; other pages are kept out by `_is_from_here`.
@csrf_exempt
@require_POST
@allow(Role.VISITOR)
def clicked(request: HttpRequest) -> HttpResponse:
    """Count one click; the answer is the same whatever comes of it."""
    offer, act = request.POST.get("angebot", ""), request.POST.get("was", "")
    known = act in TOLD and re.fullmatch("[0-9]{1,18}", offer, re.ASCII)
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    if known and not signed_in and _is_from_here(request) and not is_nobody(request.META):
        tally.add(current_schema(), DailyOfferAct, [(int(offer), act)])
    return HttpResponse(status=204)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether one of our own pages tells it, as the browser itself says (every browser does with a POST)."""
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
