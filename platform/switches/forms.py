"""For whom a switch is turned."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from switches.services import OFF, ON, UNSET, Whom
from switches.standing import Town

ALL, WAVE, TOWN = "alle", "welle", "kommune"


class TurnForm(forms.Form):
    """Whom, and how."""

    use_required_attribute = False
    whom = forms.ChoiceField(label=gettext_lazy("For whom"))
    wanted = forms.ChoiceField(
        label=gettext_lazy("The switch is"),
        choices=[
            (ON, pgettext_lazy("a switch", "on")),
            (OFF, pgettext_lazy("a switch", "off")),
            (UNSET, gettext_lazy("not turned: what is turned more widely holds")),
        ],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, towns: list[Town], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waves = sorted({each.wave for each in towns})
        whom: Any = self.fields["whom"]
        whom.choices = [
            (ALL, _("all municipalities")),
            (_("Waves"), [(f"{WAVE}:{each}", each) for each in waves]),
            (_("Municipalities"), [(f"{TOWN}:{each.slug}", each.name) for each in towns]),
        ]

    @property
    def chosen(self) -> Whom:
        """Of a form without mistakes."""
        kind, _colon, name = self.cleaned_data["whom"].partition(":")
        return Whom(slug=name if kind == TOWN else "", wave=name if kind == WAVE else "")
