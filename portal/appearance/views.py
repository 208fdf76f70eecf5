"""`/redaktion/aussehen/…`: the draft of the look, page by page, with the preview beside it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Permission, allow
from portal.appearance import drafts
from portal.appearance.forms import LookForm
from portal.appearance.framing import with_frame
from portal.appearance.parts import FRAME, LOOK, START, Part, crumbs, tabs
from portal.appearance.proof import faint_logo, proof
from portal.appearance.rows import Rows, changes_of, lists_of, pressed_in
from portal.appearance.showing import others_drafts, stage
from portal.history.look import PARTNERS
from portal.history.restoring import sentences
from portal.revisions.errors import ChangedMeanwhileError, MovedOnError
from portal.revisions.kinds import Difference
from portal.revisions.results import Draft
from portal.revisions.tokens import Content

# What the buttons do: save, publish, and after a clash keep one's own words or take the others'.
ONLINE, MINE, THEIRS = "online", "meine", "andere"


@with_frame
@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def look(request: HttpRequest) -> HttpResponse:
    """Logo, colours, font and corners."""
    return _page(request, LOOK)


@with_frame
@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def start(request: HttpRequest) -> HttpResponse:
    """The top of the start page, and the picture beside shared links."""
    return _page(request, START)


@with_frame
@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def frame(request: HttpRequest) -> HttpResponse:
    """Above and below every page: name, address, logos of partners."""
    return _page(request, FRAME)


@require_POST
@allow(Permission.CONTENT)
def discard(request: HttpRequest) -> HttpResponse:
    """Forget one's draft; what is published stays."""
    if drafts.discard(by=request.user):
        messages.success(request, _("The draft is gone. Your forms show the published look again."))
    else:
        messages.info(request, _("There was no draft any more."))
    return redirect("appearance:look")


def _page(request: HttpRequest, part: Part) -> HttpResponse:
    draft = drafts.begin(request.user)
    if request.method != "POST":
        return _show(request, part, draft, part.form(draft.content), _lists(part, draft, None))
    form = part.form(draft.content, request.POST, request.FILES)
    lists = _lists(part, draft, request)
    if request.POST.get("tun") == THEIRS:
        return _take_theirs(request, part, draft)
    # Both are asked, so that everything that is wrong is told at once.
    if not all([form.is_valid(), *(each.is_valid() for each in lists)]):
        return _show(request, part, draft, form, lists, status=400)
    try:
        return _save(request, part, form, lists)
    except MovedOnError as error:
        told = drafts.look_chronicle().kind.differences(error.current, error.mine)
        return _show(request, part, draft, form, lists, status=409, base=error.base, clash=(error.conflicts, told))


def _lists(part: Part, draft: Draft, request: HttpRequest | None) -> list[Rows]:
    if not part.with_lists:
        return []
    known = [*draft.content[PARTNERS], *draft.current[PARTNERS]]
    if request is None:
        return lists_of(draft.content, known)
    return lists_of(draft.content, known, request.POST, request.FILES)


def _save(request: HttpRequest, part: Part, form: LookForm, lists: list[Rows]) -> HttpResponse:
    """Keep the draft, and publish it where that button was pressed."""
    pressed = pressed_in(request.POST)
    changes = {**form.changes(), **changes_of(lists, pressed)}
    if request.POST.get("tun") == MINE:
        changes = {**_own_words(request), **changes}
    saved = drafts.keep(changes, by=request.user, base=request.POST.get("base", ""))
    if request.POST.get("tun") == ONLINE:
        _publish(request, saved.base)
    elif saved.revision is None:
        messages.info(request, _("Nothing differs from the published look, so there is no draft."))
    else:
        messages.success(request, _("The draft is saved. Nobody sees it but you."))
    return redirect(f"{request.get_full_path()}{f'#{pressed[1]}' if pressed else ''}")


def _publish(request: HttpRequest, base: str) -> None:
    try:
        outcome = drafts.publish(by=request.user, base=base)
    except ValidationError as error:
        messages.error(request, " ".join(sentences(error)))
    except ChangedMeanwhileError as error:
        messages.error(request, str(error))
    else:
        if outcome.applied:
            messages.success(request, _("Published. Everybody sees this look from now on, in mails too."))
        else:
            messages.info(request, _("There was nothing to publish: the portal looks like this already."))
        for sentence in outcome.left_out:
            messages.warning(request, sentence)


def _own_words(request: HttpRequest) -> Content:
    """The person's own words of everything both changed, also on the other pages."""
    mine = drafts.begin(request.user).content
    return {name: mine[name] for name in request.POST.get("strittig", "").split() if name in mine}


def _take_theirs(request: HttpRequest, part: Part, draft: Draft) -> HttpResponse:
    wanted = {name: draft.current[name] for name in request.POST.get("strittig", "").split() if name in draft.current}
    drafts.keep(wanted, by=request.user, base=draft.base)
    messages.success(request, _("Your draft has the other version there now."))
    return redirect(part.url)


def _show(
    request: HttpRequest,
    part: Part,
    draft: Draft,
    form: LookForm,
    lists: list[Rows],
    *,
    status: int = 200,
    base: str = "",
    clash: tuple[tuple[str, ...], list[Difference]] | None = None,
) -> HttpResponse:
    content = draft.content
    context: dict[str, Any] = {
        "part": part,
        "form": form,
        "lists": lists,
        "uploads": form.uploads(),
        "errors": _errors(form, lists),
        "content": content,
        "look": drafts.theme_of(content),
        "base": base or draft.base,
        "draft": draft.revision,
        "others": others_drafts(request.user),
        "clash": clash,
        "proof": _proof(content) if part is LOOK else [],
        "faint_logo": faint_logo(content["logo"]) if part is LOOK else "",
        "stage": stage(request, part, dark_allowed=content["dark_mode_allowed"]),
        "tabs": tabs(part.name),
        "crumbs": crumbs((str(part.label), "")),
    }
    return render(request, f"appearance/{part.name}.html", context, status=status)


def _proof(content: Content) -> list[Any]:
    return proof(content["brand_color"], content["accent_color"], dark_allowed=content["dark_mode_allowed"])


def _errors(form: LookForm, lists: list[Rows]) -> list[dict[str, str]]:
    """For the summary on top: each with where it is."""
    bound = [form, *(line for each in lists for line in each.forms)]
    return [
        {"label": str(one[name].label) if name in one.fields else "", "id": _anchor(one, name), "text": str(text)}
        for one in bound
        for name, texts in one.errors.items()
        for text in texts
    ]


def _anchor(form: Any, name: str) -> str:
    return str(form[name].id_for_label) if name in form.fields else ""
