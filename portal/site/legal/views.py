"""The editors' pages of the legal texts: what is missing, the questions, the text before it is published."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from core.access import Permission, allow
from core.html import clean_html
from portal.pages.models import Page
from portal.site.crumbs import crumbs
from portal.site.legal import services
from portal.site.legal.forms import LegalForm
from portal.site.legal.kinds import PAGES, LegalPage
from portal.site.models import LegalText

HERE = "/redaktion/rechtliches/"


def _page(slug: str) -> LegalPage:
    if slug not in PAGES:
        raise Http404
    return PAGES[slug]


@require_safe
@allow(Permission.CONTENT)
def show(request: HttpRequest) -> HttpResponse:
    """How each of the legal pages stands."""
    return render(request, "site/legal.html", {"states": services.states(), "crumbs": crumbs((_("Legal pages"), ""))})


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """The questions of one page."""
    page = _page(slug)
    answers = services.answers_for(page)
    form = LegalForm(page, request.POST if request.method == "POST" else None, initial=answers)
    stand = services.stand_of(slug)
    if request.method == "POST" and form.is_valid():
        try:
            services.keep(page, form.answers, by=request.user, seen=request.POST.get("stand"))
        except services.MovedOnError as error:
            stand = error.stand
            form.add_error(None, _moved_on(page, error))
        else:
            return _saved(request, page, form.answers)
    context = {
        "form": form,
        "page": page,
        "missing": [
            {"id": form[each.name].id_for_label, "text": each.label, "law": each.law} for each in page.missing(answers)
        ],
        "stand": stand,
        "begun": LegalText.objects.filter(slug=slug).exists(),
        "crumbs": crumbs((_("Legal pages"), HERE), (page.title, "")),
    }
    return render(request, "site/legal_edit.html", context)


def _moved_on(page: LegalPage, error: services.MovedOnError) -> str:
    labels = ", ".join(str(each.label) for each in page.questions if each.name in error.names)
    said = _("Somebody else saved meanwhile and answered otherwise: %(what)s. Save again to keep what stands here.")
    return said % {"what": labels}


def _saved(request: HttpRequest, page: LegalPage, answers: dict[str, str]) -> HttpResponse:
    missing = page.missing(answers)
    if not missing:
        messages.success(request, _("Saved. This is the text made from it; it is not public yet."))
        return redirect(f"{page.url}text/")
    said = ngettext(
        "Saved. %(number)d answer is still missing.", "Saved. %(number)d answers are still missing.", len(missing)
    )
    messages.info(request, said % {"number": len(missing)})
    return redirect(page.url)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def text(request: HttpRequest, slug: str) -> HttpResponse:
    """The text made from the answers, and the button that puts it on the page."""
    page = _page(slug)
    unsure = False
    if request.method == "POST":
        try:
            published = services.publish(page, replace=request.POST.get("ersetzen") == "1", by=request.user)
        except services.NotCompleteError:
            messages.error(request, _("Something is still missing that the law demands."))
            return redirect(page.url)
        except services.WrittenByHandError:
            unsure = True
        else:
            messages.success(request, _("“%(title)s” is public with its new text.") % {"title": published.title})
            return redirect(HERE)
    row = LegalText.objects.filter(slug=slug).first()
    answers = row.answers if row else services.answers_for(page)
    there = Page.objects.filter(slug=slug).first()
    markup = clean_html(page.make(answers))
    state = next(each for each in services.states() if each.page is page)
    context = {
        "page": page,
        "markup": markup,
        "missing": page.missing(answers) if row else page.questions,
        "by_hand": state.by_hand and there is not None and there.body != markup,
        "same": there is not None and there.published and there.body == markup,
        "unsure": unsure,
        "there": there,
        "crumbs": crumbs((_("Legal pages"), HERE), (page.title, page.url), (_("Text"), "")),
    }
    return render(request, "site/legal_text.html", context, status=409 if unsure else 200)
