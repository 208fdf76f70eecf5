"""The forms of entries: one for every list, made from what its `Kind` declares."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.seen import Seen
from portal.media.pictures import prepare
from portal.vocabulary.kinds import Kind
from portal.vocabulary.rows import Rows
from theming.icon_names import ICON_NAMES

# What stands for actions in the frame of pages, and would be taken for a button.
_SIGNS_OF_ACTIONS = frozenset(
    {"close", "menu", "arrow-forward", "arrow-back", "chevron-forward", "chevron-back", "chevron-down", "external",
     "print", "share", "warning", "danger", "success", "plus", "edit", "delete", "download", "upload", "copy",
     "settings", "sign-in", "sign-out", "filter"}
)  # fmt: skip
SIGNS = tuple(name for name in ICON_NAMES if name not in _SIGNS_OF_ACTIONS)


class Picture(forms.ImageField):
    """A picture that is looked at by its content, whatever it is called: SVG is none."""

    def to_python(self, data: Any) -> Any:
        # Django's own look at it would refuse what we can read (HEIC) and has no limits.
        if data in self.empty_values:
            return None
        prepare(data)
        data.seek(0)
        return data


class EntryForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """An entry of a list; `rows` are all entries of it."""

    def __init__(self, *args: Any, kind: Kind, rows: Rows, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        if "parent" in self.fields:
            self._choose_parent(rows)
        if "icon" in self.fields:
            self.fields["icon"] = forms.ChoiceField(
                label=gettext_lazy("Sign"), required=False, widget=forms.RadioSelect, choices=_signs()
            )
        if "image" in self.fields:
            self.fields["image"] = Picture(
                label=gettext_lazy("Picture"),
                required=False,
                help_text=gettext_lazy("JPEG, PNG, WebP or HEIC. Place and device that a camera noted are removed."),
            )

    def _choose_parent(self, rows: Rows) -> None:
        own = self.instance.pk
        inside = {own, *rows.walk(own)} if own else set()
        there = [(pk, "– " * (len(rows.trail(pk)) - 1) + rows.by_pk[pk].name) for pk in rows.walk() if pk not in inside]
        field = forms.TypedChoiceField(
            label=gettext_lazy("Belongs to"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("stands at the top")), *there],
        )
        self.fields["parent"] = field
        self.initial["parent"] = self.instance.parent_id or ""
        self._rows = rows

    def clean_parent(self) -> Any:
        """The row: models want it so."""
        pk = self.cleaned_data["parent"]
        return self._rows.by_pk[pk] if pk is not None else None

    def clean(self) -> dict[str, Any]:
        kept = super().clean() or {}
        if kept.get("image") and not kept.get("image_copyright"):
            self.add_error("image_copyright", _("Please say who made the picture. Without this it may not be shown."))
        return kept

    @property
    def summary(self) -> list[dict[str, str]]:
        """Every error with a link to its field, and which field that is."""
        found = [{"id": "", "text": str(error)} for error in self.non_field_errors()]
        return found + [
            {"id": self[name].id_for_label, "text": f"{self[name].label}: {text}"}
            for name in self.fields
            for text in self[name].errors
        ]


class _Hex(forms.CharField):
    """A colour as # and six digits; # and three, or without #, is put right."""

    def to_python(self, value: Any) -> str:
        written = str(value or "").strip().lower()
        plain = written.removeprefix("#")
        if len(plain) == 3:
            plain = "".join(letter * 2 for letter in plain)
        return f"#{plain}" if plain else ""


def _signs() -> list[tuple[str, Any]]:
    return [("", _("as above it")), *((name, name) for name in SIGNS)]


def form_class(kind: Kind) -> type[EntryForm]:
    """The form of a list."""
    given: dict[str, Any] = {"form": EntryForm, "fields": kind.fields}
    if "color" in kind.fields:
        given["field_classes"] = {"color": _Hex}
        given["labels"] = {
            "image_alt": gettext_lazy("What does the picture show?"),
            "image_copyright": gettext_lazy("Who made the picture?"),
        }
    made: Any = forms.modelform_factory(kind.model, **given)
    return cast("type[EntryForm]", made)


class MergeForm(forms.Form):
    """Into which entry another one is to be merged."""

    into = forms.TypedChoiceField(label=gettext_lazy("Take over into"), coerce=int)

    def __init__(self, *args: Any, rows: Rows, pk: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [
            (each, "– " * (len(rows.trail(each)) - 1) + rows.by_pk[each].name) for each in rows.walk() if each != pk
        ]
        self.fields["into"].choices = [("", _("Please choose")), *choices]  # type: ignore[attr-defined]  # the stubs know no choices


class MoveForm(forms.Form):
    """Below which entry, or before which one, an entry is to stand."""

    parent = forms.ChoiceField(label=gettext_lazy("Belongs to"), required=False)
    before = forms.ChoiceField(label=gettext_lazy("Stands before"), required=False)

    def __init__(self, *args: Any, kind: Kind, rows: Rows, pk: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = {pk, *rows.walk(pk)}
        named = [(each, "– " * (len(rows.trail(each)) - 1) + rows.by_pk[each].name) for each in rows.walk()]
        others = [(each, name) for each, name in named if each not in inside]
        if kind.tree:
            self.fields["parent"].choices = [("", _("stands at the top")), *others]  # type: ignore[attr-defined]  # the stubs know no choices
            del self.fields["before"]
        else:
            self.fields["before"].choices = [*others, ("", _("at the end"))]  # type: ignore[attr-defined]  # the stubs know no choices
            del self.fields["parent"]


class FileForm(forms.Form):
    """A file to take over."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={
            "required": gettext_lazy("Please choose a file."),
            "empty": gettext_lazy("This file is empty. Please choose it again."),
        },
    )
