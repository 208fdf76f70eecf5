"""The form of a comparison."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.planning.models import DistrictSheet
from portal.planning.sheets.grouping import LETTERS
from portal.planning.sheets.indicators import known

_LONGEST_TYPE = 60


class SheetForm(forms.Form):
    """Which indicators, in words what they say, and by which two districts are put into types."""

    name = forms.CharField(label=gettext_lazy("Name of the comparison"), max_length=80)
    text = forms.CharField(
        label=gettext_lazy("Words beside the maps"), required=False, max_length=DistrictSheet.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What the maps show, and what they do not. It stays with them, also in a report."),
    )  # fmt: skip
    indicators = forms.MultipleChoiceField(
        label=gettext_lazy("Indicators"), widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Up to six; each becomes a map."),
    )  # fmt: skip
    first = forms.ChoiceField(label=gettext_lazy("Types by"), required=False)
    second = forms.ChoiceField(
        label=gettext_lazy("and by"), required=False,
        help_text=gettext_lazy(
            "Districts are put into four types: above the median of the districts, or not, for each of the two."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.key, each.label) for each in known().values()]
        for name in ("indicators", "first", "second"):
            field: Any = self.fields[name]
            field.choices = choices if name == "indicators" else [("", _("no types")), *choices]
        for letter in LETTERS:
            label = _("Name of type %(letter)s") % {"letter": letter}
            self.fields[f"type_{letter}"] = forms.CharField(label=label, required=False, max_length=_LONGEST_TYPE)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if len(given.get("indicators", [])) > DistrictSheet.MOST:
            self.add_error("indicators", _("Please choose at most six."))
        first, second = given.get("first"), given.get("second")
        if bool(first) != bool(second):
            self.add_error("second", _("Types need two indicators, or none."))
        elif first and first == second:
            self.add_error("second", _("Please choose another one than the first."))
        return given

    def kept(self) -> dict[str, Any]:
        """As it stands in the row."""
        given = self.cleaned_data
        return {
            "name": given["name"],
            "text": given["text"].strip(),
            "indicators": given["indicators"],
            "axes": [given["first"], given["second"]] if given["first"] else [],
            "names": {letter: given[f"type_{letter}"] for letter in LETTERS if given[f"type_{letter}"]},
        }


def initial_of(sheet: DistrictSheet) -> dict[str, Any]:
    """The form of a comparison that is there."""
    first, second = sheet.axes or ("", "")
    names = {f"type_{letter}": name for letter, name in sheet.names.items()}
    return {"name": sheet.name, "text": sheet.text, "indicators": sheet.indicators, "first": first, "second": second,
            **names}  # fmt: skip
