"""What every page of this room shows around itself."""

from typing import Any, cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Permission, may

DESK = "/redaktion/"


def person_of(request: HttpRequest) -> User:
    """Who is signed in; the door let no visitor in."""
    return cast("User", request.user)


def frame(request: HttpRequest, last: str, *, below_people: bool = True, **more: Any) -> dict[str, Any]:
    """The context of the editors' frame: the way here, and the tabs of the people's pages."""
    crumbs = [{"label": _("Editorial desk"), "url": DESK}]
    if below_people:
        crumbs.append({"label": _("People and roles"), "url": reverse("people:list")})
    return {"crumbs": [*crumbs, {"label": last, "url": ""}], **more}


def tabs(request: HttpRequest) -> list[dict[str, Any]]:
    """The pages about people, as far as this person may see them."""
    wanted = [
        (Permission.PEOPLE, "people:list", _("All people")),
        (Permission.ACCOUNTS, "people:invitations", _("Invitations")),
        (Permission.PEOPLE, "people:rights", _("Who may do what")),
        (Permission.LOG, "people:log", _("Who did what")),
    ]
    return [
        {"label": label, "url": reverse(name), "current": request.path == reverse(name)}
        for permission, name, label in wanted
        if may(request.user, permission)
    ]
