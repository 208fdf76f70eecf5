"""Why something is given back: chosen sentences and one's own words, and the mail it makes."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from mail.rendering import Letter
from portal.authoring import letters as offer_letters
from portal.authoring.profile import letters as profile_letters
from portal.editorial.review.models import Sentence, Verb
from portal.organisations.letters import registration_letter
from portal.revisions.errors import LONGEST_REASON
from portal.revisions.models import Revision

MOST_SENTENCES = 100
FIRST_SENTENCES = (
    _("The credit of the picture is missing (who made it?)."),
    _("Please say whether the place can be reached without steps."),
    _("Please write shorter sentences."),
    _("The dates do not fit the description."),
)


class ReasonForm(forms.Form):
    """Sentences, words and what shall happen."""

    satz = forms.ModelMultipleChoiceField(
        Sentence.objects.none(),
        required=False,
        label=_("What is still missing?"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The sentences you choose go into the mail."),
    )
    grund = forms.CharField(
        required=False,
        max_length=LONGEST_REASON,
        label=_("Your words"),
        widget=forms.Textarea({"rows": 4}),
        error_messages={"max_length": _("Please shorten the reason to 2000 characters.")},
    )
    art = forms.ChoiceField(
        choices=(
            ("zurueck", _("Give back")),
            ("sperren", _("Block")),
        ),
        initial="zurueck",
        required=False,
        label=_("What shall happen?"),
        widget=forms.RadioSelect,
    )

    def __init__(self, data: Any = None, *, blocking: bool = False) -> None:
        super().__init__(data, initial={"art": "sperren" if blocking else "zurueck"})
        self.fields["satz"].queryset = Sentence.objects.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of both must say something, and together not too much."""
        given: dict[str, Any] = super().clean() or {}
        if "grund" in given and "satz" in given:
            reason = composed([each.text for each in given["satz"]], given["grund"])
            if not reason:
                self.add_error("grund", _("Please say why, so that the provider knows what to change."))
            elif len(reason) > LONGEST_REASON:
                self.add_error("grund", _("Please shorten the reason to 2000 characters."))
            given["reason"] = reason
        return given

    @property
    def blocks(self) -> bool:
        """Whether it shall be blocked instead of given back."""
        return bool(self["art"].value() == "sperren")

    @property
    def reason(self) -> str:
        """As far as it was understood, for the preview."""
        given = getattr(self, "cleaned_data", {})
        return composed([each.text for each in given.get("satz") or ()], given.get("grund") or "")


def composed(sentences: Iterable[str], words: str) -> str:
    """What is missing first, then one's own words."""
    listed = "\n".join(f"– {each}" for each in sentences)
    return "\n\n".join(part for part in (listed, words.strip()) if part)


def mail_on(revision: Revision, row: Any, verb: Verb, reason: str) -> Letter:
    """The mail, by the same code that sends it."""
    key = "blocked" if verb == Verb.BLOCKED else "returned"
    if revision.kind == "offer":
        return offer_letters.letter(key, row, reason)
    if row.published_at is None:
        return registration_letter(row, reason, approved=False)
    return profile_letters.letter(key, row, reason)


def add(text: str) -> None:
    """A new sentence at the end."""
    last = Sentence.objects.order_by("-position").values_list("position", flat=True).first()
    Sentence.objects.create(text=text, position=(last or 0) + 1)


def add_first() -> None:
    """Some to begin with, where there are none."""
    with transaction.atomic():
        if not Sentence.objects.exists():
            Sentence.objects.bulk_create(
                [Sentence(text=str(text), position=number + 1) for number, text in enumerate(FIRST_SENTENCES)]
            )


def move(sentence: Sentence, *, up: bool) -> int:
    """One place on; returns the place it has now, from one on."""
    with transaction.atomic():
        locked = Sentence.objects.select_for_update().order_by("pk")
        every = sorted(locked, key=lambda each: (each.position, each.pk))
        at = next((n for n, each in enumerate(every) if each.pk == sentence.pk), 0)
        to = max(0, min(len(every) - 1, at - 1 if up else at + 1))
        every.insert(to, every.pop(at))
        for number, each in enumerate(every):
            each.position = number + 1
        Sentence.objects.bulk_update(every, ["position"])
    return to + 1
