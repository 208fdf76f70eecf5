"""When the database has no connection for a request, or the store of files no answer: a short page and 503, so that
browsers and proxies come back."""

import sys

import psycopg
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views import defaults
from psycopg_pool import PoolTimeout, TooManyRequests

from core.causes import causes
from tenants.running.stores.trouble import StoreError

# Seconds after which trying again makes sense: most queues are gone by then.
RETRY_AFTER = 5
# SQLSTATE classes: 08 the connection failed, 53 too many connections or no memory, 57P the server is stopping.
_OUT_OF_SERVICE = ("08", "53", "57P")


def database_is_out(error: BaseException | None) -> bool:
    """Whether this error, or what led to it, means that no connection to the database was to be had."""
    for cause in causes(error):
        if isinstance(cause, PoolTimeout | TooManyRequests):
            return True
        if isinstance(cause, psycopg.OperationalError) and (cause.sqlstate or "08").startswith(_OUT_OF_SERVICE):
            return True
    return False


def files_are_out(error: BaseException | None) -> bool:
    """Whether this error means that files can be neither kept nor read just now, or that there is no room for more."""
    return any(isinstance(cause, StoreError) for cause in causes(error))


def takes_no_writes(error: BaseException | None) -> bool:
    """Whether the database refused to write: a municipality that moves, or a server that just ceased to be primary."""
    return any(isinstance(cause, psycopg.errors.ReadOnlySqlTransaction) for cause in causes(error))


def has_left(error: BaseException | None) -> bool:
    """Whether the municipality a request was in is not here any more: it has moved to another cell meanwhile."""
    return any(isinstance(cause, psycopg.errors.InvalidSchemaName) for cause in causes(error))


def will_pass(error: BaseException | None) -> bool:
    """Whether it is no mistake of ours, and trying again makes sense."""
    return _page_for(error) is not None


def _page_for(error: BaseException | None) -> str | None:
    """The template that says what to wait for; None where waiting is of no use."""
    if takes_no_writes(error) or has_left(error):
        return "503_moving.html"
    if database_is_out(error):
        return "503_busy.html"
    return "503_files.html" if files_are_out(error) else None


def server_error(request: HttpRequest) -> HttpResponse:
    """handler500: Django's, except that a request without a database, or without its files, is not our mistake but a
    matter of waiting."""
    template = _page_for(sys.exc_info()[1])
    if template is None:
        return defaults.server_error(request)
    # Without the request: the pages' own parts would ask what is out.
    answer = HttpResponse(render_to_string(template), status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer
