"""The editor of a page: one form with the block that is open. Every button first keeps what was typed there."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.access import Permission, allow
from core.numbers import whole_number
from portal.blocks import drafts, presence, publishing
from portal.blocks.forms import BlockForm
from portal.blocks.models import Draft
from portal.blocks.views.page import Asked, show
from portal.pages.models import Page
from portal.pages.shapes import Block, kind_of

Answer = HttpResponse | None


@require_http_methods(["GET", "HEAD", "POST"])
@allow(Permission.CONTENT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """See the blocks of a page, and change them."""
    page = get_object_or_404(Page, pk=pk)
    if request.method == "POST":
        return _Posted(request, page).answer()
    asked = Asked(open=request.GET.get("baustein", ""), after=request.GET.get("nach"))
    return show(request, page, asked)


@require_POST
@allow(Permission.CONTENT)
def present(request: HttpRequest, pk: int) -> HttpResponse:
    """A browser that has the page open says so; the answer is who else has."""
    page = get_object_or_404(Page, pk=pk)
    presence.note(page, request.user, request.POST.get("baustein", ""))
    context = {"others": presence.others(page, request.user), "blocks": drafts.draft_of(page).blocks}
    return render(request, "blocks/_others.html", context)


def _back(page: Page, block: str = "", *, at: str = "") -> HttpResponse:
    query = f"?baustein={block}" if block else ""
    anchor = at or (f"block-{block}" if block else "")
    return redirect(f"{reverse('blocks:edit', args=[page.pk])}{query}{'#' if anchor else ''}{anchor}")


class _Posted:
    """One press of a button."""

    def __init__(self, request: HttpRequest, page: Page) -> None:
        self.request, self.page, self.by, self.sent = request, page, request.user, request.POST
        self.open = self.sent.get("offen", "")
        self.draft = drafts.draft_of(page)
        self.form: BlockForm | None = None

    def answer(self) -> HttpResponse:
        """Keep what is open, then do what the button says."""
        presence.note(self.page, self.by, self.open)
        before = self.draft.version if self.draft.pk else 0
        kept = self._keep() if self.open and self.sent.get("weg") != self.open else None
        if kept is not None:
            return kept
        if "sichern" in self.sent:
            return self._saved()
        try:
            return self._deed(before)
        except ValidationError as error:
            return show(self.request, self.page, Asked(open=self.open, mistakes=list(error.messages)), status=400)

    def _keep(self) -> Answer:
        """What stands in the open block; an answer where that is not possible."""
        block = drafts.block_in(self.draft, self.open) or self._lost()
        kind = kind_of(block) if block is not None else None
        if block is None or kind is None:
            return None
        form = BlockForm(
            block, kind, by=self.by, data=self.sent, files=self.request.FILES, without=self._row("zeile_weg")
        )
        self.form = form
        if not form.is_valid():
            return self._incomplete(form)
        return self._write(form, self._rows_moved(form))

    def _lost(self) -> Block | None:
        """The open block, where somebody took it out meanwhile."""
        made = {"id": self.open, "kind": self.sent.get("art", ""), "hidden": False, "data": {}}
        return made if kind_of(made) is not None else None

    def _incomplete(self, form: BlockForm) -> HttpResponse:
        if "sichern" in self.sent:
            return self._saved(incomplete=True)
        asked = Asked(open=self.open, form=form, seen=self.sent.get("gesehen", ""))
        return show(self.request, self.page, asked)

    def _write(self, form: BlockForm, said: dict[str, Any]) -> Answer:
        try:
            if "wieder" in self.sent:
                drafts.put_back(self.page, {**form.block, "data": said}, after="", by=self.by)
            self.draft = drafts.write(self.page, self.open, said, seen=self.sent.get("gesehen", ""), by=self.by)
        except drafts.ConflictError as error:
            seen = drafts.digest(error.theirs["data"]) if error.theirs is not None else ""
            asked = Asked(open=self.open, form=form, seen=seen, conflict=error)
            return show(self.request, self.page, asked, status=409)
        except ValidationError as error:
            asked = Asked(open=self.open, form=form, seen=self.sent.get("gesehen", ""), mistakes=list(error.messages))
            return show(self.request, self.page, asked, status=400)
        return None

    def _row(self, name: str) -> int | None:
        value = self.sent.get(name, "")
        return whole_number(value)

    def _rows_moved(self, form: BlockForm) -> dict[str, Any]:
        said = form.said
        rows = said.get("items", [])
        for name, step in (("zeile_hoch", -1), ("zeile_runter", 1)):
            number = self._row(name)
            place = form.place_of(number) if number is not None else None
            if place is not None and 0 <= place + step < len(rows):
                rows[place], rows[place + step] = rows[place + step], rows[place]
        return said

    def _saved(self, *, incomplete: bool = False) -> HttpResponse:
        """What a form that saves while somebody types gets."""
        block = drafts.block_in(self.draft, self.open)
        context = {
            "saved": timezone.localtime(),
            "incomplete": incomplete,
            "draft": self.draft,
            "standing": drafts.standing(self.page),
            "seen": drafts.digest(block["data"]) if block is not None else "",
        }
        response = render(self.request, "blocks/_saved.html", context)
        response["HX-Trigger"] = "gespeichert"
        return response

    def _deed(self, before: int) -> HttpResponse:
        deeds: dict[str, Callable[[], HttpResponse]] = {
            "neu": self._add,
            "bewegen": self._move,
            "weg": self._remove,
            "verbergen": lambda: self._hide(hidden=True),
            "zeigen": lambda: self._hide(hidden=False),
            "oeffnen": lambda: _back(self.page, self.sent["oeffnen"]),
            "danach": self._choose_next,
            "zurueck": self._put_back,
        }
        for name, deed in deeds.items():
            if name in self.sent:
                return deed()
        if self.sent.get("tun") == "online":
            return self._publish(before)
        if self.sent.get("tun") == "fertig":
            return _back(self.page, at=f"block-{self.open}")
        if any(name.startswith("zeile") and name != "zeilen" for name in self.sent):
            return _back(self.page, self.open, at="eintraege")
        return _back(self.page, self.open)

    def _choose_next(self) -> HttpResponse:
        query = urlencode({"nach": self.sent["danach"]})
        return redirect(f"{reverse('blocks:edit', args=[self.page.pk])}?{query}#bausteine")

    def _add(self) -> HttpResponse:
        key = self.sent.get("schluessel", "")
        draft = drafts.add(self.page, self.sent["neu"], key, after=self.sent.get("nach", ""), by=self.by)
        return _back(self.page, key if drafts.block_in(draft, key) else "")

    def _move(self) -> HttpResponse:
        key, _colon, before = self.sent["bewegen"].partition(":")
        draft = drafts.move(self.page, key, before=before, by=self.by)
        self._say_place(draft, key)
        return _back(self.page, self.open, at=f"block-{key}")

    def _say_place(self, draft: Draft, key: str) -> None:
        ids = [each["id"] for each in draft.blocks]
        if key in ids:
            said = {"number": ids.index(key) + 1, "all": len(ids)}
            messages.success(self.request, _("Now in place %(number)d of %(all)d.") % said)

    def _remove(self) -> HttpResponse:
        key = self.sent["weg"]
        ids = [each["id"] for each in self.draft.blocks]
        block = drafts.remove(self.page, key, by=self.by)
        if block is not None:
            place = ids.index(key)
            self.request.session[f"block-{self.page.pk}"] = {"block": block, "after": ids[place - 1] if place else ""}
            messages.info(self.request, _("The block was removed from the draft. You can put it back below."))
        return _back(self.page, "" if key == self.open else self.open, at="zurueckholen")

    def _put_back(self) -> HttpResponse:
        kept = self.request.session.pop(f"block-{self.page.pk}", None)
        if kept is None:
            return _back(self.page)
        drafts.put_back(self.page, kept["block"], after=kept["after"], by=self.by)
        return _back(self.page, at=f"block-{kept['block']['id']}")

    def _hide(self, *, hidden: bool) -> HttpResponse:
        key = self.sent["verbergen" if hidden else "zeigen"]
        drafts.hide(self.page, key, hidden=hidden, by=self.by)
        return _back(self.page, self.open, at=f"block-{key}")

    def _publish(self, before: int) -> HttpResponse:
        """What was looked at goes online: the draft as the page showed it, with what was typed into the open block."""
        seen = self._row("stand")
        version = self.draft.version if seen == before and self.draft.pk else -1
        try:
            page = publishing.publish(self.page, version=version, standing=self.sent.get("online", ""), by=self.by)
        except publishing.MovedOnError:
            sentence = _(
                "Somebody changed this page while you had it open; nothing was published. Please look at it once more."
            )
            return show(self.request, self.page, Asked(mistakes=[sentence]), status=409)
        messages.success(self.request, _("“%(title)s” is online.") % {"title": page.title})
        return _back(page)
