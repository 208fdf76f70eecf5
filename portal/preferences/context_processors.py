"""The names of things for every template of a municipality."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.preferences.models import Preferences


def preferences(request: HttpRequest) -> dict[str, Any]:
    """`preferences`: loaded only when a template asks for it; None on the operator's side."""
    if getattr(request, "municipality", None) is None:
        return {"preferences": None}
    return {"preferences": SimpleLazyObject(Preferences.current)}
