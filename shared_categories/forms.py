"""What the operator fills in."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.fields import cleaning
from core.text import clean_text
from shared_categories.kinds import PAGES
from shared_categories.models import VOCABULARIES, Entry, Kind, Relation
from shared_categories.models.entry import MOST_DEFINITION, MOST_NAME, TRANSLATED
from shared_categories.models.release import MOST_NOTE
from theming.icon_names import ICON_NAMES

_NAMES = dict(settings.LANGUAGES)


class Words(forms.CharField):
    """One word or phrase a line."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The words without empty lines."""
        lines = (clean_text(line).strip() for line in super().clean(value).splitlines())
        return [line for line in lines if line]


class Hex(forms.CharField):
    """A colour as # and six digits; # and three, or without #, is put right."""

    def to_python(self, value: Any) -> str:
        plain = str(value or "").strip().lower().removeprefix("#")
        if len(plain) == 3:
            plain = "".join(letter * 2 for letter in plain)
        return f"#{plain}" if plain else ""


class SeenForm(forms.Form):
    """A form that knows which state of the entry it was filled in for."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def as_seen(self, entry: Entry) -> Entry:
        """The entry as whoever filled this in had it before them; the services refuse a change on top of another."""
        seen = parse_datetime(self.data.get("seen", "").strip())
        if seen is not None and is_aware(seen):
            entry.changed_at = seen
        return entry


class EntryForm(SeenForm, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """An entry, with the fields its kind has. `values` is what the services take."""

    use_required_attribute = False

    class Meta:
        model = Entry
        fields = ("name", "definition", "icon", "color", "min_age", "max_age", "words", "text")
        field_classes = {"color": Hex}
        widgets = {"definition": forms.Textarea(attrs={"rows": 4}), "text": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = PAGES[Kind(self.instance.kind)].fields
        if "words" in kept:
            self.fields["words"] = Words(
                label=gettext_lazy("Words"), help_text=gettext_lazy("One word or phrase a line, at least two.")
            )
        if "icon" in kept:
            signs = [("", _("as the one above it")), *((name, name) for name in ICON_NAMES)]
            self.fields["icon"] = forms.ChoiceField(label=gettext_lazy("Icon"), required=False, choices=signs)
        if "text" in kept:
            self.fields["text"].required = True
        for name in set(self.fields) - {*kept, "seen"}:
            del self.fields[name]
        if self.instance.pk:
            self.initial["seen"] = self.instance.changed_at.isoformat()

    @property
    def values(self) -> dict[str, Any]:
        """What was filled in, by the names of the model."""
        return {name: self.cleaned_data[name] for name in self.fields if name != "seen"}


class TranslationsForm(SeenForm):
    """Names and definitions in the other languages."""

    use_required_attribute = False

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = entry.changed_at.isoformat()
        for language in TRANSLATED:
            kept = entry.translations.get(language, {})
            named = {"language": _NAMES[language]}
            self._add(f"{language}_name", _("Name, %(language)s") % named, kept.get("name", ""), MOST_NAME)
            label = _("Definition, %(language)s") % named
            self._add(f"{language}_definition", label, kept.get("definition", ""), MOST_DEFINITION, rows=2)

    def _add(self, name: str, label: str, initial: str, most: int, rows: int = 0) -> None:
        language = name.partition("_")[0]
        attributes = {"lang": language, "dir": "auto"} | ({"rows": rows} if rows else {})
        widget: forms.Widget = forms.Textarea(attrs=attributes) if rows else forms.TextInput(attrs=attributes)
        field = forms.CharField(label=label, required=False, max_length=most, initial=initial, widget=widget)
        self.fields[name] = cleaning(field, clean_text)

    @property
    def translations(self) -> dict[str, dict[str, str]]:
        """As an entry keeps them: without what is empty."""
        found: dict[str, dict[str, str]] = {}
        for name, text in self.cleaned_data.items():
            language, _line, part = name.partition("_")
            if text and part:
                found.setdefault(language, {})[part] = text
        return found


class LinkForm(forms.Form):
    """An entry's like in a public vocabulary."""

    use_required_attribute = False
    vocabulary = forms.ChoiceField(
        label=gettext_lazy("Vocabulary"), choices=[(code, name) for code, (name, _form) in VOCABULARIES.items()]
    )
    code = forms.CharField(label=gettext_lazy("Code there"), max_length=100)
    relation = forms.ChoiceField(label=gettext_lazy("Relation"), choices=Relation.choices, initial=Relation.CLOSE)


class EntryChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """An entry to choose by code and name."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Entry.objects.none(), to_field_name="code", **kwargs)

    def label_from_instance(self, obj: Entry) -> str:
        """Code and name."""
        return str(obj)


class MoveForm(forms.Form):
    """Below which entry and behind which one."""

    use_required_attribute = False
    parent = EntryChoice(
        label=pgettext_lazy("place of an entry", "Below"), required=False, empty_label=gettext_lazy("stands at the top")
    )
    behind = EntryChoice(
        label=pgettext_lazy("place of an entry", "Behind"),
        required=False,
        empty_label=gettext_lazy("as the first"),
        help_text=gettext_lazy("One of those that stand below the chosen entry."),
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Entry.objects.present().filter(kind=entry.kind).exclude(pk=entry.pk)
        self.fields["behind"].queryset = others  # type: ignore[attr-defined]  # the stubs know no queryset
        if entry.kind == Kind.CATEGORY:
            self.fields["parent"].queryset = others  # type: ignore[attr-defined]
        else:
            del self.fields["parent"]


class MergeForm(forms.Form):
    """Into which entry another one is merged."""

    use_required_attribute = False
    into = EntryChoice(label=gettext_lazy("Merge into"), empty_label=gettext_lazy("Please choose"))

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Entry.objects.present().filter(kind=entry.kind).exclude(pk=entry.pk)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """What municipalities read of a release."""

    use_required_attribute = False
    note = forms.CharField(
        label=gettext_lazy("Note on the release"),
        max_length=MOST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Municipalities read it beside the differences: what changed, and why."),
    )
