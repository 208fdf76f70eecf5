"""Errors as events for Sentry, or what speaks its language (GlitchTip), where the operator has one (`SENTRY_DSN`).

The library adds what it finds; `scrubbed` builds each event anew from the few things that say what went wrong where.
"""

import logging
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.causes import causes
from core.lazy import lazy
from core.numbering import current_number
from health.reporting.scrubbing import kind_of, words
from tenants.running.context import entered_schema

if TYPE_CHECKING:
    import sentry_sdk
    from sentry_sdk.integrations import django as of_django
    from sentry_sdk.integrations import logging as of_logging
else:
    sentry_sdk = lazy("sentry_sdk")
    of_django = lazy("sentry_sdk.integrations.django")
    of_logging = lazy("sentry_sdk.integrations.logging")

_KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release", "transaction", "sdk")
_OF_A_FRAME = ("filename", "function", "module", "lineno", "in_app")


def start() -> None:
    """Report errors from now on; nothing where no address is set."""
    if not settings.SENTRY_DSN:
        return
    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=settings.RELEASE,
        default_integrations=False,
        integrations=[
            of_django.DjangoIntegration(middleware_spans=False, signals_spans=False, cache_spans=False),
            of_logging.LoggingIntegration(level=None, event_level=logging.ERROR),
        ],
        before_send=scrubbed,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        auto_session_tracking=False,
    )


def scrubbed(event: Any, hint: dict[str, Any]) -> Any:
    """The event with nothing of a person: the kinds of the errors, where they happened, and to whom they belong."""
    told: dict[str, Any] = {name: event[name] for name in _KEPT if name in event}
    told["tags"] = {"municipality": entered_schema() or "", "request_id": current_number()}
    if "exception" in event:
        chain = list(causes(hint.get("exc_info", (None, None, None))[1]))
        values = event["exception"].get("values", [])
        told["exception"] = {"values": [_exception(each, chain) for each in values]}
    if "logentry" in event:
        # Without what was put into it; an exception says more than its sentence.
        told["logentry"] = {"message": str(words(event["logentry"].get("message", "")))}
    method = event.get("request", {}).get("method")
    return told | ({"request": {"method": method}} if method else {})


def _exception(value: dict[str, Any], chain: list[BaseException]) -> dict[str, Any]:
    kinds = {type(error).__name__: kind_of(error) for error in chain}
    kind = str(value.get("type", ""))
    frames = (value.get("stacktrace") or {}).get("frames", [])
    kept = [{name: frame[name] for name in _OF_A_FRAME if name in frame} for frame in frames]
    return {"type": kind, "value": kinds.get(kind, kind), "module": value.get("module"), "stacktrace": {"frames": kept}}
