"""Forms of the page on the details of offers."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.seen import Seen
from core.text import clean_text
from portal.offer_fields.models import ExtraField
from portal.offer_fields.usual import OPTIONAL


class ExtraFieldForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """One detail; the kind of its answer is chosen once."""

    answers = forms.CharField(
        label=gettext_lazy("Answers to choose from"),
        required=False,
        help_text=gettext_lazy("Each on a line of its own, in the order in which they are shown."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    class Meta:
        model = ExtraField
        fields = ("name", "question", "help_text", "kind", "several", "use")
        widgets = {"kind": forms.RadioSelect, "use": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["name", "kind", "answers", "several", "use", "question", "help_text"])
        if self.instance.pk:
            del self.fields["kind"]
            self.fields["answers"].initial = "\n".join(
                each.name for each in self.instance.choices.all() if not each.retired
            )
            if self.instance.kind != "choice":
                del self.fields["answers"], self.fields["several"]

    def clean_answers(self) -> list[str]:
        lines = (" ".join(clean_text(line).split()) for line in self.cleaned_data["answers"].splitlines())
        found = list(dict.fromkeys(filter(None, lines)))
        longest = 80
        for each in found:
            if len(each) > longest:
                raise forms.ValidationError(
                    _("Please shorten “%(answer)s …” to %(most)d characters.") % {"answer": each[:30], "most": longest}
                )
        return found


class UsualForm(forms.Form):
    """The usual details that are asked and shown here."""

    asked = forms.MultipleChoiceField(
        label=gettext_lazy("These details are asked and shown"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, filled: Mapping[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, _with_number(label, filled.get(key, 0))) for key, label in OPTIONAL.items()]
        self.fields["asked"].choices = choices  # type: ignore[attr-defined]  # the stubs know no choices


def _with_number(label: Any, number: int) -> str:
    if not number:
        return _("%(detail)s – nowhere filled in yet") % {"detail": label}
    said = ngettext("filled in at %(number)d offer", "filled in at %(number)d offers", number) % {"number": number}
    return f"{label} – {said}"
