"""Asking for a translation, and what editors do with languages and translations."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.access import Role, allow
from core.network import network_of
from core.text import search_words
from portal.translation import services, texts
from portal.translation.forms import CorrectionForm, LanguageSettingsForm
from portal.translation.languages import BY_CODE, LANGUAGES, SOURCE
from portal.translation.models import LanguageSettings, Translation
from portal.translation.orders import order
from portal.translation.sources import source_of

PAGE_SIZE = 30


# Visitors have no session to protect, and kept pages carry no token. What clicks may cost is bounded: `limits`.
@csrf_exempt
@require_POST
@allow(Role.VISITOR)
def ask(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Order the translation of a page into the language of this address, then show the page."""
    source = source_of(kind, pk)
    if source is None:
        raise Http404
    language = get_language() or SOURCE
    foreign = request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}
    if language == SOURCE or foreign:
        return HttpResponseRedirect(source.url)
    refused = order(kind, pk, source.texts, language, network=network_of(request))
    return HttpResponseRedirect(f"{source.url}?{texts.SHOW}={texts.TOO_MANY if refused else 1}")


def _crumbs(*labels: str) -> list[dict[str, str]]:
    trail = [{"label": _("Editorial desk"), "url": "/redaktion/"}]
    if len(labels) > 1:
        trail.append({"label": labels[0], "url": "/redaktion/uebersetzungen/"})
    return [*trail, {"label": labels[-1], "url": ""}]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def edit_settings(request: HttpRequest) -> HttpResponse:
    """Which languages the portal speaks, and who translates its content."""
    form = LanguageSettingsForm(request.POST or None, instance=LanguageSettings.load())
    if request.method == "POST" and form.is_valid():
        services.save_settings(form.save(commit=False), new_key=form.cleaned_data["new_key"], by=request.user)
        messages.success(request, _("Saved."))
        return redirect("translation:settings")
    context = {
        "form": form,
        "used": texts.used_this_month(),
        "has_key": bool(form.instance.secret_key),
        "crumbs": _crumbs(_("Languages")),
    }
    return render(request, "translation/settings.html", context)


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def list_translations(request: HttpRequest) -> HttpResponse:
    """All translations, found by words, language and whether they need a look."""
    query, language = search_words(request.GET.get("q", ""), 200), request.GET.get("zielsprache", "")
    found = Translation.objects.search(query)
    if language in BY_CODE:
        found = found.filter(target=language)
    if request.GET.get("veraltet") == "1":
        found = found.filter(outdated=True)
    link = request.GET.copy()
    link.pop("seite", None)
    context = {
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite")),
        "query": query,
        "language": language,
        "outdated": request.GET.get("veraltet") == "1",
        "choices": [each for each in LANGUAGES if each.code != SOURCE],
        "link": link.urlencode(),
        "crumbs": _crumbs(_("Translations")),
        "steps": [{"label": _("Languages"), "url": reverse("translation:settings")}],
    }
    return render(request, "translation/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The German text and its translation side by side."""
    translation = get_object_or_404(Translation, pk=pk)
    form = CorrectionForm(request.POST or None, instance=translation)
    if request.method == "POST" and form.is_valid():
        services.correct(translation, text=form.cleaned_data["text"], by=request.user)
        messages.success(request, _("Saved. From now on your text is shown."))
        return redirect("translation:list")
    context = {
        "form": form,
        "translation": translation,
        "target": BY_CODE[translation.target],
        "newer": translation.newer(),
        "crumbs": _crumbs(_("Translations"), _("Correct")),
    }
    return render(request, "translation/correct.html", context)


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget one translation."""
    services.drop(get_object_or_404(Translation, pk=pk), by=request.user)
    messages.success(request, _("Deleted. At the next click the text is translated anew."))
    return redirect("translation:list")
