"""Whose file a page is about, and what stands around every page of the room."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.authoring.finding import writer
from portal.authoring.steps import LIST
from portal.imports.models import Upload
from portal.preferences.models import Preferences
from portal.providers.models import Provider
from portal.providers.whose import whose


def own_upload(request: HttpRequest, pk: int) -> Upload:
    """A file of an organisation this person belongs to; 404 for strangers."""
    found: Upload = get_object_or_404(Upload.objects.of(writer(request)).select_related("provider", "by"), pk=pk)
    return found


def own_providers(request: HttpRequest) -> list[Provider]:
    """The organisations somebody keeps."""
    return list(Provider.objects.kept_by(writer(request)))


def around(providers: list[Provider], here: str = "") -> dict[str, Any]:
    """What the frame shows."""
    crumbs = [
        {"label": _("My account"), "url": "/konto/"},
        {"label": Preferences.current().offers_name, "url": LIST},
        {"label": _("Offers from a table"), "url": reverse("imports:start") if here else ""},
    ]
    if here:
        crumbs.append({"label": here, "url": ""})
    return {**whose(providers), "crumbs": crumbs}
