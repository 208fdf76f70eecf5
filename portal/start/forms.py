"""Forms of the editors' page: one for a section, one for an entry, each with the fields its kind needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.start.models import ONCE, Entry, Kind, Section
from theming.icon_names import ICON_NAMES

# What a section of a kind may say besides its title.
_WITH_TEXT = frozenset({Kind.HERO, Kind.AGES, Kind.TILES, Kind.NOTICE, Kind.EMERGENCY, Kind.PARTNER})
_WITH_LINK = frozenset({Kind.TILES, Kind.NOTICE, Kind.EMERGENCY, Kind.PARTNER})
_MUST_SAY = frozenset({Kind.NOTICE, Kind.PARTNER})


class NewSectionForm(forms.Form):
    """Which kind of section to add; those that may stand once and are there already are not offered."""

    kind = forms.ChoiceField(label=_("What should the new section show?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(Section.objects.values_list("kind", flat=True))
        choices = [(kind.value, kind.label) for kind in Kind if kind not in ONCE or kind not in there]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]


class SectionForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """The words of a section."""

    class Meta:
        model = Section
        fields = ("title", "text", "link", "link_label")
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.instance.kind
        if kind not in _WITH_TEXT:
            del self.fields["text"]
        elif kind in _MUST_SAY:
            self.fields["text"].required = True
        if kind not in _WITH_LINK:
            del self.fields["link"], self.fields["link_label"]


class EntryForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """An entry of a section."""

    class Meta:
        model = Entry
        fields = ("title", "text", "icon", "age", "target_group", "link", "image", "alt_text", "copyright")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section = self.instance.section
        self.fields["icon"] = forms.ChoiceField(
            label=Entry._meta.get_field("icon").verbose_name,
            required=False,
            choices=[("", _("none")), *((name, name) for name in ICON_NAMES)],
        )
        if section.kind != Kind.AGES:
            del self.fields["age"], self.fields["target_group"]
        if not section.has_pictures:
            del self.fields["image"], self.fields["alt_text"], self.fields["copyright"]
