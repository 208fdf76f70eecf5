"""The page a person lands on after signing in."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.access import Role, allow
from core.middleware import roles_of


@allow(Role.SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """A plain welcome with what this role can do; the real areas come with their own issues."""
    return render(request, "accounts/home.html", {"roles": sorted(roles_of(request) - {Role.SIGNED_IN})})
