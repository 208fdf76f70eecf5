"""The forms of posters and letters."""

import re
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import fold
from portal.offers.models import Offer
from portal.printing.kit.settings import About, Letters, Poster, Sheet, Who, is_public
from portal.printing.kit.sheets import KINDS, LARGE, paper_and_sheet
from portal.printing.models import LONGEST_TITLE, Paper
from portal.providers.models import Provider

_ADDRESS = re.compile(r"/(angebote|anbieter)/([0-9]{1,18})-")
MOST_NAMED = 6


class PosterForm(forms.Form):
    """What is to be printed, about what, with which words."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is to be printed?"), choices=KINDS, widget=forms.RadioSelect, initial="poster"
    )
    about = forms.ChoiceField(
        label=gettext_lazy("Where does the QR code lead?"),
        choices=About.choices,
        widget=forms.RadioSelect,
        initial="portal",
    )
    named = forms.CharField(
        label=gettext_lazy("Which provider, offer or page?"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("Its name, or the address of its page. Not needed for the whole portal."),
    )
    headline = forms.CharField(
        label=gettext_lazy("Large words"),
        max_length=80,
        help_text=gettext_lazy("Few words that are read in passing."),
    )
    text = forms.CharField(
        label=gettext_lazy("Text below"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 4})
    )
    call = forms.CharField(label=gettext_lazy("Words at the QR code"), required=False, max_length=80)
    title = forms.CharField(
        label=gettext_lazy("Name of this paper"),
        required=False,
        max_length=LONGEST_TITLE,
        help_text=gettext_lazy("Under this name you find it again. Without one, the large words are taken."),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._target, self._path = 0, ""

    @property
    def paper_kind(self) -> str:
        """What it is made as."""
        return paper_and_sheet(self.cleaned_data["kind"])[0].value

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        about = cleaned.get("about")
        if about in (About.PROVIDER, About.OFFER):
            self._find(str(about), cleaned.get("named", "").strip())
        elif about == About.PAGE:
            self._find_page(cleaned.get("named", "").strip())
        cleaned["title"] = cleaned.get("title") or cleaned.get("headline", "")
        return cleaned

    def _find_page(self, named: str) -> None:
        """The page of an address, whole or without its host."""
        self._path = urlsplit(named).path
        if not self._path.startswith("/") or not is_public(self._path):
            self.add_error(
                "named", _("Your portal has no page for everybody at this address. Please copy it once more.")
            )

    def _find(self, about: str, named: str) -> None:
        """The one provider or offer that is meant."""
        rows: Any = Provider.objects.public() if about == About.PROVIDER else Offer.objects.current()
        column = "name" if about == About.PROVIDER else "title"
        if not named:
            self.add_error("named", _("Please say which one: its name, or the address of its page."))
            return
        address = _ADDRESS.search(named)
        if address:
            fits = address[1] == ("anbieter" if about == About.PROVIDER else "angebote")
            found = list(rows.filter(pk=int(address[2]))) if fits else []
        else:
            found = list(rows.filter(**{f"{column}__icontains": named})[: MOST_NAMED + 1])
            exact = [each for each in found if fold(str(each)) == fold(named)]
            found = exact if len(exact) == 1 else found
        if len(found) == 1:
            self._target = found[0].pk
        elif found:
            names = ", ".join(f"“{each}”" for each in found[:MOST_NAMED])
            self.add_error(
                "named",
                _("Several fit: %(names)s. Please give the whole name, or the address of the page.") % {"names": names},
            )
        else:
            self.add_error("named", _("Nothing public has this name or address. Please look at how it is written."))

    def settings(self) -> dict[str, Any]:
        """What the paper keeps."""
        said = self.cleaned_data
        _kind, sheet = paper_and_sheet(said["kind"])
        return Poster(
            said["about"], self._target, said["headline"], said["text"], said["call"], sheet, self._path
        ).kept()


class LettersForm(forms.Form):
    """Who gets a letter, and what it says."""

    paper_kind = Paper.Kind.LETTERS
    title = forms.CharField(label=gettext_lazy("Subject of the letter"), max_length=LONGEST_TITLE)
    who = forms.ChoiceField(
        label=gettext_lazy("Who gets it?"), choices=Who.choices, widget=forms.RadioSelect, initial="all"
    )
    text = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=gettext_lazy(
            "Salutation, address of the page and QR code are put there by themselves. An empty line begins a new "
            "paragraph."
        ),
    )
    signed = forms.CharField(label=gettext_lazy("Name below"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def settings(self) -> dict[str, Any]:
        """What the paper keeps."""
        said = self.cleaned_data
        return Letters(said["who"], said["text"], said["signed"]).kept()


def initial_of_poster(paper: Paper) -> dict[str, Any]:
    """The form as the paper stands."""
    poster = Poster.of(paper)
    subject = poster.subject()
    named = subject.url if subject and (subject.thing or poster.path) else ""
    kind = LARGE if paper.kind == Paper.Kind.POSTER and poster.sheet == Sheet.A3 else paper.kind
    return {**poster.kept(), "kind": kind, "named": named, "title": paper.title, "key": paper.key}


def initial_of_letters(paper: Paper) -> dict[str, Any]:
    """The form as the paper stands."""
    return {**Letters.of(paper).kept(), "title": paper.title, "key": paper.key}
