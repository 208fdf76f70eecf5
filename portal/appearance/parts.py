"""The pages of the look, and what the frames above them need."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.appearance.forms import ColoursForm, FrameForm, LookForm, StartForm


@dataclass(frozen=True, slots=True)
class Part:
    """One page with a form; `with_lists`: the logos of partners too; `shows` is the preview it begins with."""

    name: str
    label: Promise
    lead: Promise
    form: type[LookForm]
    with_lists: bool = False
    shows: str = "start"

    @property
    def url(self) -> str:
        """Its address."""
        return reverse(f"appearance:{self.name}")


LOOK = Part(
    "look",
    gettext_lazy("Logo, colours, font"),
    gettext_lazy("Try it out: nobody sees the draft but you, until you publish it."),
    ColoursForm,
)
START = Part(
    "start",
    gettext_lazy("Picture and words of the start page"),
    gettext_lazy("What visitors see first, and what is shown beside a shared link."),
    StartForm,
)
FRAME = Part(
    "frame",
    gettext_lazy("Head and foot"),
    gettext_lazy("What stands above and below every page."),
    FrameForm,
    with_lists=True,
    # The shortest page: head and foot are seen at once.
    shows="fehler",
)
PARTS = (LOOK, START, FRAME)


def tabs(current: str) -> list[dict[str, Any]]:
    """The pages of the room."""
    pages = [(each.name, each.label, each.url) for each in PARTS]
    pages.append(("earlier", gettext_lazy("Earlier looks"), reverse("appearance:earlier")))
    return [
        {"label": label, "url": url, "current": name == current, "count": None, "icon": ""}
        for name, label, url in pages
    ]


def crumbs(*more: tuple[str, str]) -> list[dict[str, str]]:
    """The trail; the last of `more` without an address."""
    start = [(_("Editorial desk"), "/redaktion/"), (_("Appearance"), LOOK.url if more else "")]
    return [{"label": label, "url": url} for label, url in [*start, *more]]
