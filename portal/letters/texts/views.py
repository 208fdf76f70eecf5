"""The pages of the words of mails."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from core.access import Role, allow
from core.text import fold, search_words
from mail import rendering
from mail.kinds import Group, Kind, is_known, kind_of, town_kinds
from mail.models import MailChoice, MailText
from mail.services import post_letter
from mail.wanting import is_wanted
from mail.wording import shipped_text, text_of
from portal.letters.frame import crumbs, framed, tabs, with_frame
from portal.letters.texts import saving
from portal.letters.texts.checking import written
from portal.letters.texts.forms import AsTypedForm, TextForm
from portal.letters.texts.reality import values_for
from portal.translation.languages import BY_CODE, SOURCE, Language
from portal.translation.services import offered_languages
from theming.mailing import dress, with_pictures_inside

LONGEST_SEARCH = 100
OWN, SHIPPED = "eigener", "vorgabe"


def _kind(key: str) -> Kind:
    if not is_known(key) or kind_of(key).operators:
        raise Http404
    return kind_of(key)


def _language(request: HttpRequest, kind: Kind) -> Language:
    """Which language's text is meant (`?fuer=en`): German, unless the kind is spoken in others too."""
    wanted = request.POST.get("fuer") or request.GET.get("fuer") or SOURCE
    if wanted not in BY_CODE or (wanted != SOURCE and not kind.spoken):
        raise Http404
    return BY_CODE[wanted]


@require_safe
@allow(Role.EDITOR, Role.ADMIN)
def texts(request: HttpRequest) -> HttpResponse:
    """All kinds by group, with what they say: one's own words or those that came with the portal."""
    words = search_words(request.GET.get("q", ""), LONGEST_SEARCH)
    state = request.GET.get("stand", "")
    own: dict[str, list[str]] = {}
    for key, language in MailText.objects.order_by("key", "language").values_list("key", "language"):
        own.setdefault(key, []).append(language)
    chosen = dict(MailChoice.objects.values_list("key", "wanted"))
    found = [each for each in town_kinds() if _fits(each, words) and _is_in(state, each.key in own)]
    groups = [
        {
            "label": group.label,
            "kinds": [_row(each, own, chosen) for each in found if each.group is group],
        }
        for group in Group
    ]
    context = {
        "groups": [each for each in groups if each["kinds"]],
        "words": words,
        "state": state if state in {OWN, SHIPPED} else "",
        "number": len(found),
        "own_number": len(own),
        "tabs": tabs("texts"),
        "crumbs": crumbs(),
    }
    return render(request, "letters/texts.html", context)


def _row(kind: Kind, own: dict[str, list[str]], chosen: dict[str, bool]) -> dict[str, Any]:
    return {"kind": kind, "own": own.get(kind.key, []), "off": kind.optional and not chosen.get(kind.key, kind.usually)}


def _fits(kind: Kind, words: str) -> bool:
    said = fold(f"{kind.label} {kind.to} {kind.when} {kind.group.label} {kind.subject} {kind.body}")
    return all(fold(word) in said for word in words.split())


def _is_in(state: str, has_own: bool) -> bool:
    return {OWN: has_own, SHIPPED: not has_own}.get(state, True)


@with_frame
@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def text(request: HttpRequest, key: str) -> HttpResponse:
    """The words of one kind in one language, beside how they will look."""
    kind = _kind(key)
    language = _language(request, kind)
    subject, body = text_of(kind, language.code)
    data = request.POST if request.method == "POST" else None
    form = TextForm(kind, language.code, data, initial={"subject": subject, "body": body})
    if data is not None and form.is_valid():
        saving.save(kind, language.code, **form.cleaned_data, by=_person(request))
        messages.success(request, _("The text is saved. From now on these mails go out with it."))
        return redirect(_here(kind, language))
    return render(
        request, "letters/text.html", _context(request, kind, language, form), status=400 if form.errors else 200
    )


def _context(request: HttpRequest, kind: Kind, language: Language, form: TextForm) -> dict[str, Any]:
    own = {each.language: each for each in MailText.objects.filter(key=kind.key)}
    languages = offered_languages(request) if kind.spoken else []
    return {
        "kind": kind,
        "form": form,
        "own": own.get(language.code),
        "wanted": is_wanted(kind),
        "mail_language": language.code,
        "tabs": [
            {
                "label": each.name,
                "url": _here(kind, each),
                "current": each.code == language.code,
                "count": None,
                "icon": "check" if each.code in own else "",
            }
            for each in languages
        ],
        "placeholders": [
            {"name": written(name), "label": each.label, "example": example, "about": each}
            for (name, each), example in zip(
                kind.all_placeholders.items(), _examples(kind, _person(request)), strict=True
            )
        ],
        "shipped": shipped_text(kind, language.code),
        "reader": request.user.get_username(),
        "crumbs": crumbs((str(kind.label), "")),
    }


def _examples(kind: Kind, person: User) -> list[str]:
    values = values_for(kind, person)
    return [values[name] for name in kind.all_placeholders]


def _here(kind: Kind, language: Language) -> str:
    path = reverse("letters:text", args=[kind.key])
    return path if language.code == SOURCE else f"{path}?fuer={language.code}"


def _person(request: HttpRequest) -> User:
    return User.objects.get(email=request.user.get_username())


def _filled(kind: Kind, language: Language, subject: str, body: str, person: User) -> rendering.Letter:
    """With values of this portal, the button's words in the mail's language."""
    with translation.override(language.code):
        return rendering.letter(kind, subject, body, values_for(kind, person))


@framed
@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def preview(request: HttpRequest, key: str) -> HttpResponse:
    """The mail as it would look with what stands in the form (POST) or in use (GET); `als=text`: without HTML."""
    kind = _kind(key)
    language = _language(request, kind)
    subject, body = text_of(kind, language.code)
    if request.method == "POST":
        form = AsTypedForm(request.POST)
        if not form.is_valid():
            return HttpResponse(_("This is too long to be shown."), content_type="text/plain; charset=utf-8")
        subject, body = form.cleaned_data["subject"], form.cleaned_data["body"].replace("\r\n", "\n")
    letter = _filled(kind, language, subject, body, _person(request))
    page = dress(letter.subject, letter.html, language.code)
    if "text" in {request.POST.get("als"), request.GET.get("als")}:
        head = f"{_('Subject')}: {letter.subject}\n\n"
        return HttpResponse(f"{head}{letter.text}\n-- \n{page.below}\n", content_type="text/plain; charset=utf-8")
    return HttpResponse(with_pictures_inside(page))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def back_to_shipped(request: HttpRequest, key: str) -> HttpResponse:
    """The text that came with the portal again; one's own stays in the history."""
    kind = _kind(key)
    language = _language(request, kind)
    if saving.reset(kind, language.code, by=_person(request)):
        messages.success(request, _("These mails go out with the text that came with the portal again."))
    else:
        messages.info(request, _("This text was in use already."))
    return redirect(_here(kind, language))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def choose(request: HttpRequest, key: str) -> HttpResponse:
    """Whether an optional kind goes out at all."""
    kind = _kind(key)
    if not kind.optional:
        raise Http404
    wanted = request.POST.get("versenden") == "ja"
    saving.choose(kind, wanted=wanted, by=_person(request))
    said = _("These mails go out from now on.") if wanted else _("These mails go out no longer.")
    messages.success(request, said)
    return redirect(_here(kind, BY_CODE[SOURCE]))


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def try_it(request: HttpRequest, key: str) -> HttpResponse:
    """Send the saved text to oneself, with values as in the preview."""
    kind = _kind(key)
    language = _language(request, kind)
    person = _person(request)
    subject, body = text_of(kind, language.code)
    letter = _filled(kind, language, _("[Test] %(subject)s") % {"subject": subject}, body, person)
    post_letter(kind.key, letter, to=person.email, language=language.code)
    messages.success(request, _("A test mail is on its way to %(address)s.") % {"address": person.email})
    return redirect(_here(kind, language))
