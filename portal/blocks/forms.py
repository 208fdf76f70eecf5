"""The forms of the editor: one for what a block says, one for each of its entries, made from what its kind declares."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import richtext
from core.fields import cleaning
from core.html import check_length
from core.numbers import whole_number
from core.seen import Seen
from core.text import clean_text
from portal.blocks import documents
from portal.blocks.fields import LinkField, PhoneField, PlaceField, ProviderField, SearchField
from portal.blocks.models import Document
from portal.media import services as media
from portal.media.models import MediaFile
from portal.pages.models import Menu, Page
from portal.pages.shapes import Block, Data, Field, Kind, Shape

MOST_CHOICES = 60
BLANK_ROWS = 1
UPLOAD = "_datei"
Files = MultiValueDict[str, Any]


def _pictures() -> list[tuple[str, str]]:
    rows = MediaFile.objects.filter(owner__isnull=True).only("pk", "alt_text", "copyright")[:MOST_CHOICES]
    return [(str(row.pk), row.alt_text or _("Picture %(number)d") % {"number": row.pk}) for row in rows]


def _documents() -> list[tuple[str, str]]:
    return [(str(row.pk), row.name) for row in Document.objects.only("pk", "name")[:MOST_CHOICES]]


class Library:
    """What can be chosen, asked for once for all forms of a page."""

    def __init__(self) -> None:
        self._known: dict[Shape, list[tuple[str, str]]] = {}

    def choices(self, shape: Shape, kept: Any) -> list[tuple[str, str]]:
        """The newest, and the one that is kept."""
        if shape not in self._known:
            self._known[shape] = _pictures() if shape == Shape.PICTURE else _documents()
        found = self._known[shape]
        if kept and str(kept) not in {value for value, _label in found}:
            found = [(str(kept), _("The one that is there now")), *found]
        return [("", _("none")), *found]


def _choice(field: Field) -> forms.Field:
    return forms.ChoiceField(choices=[("", str(field.blank) or _("as usual")), *field.choices])


_SIMPLE: dict[Shape, Callable[[Field], forms.Field]] = {
    Shape.LINE: lambda field: cleaning(forms.CharField(max_length=field.most), clean_text),
    Shape.LINES: lambda field: cleaning(
        forms.CharField(max_length=field.most, widget=forms.Textarea(attrs={"rows": 3})), clean_text
    ),
    Shape.MARKUP: lambda field: forms.CharField(widget=forms.Textarea(attrs={"rows": 12})),
    Shape.LINK: lambda field: LinkField(max_length=500),
    Shape.PROVIDER: lambda field: ProviderField(max_length=300),
    Shape.SEARCH: lambda field: SearchField(max_length=3000),
    Shape.CHOICE: _choice,
    Shape.FLAG: lambda field: forms.BooleanField(),
    Shape.EMAIL: lambda field: forms.EmailField(max_length=254),
    Shape.PHONE: lambda field: PhoneField(max_length=60),
    Shape.PLACE: lambda field: PlaceField(max_length=200),
}


class PartForm(forms.Form):
    """Some fields of a kind, filled with what a block says. `by` is who sends files."""

    def __init__(
        self, fields: tuple[Field, ...], said: Data, *, prefix: str, by: Any, library: Library,
        data: QueryDict | None = None, files: Files | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data.copy() if data is not None else None, files, prefix=prefix, initial=_typed(fields, said))
        self.declared, self.said, self.by = fields, said, by
        for field in fields:
            self._add(field, library)

    def _add(self, field: Field, library: Library) -> None:
        if field.shape in {Shape.PICTURE, Shape.DOCUMENT}:
            made: forms.Field = forms.ChoiceField(choices=library.choices(field.shape, self._kept(field.name)))
            upload = forms.FileField(required=False, label=_("… or send a new one"))
            self.fields[field.name], self.fields[field.name + UPLOAD] = made, upload
        else:
            self.fields[field.name] = made = _SIMPLE[field.shape](field)
        made.label, made.help_text = str(field.label), str(field.help)
        # What is missing is told before it goes online: a draft may be half done.
        made.required = field.required and field.shape not in {Shape.PICTURE, Shape.DOCUMENT}

    def _kept(self, name: str) -> Any:
        return self.data.get(self.add_prefix(name)) if self.is_bound else self.said.get(name)

    @property
    def number(self) -> str:
        """Which entry of the page it is."""
        return str(self.prefix)[1:]

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written into it."""
        names = [self.add_prefix(name) for name in self.fields]
        written = [*(richtext.beside(name) for name in names), *names]
        return not any((self.data.get(name) or "").strip() for name in written) and not any(
            self.files.get(name) for name in names
        )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        for field in self.declared:
            if field.shape == Shape.MARKUP and field.name in found:
                self._clean_markup(field, found)
            elif field.shape in {Shape.PICTURE, Shape.DOCUMENT}:
                self._clean_file(field, found)
        self._need_words(found)
        return found

    def _clean_markup(self, field: Field, found: dict[str, Any]) -> None:
        name = self.add_prefix(field.name)
        sent = str(self.data.get(richtext.beside(name)) or found[field.name])
        try:
            check_length(sent)
        except ValidationError as error:
            self.add_error(field.name, error)
            return
        if richtext.beside(name) not in self.data and richtext.to_html(found[field.name]) == richtext.to_html(
            richtext.to_text(self.said.get(field.name, ""))
        ):
            found[field.name] = self.said.get(field.name, "")
        else:
            found[field.name] = richtext.written(self.data, name, found[field.name])

    def _clean_file(self, field: Field, found: dict[str, Any]) -> None:
        upload = found.pop(field.name + UPLOAD, None)
        number = found.get(field.name) or None
        if upload:
            try:
                number = self._received(field, upload, found).pk
            except ValidationError as error:
                self.add_error(field.name + UPLOAD, error)
                return
            self.data[self.add_prefix(field.name)] = str(number)  # type: ignore[index]  # a copy of our own
            self.fields[field.name].choices = [  # type: ignore[attr-defined]  # the stubs know no choices
                (str(number), _("The one that is there now")),
                *self.fields[field.name].choices,  # type: ignore[attr-defined]
            ]
        if number is None and field.required:
            self.add_error(field.name, _("Please choose one, or send a new one."))
        found[field.name] = int(number) if number else None

    def _received(self, field: Field, upload: Any, found: dict[str, Any]) -> Any:
        if field.shape == Shape.DOCUMENT:
            return documents.receive(upload, by=self.by)
        words = {"alt_text": found.get("alt", ""), "copyright": found.get("credit", "")}
        return media.receive(upload, by=self.by, **words)

    def _need_words(self, found: dict[str, Any]) -> None:
        if not found.get("picture"):
            return
        if "alt" in self.fields and not (found.get("alt") or found.get("plain")):
            self.add_error(
                "alt", _("Please say what is to be seen, or tick below that the picture is only decoration.")
            )
        if not found.get("credit") and "credit" not in self.errors:
            self.add_error("credit", _("Please say who made the picture."))

    def markup(self, name: str) -> str:
        """The markup of a long text, for its bar."""
        return (
            richtext.shown(self.data, self.add_prefix(name), self.said.get(name, ""))
            if self.is_bound
            else self.said.get(name, "")
        )

    def shown_slots(self) -> list[dict[str, Any]]:
        """The fields for the page, in their order."""
        shapes = {field.name: field.shape.value for field in self.declared}
        return [
            {
                "field": self[name],
                "shape": shapes.get(name, "upload"),
                "markup": self.markup(name) if shapes.get(name) == Shape.MARKUP else "",
            }
            for name in self.fields
        ]


def _typed(fields: tuple[Field, ...], said: Data) -> Data:
    """What is kept, as its fields show it: a long text as somebody would have typed it."""
    markup = {field.name for field in fields if field.shape == Shape.MARKUP}
    return {name: richtext.to_text(value) if name in markup else value for name, value in said.items()}


class BlockForm:
    """Everything of a block: its own fields and its entries, with one empty entry at the end."""

    def __init__(
        self, block: Block, kind: Kind, *, by: Any, data: QueryDict | None = None, files: Files | None = None,
        without: int | None = None,
    ) -> None:  # fmt: skip
        self.kind, self.block = kind, block
        self._given: dict[str, Any] = {"by": by, "library": Library()}
        sent: dict[str, Any] = {"data": data, "files": files}
        self.own = PartForm(kind.fields, block["data"], prefix="b", **self._given, **sent)
        items = block["data"].get("items", [])
        count = len(items) + BLANK_ROWS if data is None else _number(data)
        self.rows = [
            self._row(number, items[number] if number < len(items) else {}, sent)
            for number in range(min(count, kind.most_items))
            if number != without
        ]
        self.filled = [row for row in self.rows if row.is_bound]

    def _row(self, number: int, said: Data, sent: dict[str, Any]) -> PartForm:
        """An entry; one that was sent empty is no entry, so nothing can be wrong with it."""
        made = PartForm(self.kind.items, said, prefix=f"e{number}", **self._given, **sent)
        if made.is_bound and made.is_blank:
            return PartForm(self.kind.items, {}, prefix=f"e{number}", **self._given)
        return made

    def is_valid(self) -> bool:
        """Whether all of it can be kept."""
        valid = [form.is_valid() for form in (self.own, *self.filled)]
        return all(valid)

    @property
    def said(self) -> Data:
        """What the block says then."""
        found: Data = dict(self.own.cleaned_data)
        if self.kind.items:
            found["items"] = [row.cleaned_data for row in self.filled]
        return found

    def place_of(self, number: int) -> int | None:
        """Where among the filled entries the one of this number on the page stands."""
        return next((place for place, row in enumerate(self.filled) if row.prefix == f"e{number}"), None)

    @property
    def errors(self) -> list[dict[str, str]]:
        """All that is wrong, with the field it is in."""
        found = []
        for form in (self.own, *self.filled):
            for name, messages in (form.errors or {}).items():
                field = form[name]
                found += [
                    {"url": f"#{field.id_for_label}", "label": f"{field.label}: {message}"} for message in messages
                ]
        return found

    @property
    def uploads(self) -> str:
        """The names of its fields for files, with commas."""
        return ",".join(
            form.add_prefix(name) for form in (self.own, *self.rows) for name in form.fields if name.endswith(UPLOAD)
        )


def _number(data: QueryDict) -> int:
    """How many entries the page showed."""
    sent = data.get("zeilen", "")
    return whole_number(sent, digits=3) or 0


class NewPageForm(forms.Form):
    """A new page."""

    title = cleaning(forms.CharField(label=gettext_lazy("Title"), max_length=200), clean_text)
    slug = forms.CharField(
        label=gettext_lazy("Address"),
        required=False,
        max_length=80,
        help_text=gettext_lazy("Leave it empty, then it is made from the title. Small letters, digits and hyphens."),
    )
    like = forms.ModelChoiceField(
        Page.objects.none(),
        label=gettext_lazy("Begin with the blocks of"),
        required=False,
        empty_label=gettext_lazy("an empty page"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].queryset = Page.objects.order_by("position", "pk")  # type: ignore[attr-defined]


class PageForm(Seen, forms.Form):
    """What a page is called, and where it stands."""

    title = cleaning(forms.CharField(label=gettext_lazy("Title"), max_length=200), clean_text)
    slug = forms.CharField(
        label=gettext_lazy("Address"), max_length=80, help_text=gettext_lazy("Small letters, digits and hyphens.")
    )
    menu = forms.ChoiceField(
        label=gettext_lazy("Link in the menu"), choices=Menu.choices, help_text=gettext_lazy("Holds at once.")
    )
    for_professionals = forms.BooleanField(
        label=gettext_lazy("For professionals"),
        required=False,
        help_text=gettext_lazy("Lists the page at /fachkraefte/. Holds at once."),
    )


class PlanForm(forms.Form):
    """When a draft goes online."""

    tag = forms.DateField(
        label=gettext_lazy("Draft online from"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={
            "invalid": gettext_lazy("Please give the day, for example 1.12.2026."),
            "required": gettext_lazy("Please give the day, for example 1.12.2026."),
        },
    )
    zeit = forms.TimeField(
        label=gettext_lazy("Time of day"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "invalid": gettext_lazy("Please give the time, for example 8:00."),
            "required": gettext_lazy("Please give the time, for example 8:00."),
        },
    )

    @property
    def moment(self) -> datetime:
        """Day and time, as the clocks of the town show them."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["tag"], self.cleaned_data["zeit"]))
