"""The audit log to read, to filter and to take along."""

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.files import as_table
from audit.reading import page_of
from core.access import Permission, allow, may
from portal.people.deeds import KINDS, TOPICS
from portal.people.log import BOOK, PRIVATE, entries, understood
from portal.people.views.around import frame, tabs


@require_safe
@allow(Permission.LOG)
def log(request: HttpRequest) -> HttpResponse:
    """A page of it, the newest first; `vor` is the entry after which it goes on."""
    asked = understood(request.GET)
    accounts = may(request.user, Permission.ACCOUNTS)
    context = frame(
        request,
        _("Who did what"),
        topics=TOPICS if accounts else [each for each in TOPICS if each.value not in {"konten", "helfen"}],
        kinds=[(value, label) for value, label in KINDS.items() if accounts or value not in PRIVATE],
        accounts=accounts,
        tabs=tabs(request),
        files=[(reverse("people:log_file"), _("Export (CSV)"))],
        **page_of(entries(asked, by=request.user), asked, BOOK, before=request.GET.get("vor", "")),
    )
    return render(request, "people/log.html", context)


@require_safe
@never_cache
@allow(Permission.LOG)
def log_file(request: HttpRequest) -> StreamingHttpResponse:
    """All that fits, as a table."""
    return as_table(entries(understood(request.GET), by=request.user), BOOK)
