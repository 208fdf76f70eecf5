"""Ending the summary: by the button of the page, or by one press in a mail program (RFC 8058), which sends a POST
without having opened the page. One that has ended already is thanked for all the same."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.access import Role, allow
from portal.upkeep import digests
from portal.upkeep.tokens import digest_of, digest_user


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.VISITOR)
def no_digest(request: HttpRequest, token: str) -> HttpResponse:
    """No more summaries."""
    user = digest_user(token)
    if user is None:
        return render(request, "upkeep/unknown.html", status=404)
    if request.method == "POST":
        digests.stop(user)
    return render(request, "upkeep/no_digest.html", {"ended": digest_of(token) is None})
