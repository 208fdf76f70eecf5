"""Which organisation somebody means: a new one, or one that is in the portal already, by its name."""

from difflib import get_close_matches
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.fields import cleaning
from core.numbers import whole_number
from core.text import clean_text, fold
from portal.feedback.forms import one_line
from portal.providers.models import Provider

NEW, EXISTING = "neu", "vorhanden"
CHOOSE = gettext_lazy("Please choose one of the two.")
MOST_FOUND = 8
# A longer list helps nobody who types; then the answer to what was typed is the list.
MOST_SUGGESTED = 400


def joinable() -> QuerySet[Provider]:
    """Those anybody may ask to join: what is not public, nobody is told of."""
    return Provider.objects.public()


def named(text: str) -> list[Provider]:
    """The public organisations of exactly this name, however it is spelled."""
    return _fetched([pk for pk, name in _names() if fold(name) == fold(text)])


def found(text: str) -> list[Provider]:
    """Those that may be meant: of this name; else whose name has all these words; else of a name much like it."""
    wanted = fold(text)
    if not wanted:
        return []
    names = {pk: fold(name) for pk, name in _names()}
    same = [pk for pk, name in names.items() if name == wanted]
    within = [pk for pk, name in names.items() if all(word in name for word in wanted.split())]
    near = get_close_matches(wanted, set(names.values()), n=MOST_FOUND, cutoff=0.7) if not (same or within) else []
    return _fetched(same or within or [pk for pk, name in names.items() if name in near])[:MOST_FOUND]


def suggestions() -> list[str]:
    """The names for the list below the field; none where there are too many for one."""
    names = [name for _pk, name in joinable().values_list("pk", "name")[: MOST_SUGGESTED + 1]]
    return names if len(names) <= MOST_SUGGESTED else []


def _names() -> Any:
    return joinable().values_list("pk", "name")


def _fetched(ids: list[int]) -> list[Provider]:
    return list(joinable().filter(pk__in=ids))


class OrganisationForm(forms.Form):
    """The first question of everybody who comes: is your organisation here already?"""

    org = forms.ChoiceField(
        label=gettext_lazy("Is your club or organisation in the portal already?"),
        choices=((NEW, gettext_lazy("No, not yet")), (EXISTING, gettext_lazy("Yes, and I would like to join"))),
        widget=forms.RadioSelect,
        initial=NEW,
        error_messages={"required": CHOOSE},
    )
    org_name = cleaning(
        forms.CharField(
            label=gettext_lazy("What is its name?"),
            required=False,
            max_length=255,
            validators=[one_line],
            widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        ),
        clean_text,
    )
    org_da = cleaning(
        forms.CharField(
            label=gettext_lazy("Which one is it?"),
            required=False,
            max_length=255,
            help_text=gettext_lazy("Those responsible there are asked whether you belong to it."),
            widget=forms.TextInput(attrs={"autocomplete": "off", "list": "organisationen"}),
        ),
        clean_text,
    )
    org_wahl = forms.CharField(required=False, max_length=12, widget=forms.HiddenInput)
    org_trotzdem = forms.CharField(required=False, max_length=255, widget=forms.HiddenInput)

    candidates: list[Provider]
    double: Provider | None
    provider: Provider | None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates, self.double, self.provider = [], None, None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("org") == NEW:
            self._clean_new(cleaned)
        elif cleaned.get("org") == EXISTING:
            self._clean_existing(cleaned)
        return cleaned

    def _clean_new(self, cleaned: dict[str, Any]) -> None:
        name = " ".join(cleaned.get("org_name", "").split())
        cleaned["org_name"] = name
        if not name and "org_name" not in self.errors:
            self.add_error("org_name", _("Please write the name, for example “Nachbarschaftstreff Malstatt e. V.”."))
            return
        same = named(name)
        if same and fold(cleaned.get("org_trotzdem", "")) != fold(name):
            self.double = same[0]

    def _clean_existing(self, cleaned: dict[str, Any]) -> None:
        chosen, typed = cleaned.get("org_wahl", ""), cleaned.get("org_da", "")
        number = whole_number(chosen)
        if number is not None:
            self.provider = joinable().filter(pk=number).first()
        if self.provider is None and typed:
            there = found(typed)
            exact = [each for each in there if fold(each.name) == fold(typed)]
            self.provider = exact[0] if len(exact) == 1 else None
            self.candidates = [] if self.provider else there
        if self.provider is not None:
            return
        if self.candidates:
            self.add_error("org_da", _("Which of these do you mean?"))
        elif not typed:
            self.add_error("org_da", _("Please write the name of the organisation."))
        else:
            self.add_error(
                "org_da", _("We found no organisation of this name. Please write it as in the portal, or a part of it.")
            )

    def only_search(self) -> None:
        """Somebody looked for a name: what else is missing they have not been asked yet."""
        for name in [each for each in self.errors if each != "org_da" or self.candidates]:
            del self.errors[name]

    @property
    def organisation(self) -> str:
        """The name of a new organisation; empty where somebody joins one."""
        return str(self.cleaned_data["org_name"]) if self.cleaned_data["org"] == NEW else ""

    @property
    def asks(self) -> bool:
        """Whether there is a question to answer before anything is done, although nothing is wrong."""
        return self.double is not None


def answered(data: QueryDict) -> QueryDict:
    """What was sent, with the answer of the button that was pressed in it."""
    given = data.copy()
    if chosen := given.get("dazu"):
        given["org"], given["org_wahl"] = EXISTING, chosen
    elif given.get("org") != EXISTING or "org_suche" in given:
        given["org_wahl"] = ""
    if "trotzdem" in given:
        given["org_trotzdem"] = given.get("org_name", "")
    return given
