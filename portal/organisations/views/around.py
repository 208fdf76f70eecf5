"""What every page of this room shows around itself, and the mistakes of a form as its summary lists them."""

from typing import Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.models import User
from core.access import Role
from portal.organisations.forms import PLEASE
from portal.organisations.models import CLOSED
from portal.providers.models import Provider

LIST = "/konto/anbieter/"
PEOPLE_AND_EDITORS = (Role.PROVIDER, Role.EDITOR, Role.ADMIN)


def person(request: HttpRequest) -> User:
    """Who is signed in; the door let no visitor in."""
    return cast("User", request.user)


def seen(request: HttpRequest, pk: int) -> Provider:
    """An organisation whose people this person may see; 404 for strangers and for what is put away."""
    found: Provider = get_object_or_404(Provider.objects.visible_to(person(request)).exclude(state__in=CLOSED), pk=pk)
    return found


def kept(request: HttpRequest, pk: int) -> Provider:
    """An organisation whose people this person decides on; 404 for everybody else."""
    found: Provider = get_object_or_404(Provider.objects.editable_by(person(request)).exclude(state__in=CLOSED), pk=pk)
    return found


def frame(last: str, *, provider: Provider | None = None, several: bool = False, **more: Any) -> dict[str, Any]:
    """The context of the account's frame."""
    crumbs = [{"label": _("My account"), "url": "/konto/"}]
    if provider is not None and several:
        crumbs.append({"label": _("Your organisations"), "url": LIST})
    return {
        "organisation": str(provider) if provider is not None else "",
        "switch_url": LIST if several else "",
        "crumbs": [*crumbs, {"label": last, "url": ""}],
        **more,
    }


def mistakes_of(form: Any) -> list[dict[str, str]]:
    """Each mistake with the field it is in, for the summary above a form, in the order of the page: the form's own, or
    its `on_page`."""
    found = []
    order = ["__all__", *getattr(form, "on_page", form.fields)]
    for name, errors in sorted(
        form.errors.items(), key=lambda each: order.index(each[0]) if each[0] in order else len(order)
    ):
        field = None if name == "__all__" else form[name]
        target = "" if field is None else field.id_for_label or f"id_{name}_0"
        for error in errors:
            # The same sentence at several fields says nothing without their names.
            named = f"{field.label}: {error}" if field is not None and str(error) == str(PLEASE) else str(error)
            found.append({"target": target, "sentence": named})
    return found
