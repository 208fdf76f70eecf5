"""The platform's log to read, to filter and to take along; whether all logs are whole, and having them looked over."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from audit.files import as_lines, as_table
from audit.models import Entry
from audit.reading import fitting, page_of, understood
from core.access import Role, allow
from operations.crumbs import crumbs
from operations.logs.book import BOOK
from operations.logs.checking import standing
from operations.logs.tasks import look_over_all_logs


@require_safe
@allow(Role.OPERATOR)
def log(request: HttpRequest) -> HttpResponse:
    """A page of it, the newest first; `vor` is the entry after which it goes on."""
    asked = understood(request.GET, BOOK)
    rows = fitting(Entry.objects.order_by("-id"), asked, BOOK)
    context = {
        "standing": standing(),
        "crumbs": crumbs(_("Log")),
        "topics": BOOK.topics,
        "kinds": list(BOOK.kinds.items()),
        "files": [
            (reverse("operations:log_table"), _("Export (CSV)")),
            (reverse("operations:log_lines"), _("Whole entries (JSON lines)")),
        ],
        **page_of(rows, asked, BOOK, before=request.GET.get("vor", "")),
    }
    return render(request, "operations/log.html", context)


@require_safe
@never_cache
@allow(Role.OPERATOR)
def log_table(request: HttpRequest) -> StreamingHttpResponse:
    """All that fits, as a table."""
    return as_table(fitting(Entry.objects.order_by("-id"), understood(request.GET, BOOK), BOOK), BOOK)


@require_safe
@never_cache
@allow(Role.OPERATOR)
def log_lines(request: HttpRequest) -> StreamingHttpResponse:
    """All that fits, each entry whole and with its hashes."""
    return as_lines(fitting(Entry.objects.order_by("-id"), understood(request.GET, BOOK), BOOK))


@require_POST
@allow(Role.OPERATOR)
def look_over(request: HttpRequest) -> HttpResponse:
    """Have all logs looked over now, one after another in the background."""
    look_over_all_logs.defer_once()
    messages.success(request, _("All logs are being looked over. What is found stands here in some minutes."))
    return redirect("operations:log")
