"""The preview stands in a frame beside the form: which page may have such a frame, and which may stand in one."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from csp.decorators import csp_replace, csp_update
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

View = TypeVar("View", bound=Callable[..., Any])


def with_frame(view: View) -> View:
    """A page with a frame that shows a page of this host."""
    return cast("View", csp_update({"frame-src": ["'self'"]})(cast("Any", view)))


def framed(view: View) -> View:
    """A page that may stand in a frame of this host, and in which nothing runs or is sent. Never cached: it is one
    person's draft."""
    rules = {"frame-ancestors": ["'self'"], "script-src": ["'none'"], "form-action": ["'none'"]}
    allowed: Any = csp_replace(rules)(cast("Any", view))
    return cast("View", never_cache(xframe_options_sameorigin(allowed)))
