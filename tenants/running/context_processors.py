"""What every template may know of the municipality."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def municipality(request: HttpRequest) -> dict[str, Any]:
    """`municipality` (a tenants.running.hosts.Site, None on the operator's side) and `demo`."""
    return {"municipality": getattr(request, "municipality", None), "demo": settings.DEMO}
