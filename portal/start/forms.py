"""Forms of the editors' page: one for a section, one for an entry, each with the fields its kind needs."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from core.fields import cleaning
from core.phones import phone_uri
from core.seen import Seen
from portal.start.models import ONCE, Entry, Kind, Section
from theming.icon_names import ICON_NAMES

# What a section of a kind may say besides its title.
_WITH_TEXT = frozenset({Kind.HERO, Kind.AGES, Kind.TILES, Kind.NOTICE, Kind.EMERGENCY, Kind.PARTNER})
_WITH_LINK = frozenset({Kind.TILES, Kind.NOTICE, Kind.EMERGENCY, Kind.PARTNER})
_MUST_SAY = frozenset({Kind.NOTICE, Kind.PARTNER})


def _dialled(link: str) -> str:
    """`tel:116 117` as a link has to be; all else as it is."""
    if link[:4].casefold() != "tel:":
        return link
    return phone_uri(link[4:]) or link


class _WithLink(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A link may be a telephone number, if it is one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cleaning(cast("forms.CharField", self.fields["link"]), _dialled)

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        if link.startswith("tel:") and not phone_uri(link[4:]):
            raise forms.ValidationError(_("This is no telephone number. Please write it with its area code."))
        return link


class NewSectionForm(forms.Form):
    """Which kind of section to add; those that may stand once and are there already are not offered."""

    kind = forms.ChoiceField(label=_("What should the new section show?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = set(Section.objects.values_list("kind", flat=True))
        choices = [(kind.value, kind.label) for kind in Kind if kind not in ONCE or kind not in there]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]  # the stubs know no choices


class SectionForm(_WithLink):
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


class EntryForm(_WithLink):
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
            choices=[("", pgettext("a symbol", "none")), *((name, name) for name in ICON_NAMES)],
        )
        if section.kind != Kind.AGES:
            del self.fields["age"], self.fields["target_group"]
        if not section.has_pictures:
            del self.fields["image"], self.fields["alt_text"], self.fields["copyright"]
