"""What the builder puts together: the address of a part and the lines of HTML for somebody's website."""

import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.embedding.component import NEWEST, integrity
from portal.embedding.looking import (
    ACCENT,
    AUTO,
    DARK,
    LIGHT,
    NUMBERS,
    PLAIN,
    USUAL_NUMBER,
    Look,
    address,
    of_the_search,
)
from portal.search.wording import Names
from portal.translation.languages import PARAMETER

PARTS = {
    "suche": gettext_lazy("Search with results"),
    "liste": gettext_lazy("List of offers"),
    "kalender": gettext_lazy("Calendar"),
    "angebot": gettext_lazy("One offer"),
    "anbieter": gettext_lazy("All offers of one provider"),
}
ONE = re.compile(r"/(angebote|anbieter)/([0-9]{1,18})-[^/]*/")
KINDS = {"angebote": "angebot", "anbieter": "anbieter"}
HEIGHTS, USUAL_HEIGHT = (300, 400, 600, 800, 1000), 600
LONGEST = 2000
OF_A_PAGE = {"seite", "ansicht", "ausschnitt"}


@dataclass(frozen=True, slots=True)
class Built:
    """A part as it is shown on a website. `path` is its address on this portal, without the host."""

    path: str
    preview: str
    plain: str
    growing: str
    title: str
    height: int


class BuilderForm(forms.Form):
    """What is to be shown, and how it looks. Sent by GET: the address of the page is what was put together."""

    was = forms.ChoiceField(label=gettext_lazy("What is to be shown?"), choices=list(PARTS.items()),
                            widget=forms.RadioSelect, initial="suche")  # fmt: skip
    adresse = forms.CharField(
        label=gettext_lazy("Address from the portal"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "Search in the portal, filter as you like, and paste the address here: of a search, an offer or a provider."
        ),
    )
    q = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    kategorie = forms.MultipleChoiceField(label=gettext_lazy("Topics"), required=False)
    zielgruppe = forms.MultipleChoiceField(label=gettext_lazy("Target groups"), required=False)
    ortsteil = forms.MultipleChoiceField(label=gettext_lazy("Districts"), required=False)
    stil = forms.ChoiceField(
        label=gettext_lazy("Look"), required=False, initial=PLAIN, widget=forms.RadioSelect,
        choices=[(PLAIN, gettext_lazy("plain")), (ACCENT, gettext_lazy("in your colours"))],
    )  # fmt: skip
    modus = forms.ChoiceField(
        label=gettext_lazy("Brightness"), required=False, initial=AUTO,
        choices=[(AUTO, gettext_lazy("as the visitor's device is set")), (LIGHT, gettext_lazy("always light")),
                 (DARK, gettext_lazy("always dark"))],
    )  # fmt: skip
    anzahl = forms.TypedChoiceField(
        label=gettext_lazy("Offers at once"), required=False, coerce=int,
        initial=USUAL_NUMBER, choices=[(each, str(each)) for each in NUMBERS],
    )  # fmt: skip
    hoehe = forms.TypedChoiceField(
        label=gettext_lazy("Height"), required=False, coerce=int, initial=USUAL_HEIGHT,
        choices=[(each, f"{each} px") for each in HEIGHTS],
    )  # fmt: skip

    def __init__(self, data: QueryDict | None, *, names: Names, hosts: set[str]) -> None:
        super().__init__(data)
        self._hosts = hosts
        fields: Any = self.fields
        fields["kategorie"].choices = [(pk, str(node.name)) for pk, node in names.tree.nodes.items() if node.offered]
        fields["zielgruppe"].choices = list(names.target_groups.items())
        fields["ortsteil"].choices = list(names.districts.items())
        for name in ("kategorie", "zielgruppe", "ortsteil"):
            if not fields[name].choices:
                del fields[name]

    def clean(self) -> dict[str, Any]:
        """The pasted address must be one of this portal, and fit what is to be shown."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        given = cleaned.get("adresse", "")
        one = ONE.fullmatch(self._path(given)) if given else None
        cleaned["eins"] = (KINDS[one[1]], int(one[2])) if one else None
        if cleaned.get("was") in KINDS.values() and (one is None or KINDS[one[1]] != cleaned["was"]):
            sentence = _("Please paste the address of its page on the portal here.")
            self.add_error("adresse", ValidationError(sentence))
        elif cleaned.get("was") not in KINDS.values() and given and self._path(given) != "/angebote/":
            self.add_error("adresse", ValidationError(_("Please paste the address of a search of this portal.")))
        return cleaned

    def _path(self, given: str) -> str:
        """The path of an address of this portal; empty for any other."""
        try:
            parts = urlsplit(given.strip())
        except ValueError:
            return ""
        return parts.path if parts.netloc.lower() in self._hosts | {""} else ""

    def query(self) -> list[tuple[str, str]]:
        """The filters: of the pasted address, and those of the form."""
        given = QueryDict(mutable=True)
        parts = urlsplit(self.cleaned_data.get("adresse", "").strip())
        for name, value in parse_qsl(parts.query, max_num_fields=200)[:100]:
            if name not in OF_A_PAGE:
                given.appendlist(name, value)
        if self.cleaned_data.get("q"):
            given["q"] = self.cleaned_data["q"]
        for name in ("kategorie", "zielgruppe", "ortsteil"):
            for value in self.cleaned_data.get(name) or []:
                if value not in given.getlist(name):
                    given.appendlist(name, value)
        left = of_the_search(given)
        return [(name, value) for name in left for value in left.getlist(name)]

    def built(self, base: str, name: str) -> Built:
        """The part. `base` is the address of the portal, `name` what it is called."""
        chosen, kind = self.cleaned_data, self.cleaned_data["was"]
        look = Look(chosen["stil"] or PLAIN, chosen["modus"] or AUTO, chosen["anzahl"] or USUAL_NUMBER)
        query = self.query()
        path = f"/embed/{kind}/"
        if chosen["eins"] and kind in KINDS.values():
            path, query = f"{path}{chosen['eins'][1]}/", [pair for pair in query if pair[0] == PARAMETER]
        preview = Look(look.style, look.mode, look.number, preview=True)
        title, height = f"{PARTS[kind]} · {name}", chosen["hoehe"] or USUAL_HEIGHT
        frame = _frame(base + address(path, look, query), title, height)
        return Built(
            path=address(path, look, query),
            preview=address(path, preview, query),
            plain=str(frame),
            growing=_growing(base, frame),
            title=title,
            height=height,
        )


def _frame(url: str, title: str, height: int) -> SafeString:
    return format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" style="border:0" loading="lazy"></iframe>',
        url, title, str(height),
    )  # fmt: skip


def _growing(base: str, frame: SafeString) -> str:
    script = format_html(
        '<script src="{}/embed/chancenportal-{}.js" integrity="{}" crossorigin="anonymous" defer></script>',
        base, str(NEWEST), integrity(NEWEST),
    )  # fmt: skip
    return f"<chancenportal-embed>\n  {frame}\n</chancenportal-embed>\n{script}"


def link_to(kind: str, url: str) -> str:
    """The builder, filled in for a page of the portal."""
    return f"/redaktion/einbetten/?{urlencode({'was': kind, 'adresse': url})}"
