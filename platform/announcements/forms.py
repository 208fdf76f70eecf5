"""What the operator writes."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from announcements.models import ROLES, Announcement, Audience
from core import richtext
from core.html import check_length
from tenants.models import Municipality


class _Towns(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class AnnouncementForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Words, days, whom it is for, and whether by mail as well."""

    use_required_attribute = False
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Who reads it"), choices=ROLES, widget=forms.CheckboxSelectMultiple
    )
    waves = forms.MultipleChoiceField(label=gettext_lazy("Waves"), required=False, widget=forms.CheckboxSelectMultiple)
    towns = _Towns(
        label=gettext_lazy("Municipalities"),
        queryset=None,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Several: with Ctrl or Shift."),
    )

    class Meta:
        model = Announcement
        fields = ("title", "text", "starts_on", "ends_on", "audience", "waves", "towns", "roles", "by_mail")
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "text": forms.Textarea(attrs={"rows": 8}),
            "audience": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        towns, waves, audience = (self.fields[name] for name in ("towns", "waves", "audience"))
        towns.queryset = Municipality.objects.live()  # type: ignore[attr-defined]  # a field with rows
        names = Municipality.objects.order_by("wave").values_list("wave", flat=True).distinct()
        waves.choices = [(each, each) for each in names]  # type: ignore[attr-defined]  # a field with choices
        audience.choices = Audience.choices  # type: ignore[attr-defined]  # without the empty one
        if self.instance.pk is None:
            self.initial["roles"] = [value for value, _label in ROLES]
        self.kept = self.instance.text
        self.initial["text"] = richtext.to_text(self.kept)

    def clean_text(self) -> str:
        """The markup, as the editor sent it or as the plain field means it."""
        text = self.cleaned_data["text"]
        if "text_html" not in self.data and richtext.to_html(text) == richtext.to_html(richtext.to_text(self.kept)):
            return str(self.kept)
        markup = richtext.written(self.data, "text", text)
        check_length(markup)
        return markup

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        audience = found.get("audience")
        if audience == Audience.WAVES and not found.get("waves"):
            self.add_error("waves", ValidationError(_("Please choose at least one wave.")))
        if audience == Audience.TOWNS and not found.get("towns"):
            self.add_error("towns", ValidationError(_("Please choose at least one municipality.")))
        if audience != Audience.WAVES:
            found["waves"] = []
        return found

    @property
    def markup(self) -> str:
        """For the bar above the text."""
        return richtext.shown(self.data, "text", self.kept) if self.is_bound else self.kept
