"""Whose profile a page is about, who may see and who may change it, and what every page shows around itself."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from portal.authoring import doors
from portal.authoring.finding import writer
from portal.authoring.profile.forms.pictures import lacking
from portal.authoring.profile.steps import STEPS, address, home, step_of
from portal.authoring.steps import Step, along
from portal.providers import approval, editing
from portal.providers.approval import Subject
from portal.providers.kind import KIND
from portal.providers.models import Provider
from portal.revisions.kinds import Content, Problem


def may_write(request: HttpRequest, provider: Provider) -> bool:
    """Whether this person may change the profile: an administrator of the organisation, or the editors."""
    return approval.may_edit(request.user, provider, Subject.PROFILE)


def seen_profile(request: HttpRequest, pk: int) -> Provider:
    """An organisation of this person's, or any for the editors; 404 for strangers."""
    providers = Provider.objects.select_related("carrier", "district").visible_to(writer(request))
    found: Provider = get_object_or_404(providers, pk=pk)
    return found


def own_profile(request: HttpRequest, pk: int) -> Provider:
    """One this person may change: 404 for strangers and for what is put away, 403 for mere members."""
    provider = seen_profile(request, pk)
    if not may_write(request, provider):
        raise PermissionDenied
    if not KIND.rules.is_editable(provider):
        raise Http404
    return provider


def problems_of(content: Content, typed: dict[str, Any]) -> list[Problem]:
    """Everything that stands in the way of handing it in, in the order of the pages."""
    unclear = _("Something on this page could not be understood. Please look at it again.")
    found = [Problem(name, unclear) for name in typed] + list(editing.missing(content))
    found += [Problem("images", sentence) for sentence in lacking(content)]
    return sorted(found, key=lambda each: STEPS.index(step_of(each.name)))


def around(provider: Provider, step: Step | None = None, **more: Any) -> dict[str, Any]:
    """What the frame shows."""
    name = str(provider)
    below = [{"label": str(step.name), "url": ""}] if step else []
    return {
        "provider": provider,
        "organisation": name,
        "name": _("Profile"),
        "step": step,
        "home": home(provider.pk),
        "frame": doors.here().frame,
        "crumbs": [
            *doors.here().trail_to_profiles(),
            {"label": _("Profile"), "url": home(provider.pk) if step else ""},
            *below,
        ],
        **more,
    }


def way(provider: Provider, step: Step, problems: list[Problem], typed: dict[str, Any]) -> list[dict[str, Any]]:
    """The steps with where one is, what is done and where something is wrong."""
    names = [problem.name for problem in problems]
    return along(STEPS, step, lambda slug: address(provider.pk, slug), names, typed)
