"""What is done with a page as a whole: made, named, planned, compared, taken off, deleted."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Permission, allow
from portal.blocks import comparing, drafts, planning, publishing
from portal.blocks.addresses import ALWAYS_THERE, refusal, slug_for
from portal.blocks.forms import NewPageForm, PageForm, PlanForm
from portal.blocks.models import Draft
from portal.blocks.views.page import Asked, crumbs, show
from portal.differences.showing import shown
from portal.pages.models import Page

# The same page again within this time is the second click of one.
SAME_CLICK = timedelta(minutes=1)
FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@allow(Permission.CONTENT)
def create(request: HttpRequest) -> HttpResponse:
    """A new page, which nobody sees before it is published."""
    form = NewPageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        title, like = form.cleaned_data["title"], form.cleaned_data["like"]
        slug = slug_for(form.cleaned_data["slug"] or title)
        if (twin := _twin(slug, title, request.user)) is not None:
            return redirect("blocks:edit", twin.pk)
        if _address_is_free(form, slug, None):
            page = drafts.create(title, slug, by=request.user, like=like)
            messages.success(request, _("The page is made. Nobody sees it before you publish it."))
            return redirect("blocks:edit", page.pk)
    return render(request, "blocks/create.html", {"form": form, "crumbs": crumbs((_("New page"), ""))})


def _twin(slug: str, title: str, by: Any) -> Page | None:
    since = timezone.now() - SAME_CLICK
    return Page.objects.filter(
        slug=slug, title=title, published=False, created_at__gte=since, draft__version=1, draft__changed_by=by
    ).first()


def _address_is_free(form: NewPageForm | PageForm, slug: str, page: Page | None) -> bool:
    sentence = refusal(slug, page) if slug else _("Please give an address with small letters or digits.")
    if sentence:
        form.add_error("slug", sentence)
    return not sentence


@require_http_methods(FORM)
@allow(Permission.CONTENT)
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    """Title and address, part of the draft; where it is linked holds at once."""
    page = get_object_or_404(Page, pk=pk)
    draft = drafts.draft_of(page)
    said = {"title": draft.title, "slug": draft.slug, "menu": page.menu, "for_professionals": page.for_professionals}
    form = PageForm(request.POST or None, initial=said)
    fixed = page.slug in ALWAYS_THERE
    if fixed:
        del form.fields["slug"]
    if request.method == "POST" and form.is_valid():
        slug = page.slug if fixed else slug_for(form.cleaned_data["slug"])
        if fixed or _address_is_free(form, slug, page):
            drafts.settle(page, title=form.cleaned_data["title"], slug=slug, by=request.user)
            place = {name: form.cleaned_data[name] for name in ("menu", "for_professionals")}
            publishing.set_place(page, **place, by=request.user)
            messages.success(request, _("Saved. Title and address hold once you publish the draft."))
            return redirect("blocks:edit", page.pk)
    context = {"page": page, "form": form, "fixed": fixed, "crumbs": _crumbs(page, _("Title and address"))}
    return render(request, "blocks/settings.html", context)


def _crumbs(page: Page, label: str) -> list[dict[str, str]]:
    return crumbs((page.title, f"/redaktion/seiten/{page.pk}/"), (label, ""))


@require_POST
@allow(Permission.CONTENT)
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """When the draft goes online, or that it does not do so by itself."""
    page = get_object_or_404(Page, pk=pk)
    if "aufheben" in request.POST:
        planning.unplan(page, by=request.user)
        messages.success(request, _("The draft goes online only when you publish it."))
        return redirect("blocks:edit", page.pk)
    form = PlanForm(request.POST)
    if form.is_valid():
        try:
            planning.plan(page, form.moment, by=request.user)
        except ValidationError as error:
            form.add_error("tag", error)
        else:
            messages.success(request, _("The draft goes online by itself at that time."))
            return redirect("blocks:edit", page.pk)
    return show(request, page, Asked(plan=form))


@require_safe
@allow(Permission.CONTENT)
def differences(request: HttpRequest, pk: int) -> HttpResponse:
    """What the draft changes."""
    page = get_object_or_404(Page, pk=pk)
    draft = drafts.draft_of(page)
    found = shown(comparing.of_draft(page, draft)) if draft.pk else []
    context = {"page": page, "draft": draft, "differences": found, "crumbs": _crumbs(page, _("What changes"))}
    return render(request, "blocks/differences.html", context)


@require_http_methods(FORM)
@allow(Permission.CONTENT)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then forget the draft."""
    page = get_object_or_404(Page, pk=pk)

    def forget() -> HttpResponse:
        drafts.discard(page, by=request.user)
        messages.success(request, _("The draft is gone. Online nothing has changed."))
        return redirect("blocks:edit", page.pk)

    if request.method == "POST":
        return forget()
    draft = Draft.objects.filter(page=page).first()
    return render(request, "blocks/discard.html", {"page": page, "draft": draft, "crumbs": _crumbs(page, _("Discard"))})


@require_POST
@allow(Permission.CONTENT)
def take_offline(request: HttpRequest, pk: int) -> HttpResponse:
    """Residents do not see the page any more."""
    page = get_object_or_404(Page, pk=pk)

    def done() -> str:
        publishing.take_offline(page, by=request.user)
        return _("“%(title)s” is not on the portal any more. Publish it again whenever you like.") % {
            "title": page.title
        }

    _told(request, done)
    return redirect("blocks:edit", page.pk)


@require_http_methods(FORM)
@allow(Permission.CONTENT)
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put the page into the bin."""
    page = get_object_or_404(Page, pk=pk)
    if request.method != "POST":
        context = {"page": page, "fixed": page.slug in ALWAYS_THERE, "crumbs": _crumbs(page, _("Delete"))}
        return render(request, "blocks/delete.html", context)

    def done() -> str:
        publishing.delete(page, by=request.user)
        return _("“%(name)s” was deleted. You find it in the bin for 30 days.") % {"name": page.title}

    return redirect("blocks:list") if _told(request, done) else redirect("blocks:edit", page.pk)


def _told(request: HttpRequest, deed: Callable[[], str]) -> bool:
    """Whether it was done; why not is said on the next page."""
    try:
        messages.success(request, deed())
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return False
    return True
