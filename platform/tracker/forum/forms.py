"""What is filled in in the exchange."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from tracker.forum import files
from tracker.forum.models import AgendaItem, Contact, Example, Post, Topic
from tracker.forum.models.examples import MOST_BLOCKS, MOST_FILES
from tracker.forum.models.talk import TEXT, TITLE

_SOME = {"rows": 5}
_MUCH = {"rows": 10}


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A new topic."""

    use_required_attribute = False

    class Meta:
        model = Topic
        fields = ("title", "text")
        widgets = {"text": forms.Textarea(attrs=_MUCH)}


class PostForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """An answer."""

    use_required_attribute = False

    class Meta:
        model = Post
        fields = ("text",)
        labels = {"text": gettext_lazy("Your answer")}
        widgets = {"text": forms.Textarea(attrs=_SOME)}


class ManyFiles(forms.ClearableFileInput):
    """A field for several files at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Each of them looked at."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        given = data if isinstance(data, list | tuple) else [data] if data else []
        if len(given) > MOST_FILES:
            raise ValidationError(_("An example may have %(most)d files.") % {"most": MOST_FILES})
        for each in given:
            files.check(each)
        return list(given)


class ExampleForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """A good example, with some places for texts to take over and a field for files."""

    use_required_attribute = False
    uploads = ManyFilesField(
        label=gettext_lazy("Files to take over"),
        required=False,
        help_text=gettext_lazy("Letters, posters, lists: PDF, Word, Excel, LibreOffice, pictures, text; 8 MB each."),
    )

    class Meta:
        model = Example
        fields = ("title", "text", "advice")
        widgets = {"text": forms.Textarea(attrs=_MUCH), "advice": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = list(self.instance.blocks.values_list("title", "text")) if self.instance.pk else []
        sent = sum(1 for name in self.data if name.startswith("block_title_"))
        self.places = range(min(MOST_BLOCKS, max(len(kept) + 2, sent)))
        for place in self.places:
            title, text = kept[place] if place < len(kept) else ("", "")
            self.fields[f"block_title_{place}"] = forms.CharField(
                label=gettext_lazy("Name of the text"), max_length=TITLE, required=False, initial=title
            )
            self.fields[f"block_text_{place}"] = forms.CharField(
                label=gettext_lazy("Text to take over"),
                max_length=TEXT,
                required=False,
                initial=text,
                widget=forms.Textarea(attrs=_SOME),
            )
        there = [(each.pk, each.name) for each in self.instance.files.all()] if self.instance.pk else []
        if there:
            self.fields["dropped"] = forms.TypedMultipleChoiceField(
                label=gettext_lazy("Remove files"),
                choices=there,
                coerce=int,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for place in self.places:
            title, text = data.get(f"block_title_{place}", ""), data.get(f"block_text_{place}", "")
            if bool(title) != bool(text):
                empty = f"block_text_{place}" if title else f"block_title_{place}"
                if empty not in self.errors:
                    self.add_error(empty, _("A text to take over needs both a name and the text."))
        return data

    def blocks(self) -> list[tuple[str, str]]:
        """The texts in their order, without empty places."""
        given = ((self.cleaned_data[f"block_title_{n}"], self.cleaned_data[f"block_text_{n}"]) for n in self.places)
        return [(title, text) for title, text in given if title and text]

    def main_fields(self) -> list[Any]:
        """What it is about."""
        return [self[name] for name in self.Meta.fields]

    def file_fields(self) -> list[Any]:
        """Files to add, and those to remove."""
        return [self[name] for name in ("uploads", "dropped") if name in self.fields]

    def block_fields(self) -> list[Any]:
        """The places as pairs of fields."""
        return [(self[f"block_title_{place}"], self[f"block_text_{place}"]) for place in self.places]


class ContactForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """Oneself as a contact person."""

    use_required_attribute = False
    agreed = forms.BooleanField(
        label=gettext_lazy("I agree that editors of all municipalities and the operator read this."),
        error_messages={"required": gettext_lazy("Without your tick nobody is named.")},
        help_text=gettext_lazy("You can take it back here at any time; then all of it is deleted."),
    )

    class Meta:
        model = Contact
        fields = ("name", "about", "email", "phone")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
        }


class PointForm(forms.ModelForm):  # type: ignore[type-arg]  # as above
    """A point to talk about."""

    use_required_attribute = False

    class Meta:
        model = AgendaItem
        fields = ("title", "text")
        labels = {"title": pgettext_lazy("of an agenda", "Point")}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
