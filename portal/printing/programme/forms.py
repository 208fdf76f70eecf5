"""The form of a programme: what it holds, from when to when, and how it looks."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.numbers import whole_numbers
from portal.offers.occurrences import HORIZON
from portal.printing.models import LONGEST_TITLE, Paper
from portal.printing.programme.settings import Chapters, Programme, Size
from portal.search.views import choices
from portal.subscriptions.models import LONGEST_QUERY
from portal.subscriptions.searches import Stored, read
from portal.taxonomy.tree import Node

_DATE = {"type": "date"}
# The names of the search's parameters that have a field here, by the field.
FIELDS = {
    "words": "q",
    "topics": "kategorie",
    "groups": "zielgruppe",
    "districts": "ortsteil",
    "free": "kostenfrei",
    "accessible": "barrierefrei",
}
_NEVER = frozenset({"von", "bis", "sortierung", "ansicht", "seite"})
LONGEST_PREFACE = 4000


class ProgrammeForm(forms.Form):
    """`rest` are conditions of a search that have no field here, such as a radius; they are kept unless unticked."""

    paper_kind = Paper.Kind.PROGRAMME
    title = forms.CharField(label=gettext_lazy("Title on the cover"), max_length=LONGEST_TITLE)
    subtitle = forms.CharField(label=gettext_lazy("Line below it"), max_length=160, required=False)
    first = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    last = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput(attrs=_DATE, format="%Y-%m-%d"))
    pasted = forms.CharField(
        label=gettext_lazy("Address of a search"),
        required=False,
        max_length=LONGEST_QUERY,
        help_text=gettext_lazy(
            "Search in the portal until the list is right, copy its address and put it here. It then counts instead of "
            "the conditions above."
        ),
    )
    words = forms.CharField(label=gettext_lazy("Words"), required=False, max_length=200)
    topics = forms.TypedMultipleChoiceField(label=gettext_lazy("Topics"), required=False, coerce=int)
    groups = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Target groups"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    districts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Districts"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    free = forms.BooleanField(label=gettext_lazy("Only what is free of charge"), required=False)
    accessible = forms.BooleanField(label=gettext_lazy("Only what is barrier-free"), required=False)
    keep_rest = forms.BooleanField(label=gettext_lazy("These conditions hold, too"), required=False, initial=True)
    rest = forms.CharField(required=False, max_length=LONGEST_QUERY, widget=forms.HiddenInput)
    chapters = forms.ChoiceField(
        label=gettext_lazy("Chapters"), choices=Chapters.choices, widget=forms.RadioSelect, initial=Chapters.TOPIC
    )
    size = forms.ChoiceField(
        label=gettext_lazy("Sheet"), choices=Size.choices, widget=forms.RadioSelect, initial=Size.A5
    )
    picture = forms.BooleanField(
        label=gettext_lazy("The picture of the start page on the cover"), required=False, initial=True
    )
    index = forms.BooleanField(
        label=gettext_lazy("At the end: offers and providers from A to Z"), required=False, initial=True
    )
    preface = forms.CharField(
        label=gettext_lazy("Preface"),
        required=False,
        max_length=LONGEST_PREFACE,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy("An empty line begins a new paragraph. Without a text, there is no preface."),
    )
    signed = forms.CharField(
        label=gettext_lazy("Name below the preface"),
        required=False,
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For example: Maria Muster, mayor"),
    )
    key = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = choices()
        self._nodes = names.tree.to_choose(self._ticked("topics"))
        self._field("topics").choices = [(node.id, node.name) for node in self._nodes]
        for name, labels, retired in (
            ("groups", names.target_groups, names.retired_groups),
            ("districts", names.districts, names.retired_districts),
        ):
            kept = set(self._ticked(name))
            self._field(name).choices = [(pk, label) for pk, label in labels.items() if pk in kept or pk not in retired]
            if not self._field(name).choices:
                del self.fields[name]

    def _field(self, name: str) -> Any:
        return self.fields[name]

    def _ticked(self, name: str) -> list[int]:
        given = self.data.getlist(name) if isinstance(self.data, QueryDict) else self.initial.get(name, [])
        return whole_numbers(map(str, given))

    @property
    def tree(self) -> list[dict[str, Any]]:
        """The topics as tick boxes, with how deep they stand."""
        ticked = set(self._ticked("topics"))
        return [_box(node, ticked) for node in self._nodes]

    @property
    def rest_words(self) -> list[str]:
        """The conditions that have no field, in words."""
        rest = str(self["rest"].value() or "")
        return read(QueryDict(rest)).labels if rest else []

    def clean_last(self) -> date:
        """Dates are known up to a horizon."""
        last: date = self.cleaned_data["last"]
        today = timezone.localdate()
        horizon = today + HORIZON
        if last < today:
            raise forms.ValidationError(_("This day is over. A programme tells what is to come."))
        if last > horizon:
            day = date_format(horizon, "SHORT_DATE_FORMAT")
            raise forms.ValidationError(_("Dates are known until %(day)s. Please choose a day before.") % {"day": day})
        return last

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day must not be before the first."))
        self.search = self._search(cleaned)
        if not self.search.is_whole:
            what = ", ".join(self.search.ignored)
            self.add_error(
                "pasted", _("This search asks for something that is not known here: %(what)s") % {"what": what}
            )
        elif len(self.search.query) > LONGEST_QUERY:
            self.add_error("pasted", _("These are too many conditions. Please choose fewer."))
        return cleaned

    def _search(self, cleaned: dict[str, Any]) -> Stored:
        pasted = cleaned.get("pasted", "").strip()
        if pasted:
            return read(_without_days(QueryDict(_query_of(pasted))))
        given = QueryDict(cleaned.get("rest", "") if cleaned.get("keep_rest") else "", mutable=True)
        for name, parameter in FIELDS.items():
            value = cleaned.get(name) or []
            given.setlist(parameter, [_written(each) for each in (value if isinstance(value, list) else [value])])
        return read(_without_days(given))

    def settings(self) -> dict[str, Any]:
        """What the paper keeps."""
        said = self.cleaned_data
        names = ("subtitle", "preface", "signed", "chapters", "size", "picture", "index")
        days = {"first": said["first"].isoformat(), "last": said["last"].isoformat()}
        return Programme(query=self.search.query, **days, **{name: said[name] for name in names}).kept()


def _query_of(pasted: str) -> str:
    """The conditions of an address, or what is one already."""
    return urlsplit(pasted).query if "?" in pasted else pasted if "=" in pasted else ""


def _without_days(given: QueryDict) -> QueryDict:
    """The period is the programme's own."""
    found = given.copy()
    for name in _NEVER & set(found):
        del found[name]
    return found


def _written(value: Any) -> str:
    return "1" if value is True else str(value)


def _box(node: Node, ticked: set[int]) -> dict[str, Any]:
    return {"id": node.id, "name": node.name, "depth": min(node.depth, 4), "checked": node.id in ticked}


def conditions(given: QueryDict) -> dict[str, Any]:
    """What the fields show of a search, and what of it has none."""
    stored = read(_without_days(given))
    pairs = QueryDict(stored.query)
    rest = QueryDict(mutable=True)
    for name, values in pairs.lists():
        if name not in FIELDS.values():
            rest.setlist(name, values)
    return {
        "words": pairs.get("q", ""),
        "topics": [int(each) for each in pairs.getlist("kategorie")],
        "groups": [int(each) for each in pairs.getlist("zielgruppe")],
        "districts": [int(each) for each in pairs.getlist("ortsteil")],
        "free": "kostenfrei" in pairs,
        "accessible": "barrierefrei" in pairs,
        "rest": rest.urlencode(),
    }


def initial_of(paper: Paper) -> dict[str, Any]:
    """The form as the paper stands."""
    programme = Programme.of(paper)
    said = {name: value for name, value in programme.kept().items() if name != "query"}
    return {**said, "title": paper.title, "key": paper.key, **conditions(QueryDict(programme.query))}


def usual(given: QueryDict) -> dict[str, Any]:
    """A new programme: the next three months; with the conditions of a search where its address is given."""
    today = timezone.localdate()
    return {"first": today, "last": today + timedelta(days=91), **conditions(given)}
