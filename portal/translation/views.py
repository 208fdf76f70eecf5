"""Asking for a translation, and what editors do with languages and translations."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.access import Role, allow
from portal.translation import texts
from portal.translation.languages import SOURCE
from portal.translation.sources import source_of


# Visitors have no session to protect, and kept pages carry no token. What a click may cost is bounded by the month.
@csrf_exempt
@require_POST
@allow(Role.VISITOR)
def ask(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Order the translation of a page into the language of this address, then show the page."""
    source = source_of(kind, pk)
    if source is None:
        raise Http404
    language = get_language() or SOURCE
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    if language == SOURCE or foreign:
        return HttpResponseRedirect(source.url)
    texts.order(kind, pk, source.texts, language)
    return HttpResponseRedirect(f"{source.url}?{texts.SHOW}=1")
