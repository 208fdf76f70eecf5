"""The form: for what, what is to be printed, with which large words. All else comes from the text that is public."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from core.fields import cleaning
from core.text import clean_text
from portal.offers.models import Offer
from portal.printing.kit.settings import About, Poster
from portal.printing.kit.sheets import KINDS, paper_and_sheet
from portal.printing.models import LONGEST_TITLE, Paper
from portal.providers.models import Provider

MOST_OFFERED = 300


class OwnPosterForm(forms.Form):
    """`about` is a word such as “angebot-12”: what this person's organisations show at present, and nothing else."""

    use_required_attribute = False
    about = forms.ChoiceField(
        label=gettext_lazy("For what?"), error_messages={"required": gettext_lazy("Please choose one.")}
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("What is to be printed?"), choices=KINDS, widget=forms.RadioSelect, initial="poster"
    )
    headline = forms.CharField(
        label=gettext_lazy("Large words"),
        help_text=gettext_lazy("Few words that are read in passing. Without them, the name is taken."),
        max_length=80,
        required=False,
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, data: Any, person: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.things: dict[str, Offer | Provider] = {}
        own = Provider.objects.kept_by(person)
        for each in own.public():
            self.things[f"anbieter-{each.pk}"] = each
        offers = Offer.objects.published().filter(provider__in=own).select_related("provider")
        newest = list(offers.order_by("-updated_at", "pk")[: MOST_OFFERED + 1])
        asked = self._asked(offers) if len(newest) > MOST_OFFERED else []
        for offer in [*newest[:MOST_OFFERED], *asked]:
            self.things[f"angebot-{offer.pk}"] = offer
        fields: Any = self.fields
        fields["about"].choices = [(word, self._named(thing)) for word, thing in self.things.items()]
        cleaning(fields["headline"], clean_text)

    def _asked(self, offers: QuerySet[Offer]) -> list[Offer]:
        """What somebody comes for or chose, wherever it stands among very many."""
        word = str(self.data.get("about", "") if self.is_bound else self.initial.get("about", ""))
        number = word.removeprefix("angebot-")
        return (
            list(offers.filter(pk=int(number))) if number.isascii() and number.isdecimal() and len(number) < 10 else []
        )

    @staticmethod
    def _named(thing: Offer | Provider) -> str:
        return str(thing) if isinstance(thing, Offer) else _("Our page: %(name)s") % {"name": thing}

    @property
    def thing(self) -> Offer | Provider:
        """What was chosen."""
        return self.things[self.cleaned_data["about"]]

    @property
    def provider(self) -> Provider:
        """Whose it is."""
        thing = self.thing
        return thing.provider if isinstance(thing, Offer) else thing

    @property
    def paper_kind(self) -> Paper.Kind:
        """What it is made as."""
        return paper_and_sheet(self.cleaned_data["kind"])[0]

    @property
    def title(self) -> str:
        """Under which it is found again."""
        return str(self.thing)[:LONGEST_TITLE]

    def settings(self) -> dict[str, Any]:
        """What the paper keeps. It is printed, so its words are German."""
        said, thing = self.cleaned_data, self.thing
        with override("de"):
            call = _("Scan and find what fits")
        return Poster(
            about=About.OFFER if isinstance(thing, Offer) else About.PROVIDER,
            target=thing.pk,
            headline=said["headline"] or str(thing)[:80],
            text=thing.summary[:400],
            call=call,
            sheet=paper_and_sheet(said["kind"])[1],
        ).kept()
