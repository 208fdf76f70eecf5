"""The questions of a legal page as a form. What the law demands may still be missing when it is saved: whoever fills it
in is interrupted often. What is there must be right."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import clean_text
from portal.site.forms import Summed
from portal.site.legal.kinds import LegalPage
from portal.site.legal.lands import LANDS
from portal.site.legal.questions import Question, Type

LONGEST_LINE, LONGEST_TEXT = 300, 4000


class LegalForm(Summed, forms.Form):
    """All questions of a page; `answers` afterwards is what is kept: text by name."""

    use_required_attribute = False

    def __init__(self, page: LegalPage, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        for question in page.questions:
            self.fields[question.name] = _field(question)

    def full_clean(self) -> None:
        """A gap is no error here: the page names what is missing."""
        super().full_clean()
        # Asked for by `errors`, which cleans: here it is what cleaning left.
        found: dict[str, Any] = self.__dict__["_errors"]
        for name in [
            name for name, errors in found.items() if all(each.code == "required" for each in errors.as_data())
        ]:
            del found[name]
            self.cleaned_data[name] = ""

    @property
    def answers(self) -> dict[str, str]:
        """What was answered."""
        found = {name: _kept(value) for name, value in self.cleaned_data.items()}
        return {name: value for name, value in found.items() if value}

    @property
    def parts(self) -> list[dict[str, Any]]:
        """Title and fields of each part, in order."""
        return [
            {"title": part.title, "fields": [self[question.name] for question in part.questions]}
            for part in self.page.parts
        ]


def _kept(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return clean_text(str(value if value is not None else "")).strip()


def _field(question: Question) -> forms.Field:
    law = _("Demanded by %(law)s.") % {"law": question.law} if question.law else ""
    common = {
        "label": question.label,
        "required": question.demanded,
        "help_text": " ".join(str(each) for each in (law, question.help) if each),
    }
    return _MAKERS.get(question.type, _line)(common)


def _line(common: dict[str, Any]) -> forms.Field:
    return forms.CharField(max_length=LONGEST_LINE, **common)


def _land(common: dict[str, Any]) -> forms.Field:
    lands = [(code, land.name) for code, land in LANDS.items()]
    return forms.ChoiceField(choices=[("", gettext_lazy("Please choose")), *lands], **common)


def _postcode(common: dict[str, Any]) -> forms.Field:
    wrong = gettext_lazy("A postcode has five digits.")
    return forms.RegexField(r"^[0-9]{5}$", error_messages={"invalid": wrong}, **common)


_MAKERS: dict[Type, Callable[[dict[str, Any]], forms.Field]] = {
    Type.TEXT: lambda common: forms.CharField(
        max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}), **common
    ),
    Type.EMAIL: lambda common: forms.EmailField(max_length=254, **common),
    Type.DATE: lambda common: forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **common
    ),
    Type.DAYS: lambda common: forms.IntegerField(min_value=1, max_value=3650, **common),
    Type.LAND: _land,
    Type.POSTCODE: _postcode,
}
