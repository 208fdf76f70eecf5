"""The form of a mail's words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.seen import Seen
from core.text import clean_text
from mail.kinds import Kind
from portal.letters.texts.checking import LONGEST_BODY, missing, problems

LONGEST_SUBJECT = 200


class TextForm(Seen, forms.Form):
    """Subject and text of a kind of mail in one language."""

    subject = forms.CharField(
        label=gettext_lazy("Subject"),
        max_length=LONGEST_SUBJECT,
        error_messages={
            "required": gettext_lazy("Please write a subject. Mails without one are taken for spam."),
        },
    )
    body = forms.CharField(
        label=gettext_lazy("Text"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 18}),
        help_text=gettext_lazy(
            "An empty line begins a new paragraph. Web addresses become links, a link alone on its line a button."
        ),
        error_messages={
            "required": gettext_lazy(
                "Please write a text. If you want the one that came with the portal again, there is a button below."
            ),
        },
    )

    def __init__(self, kind: Kind, language: str, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.kind = kind
        for field in self.fields.values():
            field.widget.attrs.update({"lang": language, "dir": "auto"})

    def clean_subject(self) -> str:
        """One line: a break would begin a header line of its own."""
        subject = " ".join(clean_text(self.cleaned_data["subject"]).split())
        return self._checked(subject, problems(self.kind, subject))

    def clean_body(self) -> str:
        """With line breaks as Unix writes them, which is what mails are made from."""
        body = clean_text(self.cleaned_data["body"]).replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
        return self._checked(body, [*problems(self.kind, body), *missing(self.kind, body)])

    @staticmethod
    def _checked(text: str, found: list[str]) -> str:
        if found:
            raise ValidationError(found)
        if not text.strip():
            raise ValidationError(_("Please write something."))
        return text


class AsTypedForm(forms.Form):
    """What the preview is made from: anything, as far as it is short enough."""

    subject = forms.CharField(required=False, max_length=LONGEST_SUBJECT)
    body = forms.CharField(required=False, max_length=LONGEST_BODY)
