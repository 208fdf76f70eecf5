"""The internal note of an offer or a provider, as a form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from core.seen import Seen
from core.text import clean_text
from portal.inventory.models import Note


class NoteForm(Seen, forms.Form):
    """Also of a note that is not there yet: of two who write the first one, the second is asked."""

    notiz = forms.CharField(
        label=gettext_lazy("Only the editors see it"),
        required=False,
        max_length=Note.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, note: Note | None, data: Any = None) -> None:
        super().__init__(data, initial={"notiz": note.text if note else ""}, auto_id="%s")

    def clean_notiz(self) -> str:
        return clean_text(self.cleaned_data["notiz"]).strip()
