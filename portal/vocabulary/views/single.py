"""One entry: write, merge, retire, bring back, delete. What touches many is shown before it is done."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Role, allow
from portal.taxonomy.aliases import moved as leading_to
from portal.vocabulary import changing, merging
from portal.vocabulary.colours import proof
from portal.vocabulary.errors import RefusedError
from portal.vocabulary.forms import EntryForm, MergeForm, form_class
from portal.vocabulary.kinds import Kind
from portal.vocabulary.rows import Rows, load
from portal.vocabulary.uses import uses_of
from portal.vocabulary.views.lists import crumbs, frame, kind_of


def found(slug: str, pk: int) -> tuple[Kind, Rows, Any]:
    """The list, all its entries, and the one that is meant."""
    kind = kind_of(slug)
    rows = load(kind)
    if pk not in rows.by_pk:
        raise Http404
    return kind, rows, rows.by_pk[pk]


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new entry."""
    kind = kind_of(slug)
    rows = load(kind)
    form = _form(request, kind, rows, kind.model())
    if request.method == "POST" and "pruefen" not in request.POST and _saved(form, kind, request.user):
        messages.success(request, _("“%(name)s” was added.") % {"name": form.instance.name})
        return redirect(f"{kind.url}#eintrag-{form.instance.pk}")
    label = str(kind.words.add)
    context = {**frame(kind, rows), "form": form, "label": label, "proof": _proof(form), "crumbs": crumbs(kind, label)}
    return render(request, "vocabulary/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """What an entry is called and how it looks, and what hangs on it."""
    kind = kind_of(slug)
    rows = load(kind)
    if pk not in rows.by_pk:
        return _led_on(kind, pk)
    # A form writes into its row before anything is saved; the list beside it shows what is.
    form = _form(request, kind, rows, kind.model._default_manager.get(pk=pk))
    if request.method == "POST" and "pruefen" not in request.POST and _saved(form, kind, request.user):
        messages.success(request, _("“%(name)s” was saved. It is online at once.") % {"name": form.instance.name})
        return redirect(f"{kind.url}#eintrag-{pk}")
    row = rows.by_pk[pk]
    context = {
        **frame(kind, rows, current=pk),
        "form": form,
        "row": row,
        "label": row.name,
        "proof": _proof(form),
        "uses": uses_of(kind, pk),
        "crumbs": crumbs(kind, row.name),
    }
    return render(request, "vocabulary/entry.html", context)


def _led_on(kind: Kind, pk: int) -> HttpResponse:
    """To what an entry was merged into."""
    today = leading_to(kind.model).get(pk)
    if today is None:
        raise Http404
    return redirect(kind.entry_url(today))


def _form(request: HttpRequest, kind: Kind, rows: Rows, row: Any) -> EntryForm:
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return form_class(kind)(data, files, instance=row, kind=kind, rows=rows)


def _proof(form: EntryForm) -> Any:
    if "color" not in form.fields:
        return None
    return proof(str(form.fields["color"].to_python(form["color"].value())))


def _saved(form: EntryForm, kind: Kind, by: Any) -> bool:
    if not form.is_valid():
        return False
    try:
        if form.instance.pk is None:
            changing.add(kind, form.instance, by=by)
        else:
            changing.change(kind, form.instance, by=by)
    except (RefusedError, ValidationError) as refused:
        form.add_error(
            "image" if isinstance(refused, ValidationError) else None,
            refused.messages if isinstance(refused, ValidationError) else str(refused),
        )
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def merge(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Choose into which, see what would happen, do it."""
    kind = kind_of(slug)
    rows = load(kind)
    if pk not in rows.by_pk:
        return _led_on(kind, pk)
    row = rows.by_pk[pk]
    given = request.POST if request.method == "POST" else request.GET if "into" in request.GET else None
    form = MergeForm(given, rows=rows, pk=pk)
    shown = None
    if form.is_valid():
        try:
            into = rows.by_pk[form.cleaned_data["into"]]
            if request.method == "POST":
                uses = merging.merge(kind, pk, into.pk, by=request.user)
                messages.success(request, _merged(row.name, into.name, uses.offers))
                return redirect(kind.entry_url(into.pk))
            shown = merging.preview(kind, pk, into.pk)
        except RefusedError as refused:
            form.add_error("into", str(refused))
    context = {**frame(kind, rows, current=pk), "form": form, "row": row, "merge": shown, "uses": uses_of(kind, pk)}
    return render(request, "vocabulary/merge.html", {**context, "crumbs": crumbs(kind, row.name, _("Merge"))})


def _merged(old: str, new: str, offers: int) -> str:
    said = {"old": old, "new": new, "number": offers}
    return (
        ngettext(
            "“%(old)s” was merged into “%(new)s”: %(number)d offer. Old links lead there.",
            "“%(old)s” was merged into “%(new)s”: %(number)d offers. Old links lead there.",
            offers,
        )
        % said
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def retire(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask, then offer an entry no more."""
    kind, rows, row = found(slug, pk)
    if request.method == "POST":
        return _retired(request, kind, row, retired=True)
    below = [rows.by_pk[each].name for each in rows.walk(pk)]
    context = {**frame(kind, rows, current=pk), "row": row, "uses": uses_of(kind, pk), "below": below}
    return render(request, "vocabulary/retire.html", {**context, "crumbs": crumbs(kind, row.name, _("Retire"))})


@require_POST
@allow(Role.EDITOR, Role.ADMIN)
def bring_back(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Offer it again."""
    kind, _rows, row = found(slug, pk)
    return _retired(request, kind, row, retired=False)


def _retired(request: HttpRequest, kind: Kind, row: Any, *, retired: bool) -> HttpResponse:
    try:
        done = changing.retire(kind, row.pk, retired=retired, by=request.user)
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect(kind.url)
    if done and retired:
        messages.success(request, _("“%(name)s” is retired: nobody can choose it any more.") % {"name": row.name})
    elif done:
        messages.success(request, _("“%(name)s” can be chosen again.") % {"name": row.name})
    else:
        messages.info(request, _("Somebody has done that already."))
    return redirect(kind.entry_url(row.pk))


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Role.EDITOR, Role.ADMIN)
def delete(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask, then delete an entry on which nothing hangs; else say what does."""
    kind, rows, row = found(slug, pk)
    uses = uses_of(kind, pk)
    if request.method == "POST":
        try:
            name = changing.delete(kind, pk, by=request.user)
        except RefusedError as refused:
            messages.error(request, str(refused))
            return redirect(kind.entry_url(pk))
        messages.success(request, _("“%(name)s” was deleted.") % {"name": name})
        return redirect(kind.url)
    context = {**frame(kind, rows, current=pk), "row": row, "uses": uses, "lines_of_use": uses.lines()}
    return render(request, "vocabulary/delete.html", {**context, "crumbs": crumbs(kind, row.name, _("Delete"))})
