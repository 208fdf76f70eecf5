"""Own changes before the approval: the provider's own pages, filled in with the text that waits.

Nothing is stored on the way: what was changed so far goes along with the form, signed, and becomes the editor's
revision with the approval. So nobody else's text is touched by somebody who only looks.
"""

from typing import Any, cast

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import User
from core.access import Role, allow
from portal.authoring import doors
from portal.authoring.dates.form import KINDS, MONTHS, WEEKS, WHICH, DatesForm
from portal.authoring.deciding import version_seen
from portal.authoring.every import FORMS as OFFER_FORMS
from portal.authoring.forms.base import Mistake, Setting, changes_of
from portal.authoring.forms.picture import PictureForm
from portal.authoring.profile.forms.images import ImagesForm
from portal.authoring.profile.steps import STEPS as PROFILE_STEPS
from portal.authoring.profile.views import FORMS as PROFILE_FORMS
from portal.authoring.steps import STEPS as OFFER_STEPS
from portal.authoring.steps import Step
from portal.drafting.proposals import Marks
from portal.editorial.review import deciding
from portal.editorial.review.models import Verb
from portal.editorial.review.page import LIST, row_of, title_of
from portal.editorial.review.settled import settled_page
from portal.editorial.review.views import crumbs, moved, onwards, waits
from portal.editorial.waiting import EDITING
from portal.revisions.errors import EditingError, IncompleteError
from portal.revisions.models import Revision
from tenants.running.context import current_schema

# The last step of both is where they are handed in.
_STEPS: dict[str, tuple[Step, ...]] = {"offer": OFFER_STEPS[:-1], "provider": PROFILE_STEPS[:-1]}
_FORMS: dict[str, dict[str, Any]] = {"offer": OFFER_FORMS, "provider": PROFILE_FORMS}
_FOLDER = {"offer": "authoring", "provider": "authoring/profile"}
Changes = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """A page of the text that waits, to be changed; from each of them one approves."""
    revision = get_object_or_404(Revision.objects.select_related("author"), pk=pk, kind__in=EDITING)
    if not waits(pk):
        return settled_page(request, revision, wanted=Verb.CHANGED if request.method == "POST" else None)
    if request.method == "POST":
        return _posted(request, revision)
    step = _step_of_field(revision, request.GET.get("feld", ""))
    return _page(request, revision, step, {}, version=revision.version)


def _step_of_field(revision: Revision, name: str) -> Step:
    """The page on which a field is asked for."""
    steps = _STEPS[revision.kind]
    return next((step for step in steps if name in (step.slug, *step.asks)), steps[0])


def _setting(request: HttpRequest, revision: Revision, changes: Changes) -> Setting:
    row = row_of(revision)
    content = {**EDITING[revision.kind].content_of(revision), **changes}
    return Setting(row.provider if revision.kind == "offer" else row, content, request.user)


def _posted(request: HttpRequest, revision: Revision) -> HttpResponse:
    changes = _changed_so_far(request, revision)
    step = _step_of_field(revision, request.POST.get("seite", ""))
    make = _FORMS[revision.kind][step.slug]
    setting = _setting(request, revision, changes)
    form = make(request.POST, setting, request.FILES)
    stays, mistakes = form.perform(), form.mistakes()
    changes = {**changes, **changes_of(form, make(make.data_of(setting), setting))}
    if isinstance(form, PictureForm | ImagesForm):
        form.allow()
    if mistakes:
        return _page(request, revision, step, changes, form=form, mistakes=mistakes)
    if "zu" in request.POST:
        return _page(request, revision, _step_of_field(revision, request.POST["zu"]), changes)
    if "fertig" not in request.POST or stays:
        return _page(request, revision, step, changes, form=_again(form, _setting(request, revision, changes)))
    return _approve(request, revision, step, changes)


def _again(form: Any, setting: Setting) -> Any:
    """The page as it was filled in, on what it says now."""
    if isinstance(form, PictureForm):
        return PictureForm(PictureForm.data_of(setting), setting)
    fresh = type(form)(form.data, setting)
    if isinstance(form, DatesForm) or hasattr(form, "added"):
        fresh.added = form.added
    return fresh


def _approve(request: HttpRequest, revision: Revision, step: Step, changes: Changes) -> HttpResponse:
    by = cast("User", request.user)
    try:
        _outcome, decision = deciding.approve(revision, by=by, version=version_seen(request), content=changes or None)
    except IncompleteError as error:
        mistakes = [Mistake("inhalt", each.message) for each in error.problems]
        return _page(request, revision, step, changes, mistakes=mistakes)
    except EditingError:
        return moved(request, revision.pk, wanted=Verb.CHANGED)
    return onwards(request, revision, decision)


def _salt(request: HttpRequest, revision: Revision) -> str:
    return f"review.changing:{current_schema()}:{revision.pk}:{request.user.pk}"


def _changed_so_far(request: HttpRequest, revision: Revision) -> Changes:
    """What this person changed on the pages before; nothing where it is not from here."""
    try:
        found = signing.loads(request.POST.get("stand", ""), salt=_salt(request, revision))
    except signing.BadSignature:
        return {}
    return dict(found)


def _page(
    request: HttpRequest,
    revision: Revision,
    step: Step,
    changes: Changes,
    *,
    form: Any = None,
    mistakes: list[Mistake] | None = None,
    version: int | None = None,
) -> HttpResponse:
    setting = _setting(request, revision, changes)
    if form is None:
        make = _FORMS[revision.kind][step.slug]
        form = make(make.data_of(setting), setting)
        form.forgive()
    title = title_of(revision)
    context = {
        "page": f"{_FOLDER[revision.kind]}/{step.slug}.html",
        "revision": revision,
        "version": version if version is not None else version_seen(request),
        "stand": signing.dumps(changes, salt=_salt(request, revision), compress=True),
        "step": step,
        "pages": [{"slug": each.slug, "name": each.name, "current": each is step} for each in _STEPS[revision.kind]],
        "form": form,
        "mistakes": mistakes or [],
        "changed": bool(changes),
        "title": title,
        "back": f"{LIST}{revision.pk}/",
        "organisation": "",
        "frame": doors.EDITORS.frame,
        "crumbs": [
            *crumbs("")[:-1],
            {"label": title, "url": f"{LIST}{revision.pk}/"},
            {"label": _("Change"), "url": ""},
        ],
        # What the provider's pages show around themselves and this one does not.
        "doubles": [], "reason": "", "saved": None, "added": getattr(form, "added", ""), "base": "", "live": False,
        "today": timezone.localdate(), "marks": Marks({}),
    }  # fmt: skip
    if step.slug == "wann":
        context |= {"kinds": KINDS, "which": WHICH, "weeks": WEEKS, "months": MONTHS}
    return render(request, "review/change.html", context, status=400 if mistakes else 200)
