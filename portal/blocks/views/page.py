"""What the page of the editor shows, whichever view answers with it."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.blocks import checking, drafts, presence, previews
from portal.blocks.addresses import ALWAYS_THERE
from portal.blocks.drawing import make
from portal.blocks.fields import provider_names
from portal.blocks.forms import BlockForm, PlanForm
from portal.blocks.models import Draft, PreviewLink
from portal.blocks.summaries import summary_of
from portal.pages.models import Page
from portal.pages.shapes import MOST_BLOCKS, Block, Kind, Shape, kind_of, kinds
from theming.head import site_url

DESK = "/redaktion/"
LIST = "/redaktion/seiten/"


def crumbs(*further: tuple[str, str]) -> list[dict[str, str]]:
    """The way here."""
    trail = [(_("Editorial desk"), DESK), (_("Pages"), LIST), *further]
    return [{"label": label, "url": url} for label, url in trail[:-1]] + [{"label": trail[-1][0], "url": ""}]


@dataclass(frozen=True, slots=True)
class Line:
    """A block in the list of the editor. `up`, `down`: before which block it would stand then, None at the ends."""

    id: str
    kind: Kind
    summary: str
    hidden: bool
    number: int
    up: str | None
    down: str | None


@dataclass
class Asked:
    """What besides the list of blocks is on the page."""

    open: str = ""
    after: str | None = None
    form: BlockForm | None = None
    seen: str = ""
    conflict: drafts.ConflictError | None = None
    mistakes: list[str] = field(default_factory=list)
    plan: PlanForm | None = None


def lines_of(blocks: list[Block]) -> list[Line]:
    """The blocks of a draft as the editor lists them."""
    ids = [each["id"] for each in blocks]
    last = len(ids) - 1
    found = []
    for number, each in enumerate(blocks):
        kind = kind_of(each)
        if kind is None:
            continue
        up = ids[number - 1] if number else None
        down = None if number == last else ids[number + 2] if number + 2 <= last else ""
        found.append(Line(each["id"], kind, summary_of(each), each["hidden"], number + 1, up, down))
    return found


def show(request: HttpRequest, page: Page, asked: Asked, *, status: int = 200) -> HttpResponse:
    """The page of the editor."""
    draft = drafts.draft_of(page)
    opened = drafts.block_in(draft, asked.open)
    kind = kind_of(opened) if opened is not None else None
    if opened is not None and kind is not None and asked.form is None:
        asked.form, asked.seen = BlockForm(opened, kind, by=request.user), drafts.digest(opened["data"])
    context = {
        "page": page,
        "draft": draft,
        "lines": lines_of(draft.blocks),
        "asked": asked,
        "standing": drafts.standing(page),
        "moved_on": draft.pk is not None and draft.base != drafts.standing(page),
        "problems": (
            checking.problems(page, draft) if draft.pk or not page.published else checking.broken(draft.blocks)
        ),
        "others": presence.others(page, request.user),
        "theirs": _theirs(request, asked),
        "crumbs": crumbs((page.title, "")),
        "always_there": page.slug in ALWAYS_THERE,
        "menu_label": page.get_menu_display(),
        "put_back": _put_back(request, page),
        **_picker(draft, asked),
        **_side(request, page, draft, asked),
    }
    if asked.form is not None:
        context["names"] = provider_names() if _asks_providers(asked.form.kind) else []
    return render(request, "blocks/edit.html", context, status=status)


def _asks_providers(kind: Kind) -> bool:
    return any(each.shape == Shape.PROVIDER for each in (*kind.fields, *kind.items))


def _theirs(request: HttpRequest, asked: Asked) -> Any:
    block = asked.conflict.theirs if asked.conflict is not None else None
    return make([block], request, True)[0] if block is not None else None


def _put_back(request: HttpRequest, page: Page) -> str:
    """What this person removed last, and may put back."""
    kept = request.session.get(f"block-{page.pk}")
    kind = kind_of(kept["block"]) if kept else None
    return f"{kind.label} · {summary_of(kept['block'])}" if kept and kind is not None else ""


def _picker(draft: Draft, asked: Asked) -> dict[str, Any]:
    ids = [each["id"] for each in draft.blocks]
    after = asked.after if asked.after is not None else (asked.open if asked.open in ids else (ids[-1] if ids else ""))
    named = next((line for line in lines_of(draft.blocks) if line.id == after), None)
    return {
        "after": after,
        "after_label": named.kind.label if named is not None else "",
        "kinds": kinds() if len(ids) < MOST_BLOCKS else [],
        "fresh_key": drafts.new_id(),
    }


def _side(request: HttpRequest, page: Page, draft: Draft, asked: Asked) -> dict[str, Any]:
    link = PreviewLink.objects.filter(page=page, ends_at__gt=timezone.now()).first()
    local = timezone.localtime(draft.online_at) if draft.online_at else None
    at = {"tag": local.date(), "zeit": local.time()} if local is not None else None
    return {
        "plan_form": asked.plan or PlanForm(initial=at),
        "link": link,
        "link_url": f"{site_url(request)}/vorschau/{previews.token_of(link)}/" if link is not None else "",
    }
