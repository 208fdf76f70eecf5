"""The forms residents fill in, and those of the editors."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.validators import RegexValidator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from core.seen import Seen
from core.states import Actor
from portal.feedback import spam
from portal.feedback.models import AccessibilityStatement, Answer, Case, KnownBarrier, Topic
from portal.feedback.models.case import MACHINE, State

MOST_SIGNS = 3000
MOST_LINKS = 2
MOST_PAGE = 500
# One line and nothing that steers: neither a header of a mail nor its text can be faked with it.
one_line = RegexValidator(r"\A[^\x00-\x1f\x7f\u2028\u2029]*\Z", _("Please write this in one line."))


def _message(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=MOST_SIGNS,
        widget=forms.Textarea(attrs={"rows": 7, "maxlength": MOST_SIGNS}),
    )


def _name(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("Your name"),
        required=required,
        max_length=100,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


def _email(*, required: bool, help_text: Any = "") -> forms.EmailField:
    return forms.EmailField(
        label=_("Your e-mail address"),
        required=required,
        max_length=254,
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class OpenForm(forms.Form):
    """A form for everybody. It refuses machines politely: whatever is wrong, the text stays in the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("Please fill this in.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            self._look_for_machines(cleaned)
        return cleaned

    def _look_for_machines(self, cleaned: dict[str, Any]) -> None:
        age = spam.age_of(self.data.get(spam.TOKEN, ""))
        if age in {spam.Age.TOO_OLD, spam.Age.FORGED}:
            self.add_error(
                None, _("This form was open for too long. Your text is still here: please send it once more.")
            )
        elif age == spam.Age.TOO_QUICK:
            self.add_error(None, _("That was very quick. Please wait a moment and send it once more."))
        elif self.data.get(spam.HONEYPOT):
            self.add_error(
                None, _("A field that must stay empty was filled in. It is empty now: please send it once more.")
            )
        elif spam.links_in(cleaned.get("message", "")) > MOST_LINKS:
            self.add_error("message", _("Please write two web addresses at most: messages with more are mostly spam."))

    @property
    def token(self) -> str:
        """The signed time for the page: the one that came, while it is good, so that waiting helps."""
        came = self.data.get(spam.TOKEN, "") if self.is_bound else ""
        return came if came and spam.age_of(came) in {spam.Age.GOOD, spam.Age.TOO_QUICK} else spam.new_token()


class ContactForm(OpenForm):
    """A message to whoever offers something. Its text is passed on and not kept."""

    message = _message(_("Your message"))
    name = _name(required=True)
    email = _email(required=True, help_text=_("So that you get an answer."))
    copy = forms.BooleanField(label=_("Send me a copy"), required=False)


class WrongForm(OpenForm):
    """Something is wrong on the page of an offer or provider."""

    topic = forms.ChoiceField(label=_("What is wrong?"), choices=Topic, widget=forms.RadioSelect)
    message = _message(_("What should it say?"), _("Please tell us what is wrong, and if you know it, what is right."))
    email = _email(required=False, help_text=_("If you want an answer. Only the editors see it."))


class QuestionForm(OpenForm):
    """A question to the editors."""

    message = _message(_("Your message"))
    name = _name(required=False)
    email = _email(required=True, help_text=_("So that you get an answer."))


class BarrierForm(OpenForm):
    """Something on this portal cannot be used by everybody."""

    message = _message(
        _("What does not work?"),
        _("For example: “With the keyboard I cannot reach the date.” It helps to know your device and browser."),
    )
    page = forms.CharField(
        label=_("On which page?"),
        required=False,
        max_length=MOST_PAGE,
        validators=[one_line],
        help_text=_("Its address. You may leave this empty."),
    )
    name = _name(required=False)
    email = _email(required=False, help_text=_("If you want an answer. You get it within a month."))

    def __init__(self, *args: Any, host: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.host = host

    def clean_page(self) -> str:
        written = self.cleaned_data["page"]
        path = path_here(written, host=self.host)
        if written and not path:
            raise forms.ValidationError(_("This is no address of this portal. Please correct it or leave it empty."))
        return path


def path_here(written: str, *, host: str) -> str:
    """The path of an address on this host (“/angebote/?q=chor”), or empty for anything else."""
    written = written.strip()
    if written.startswith(host):
        written = f"//{written}"
    usable = url_has_allowed_host_and_scheme(written, allowed_hosts={host}, require_https=False)
    if not usable or len(written) > MOST_PAGE:
        return ""
    parts = urlsplit(written)
    # “//host” and “/\\host” look like paths and lead elsewhere.
    if not parts.path.startswith("/") or parts.path[1:2] in {"/", "\\"}:
        return ""
    return f"{parts.path}{'?' if parts.query else ''}{parts.query}"


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """What the editors write back."""

    class Meta:
        model = Answer
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}


class NoteForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """What the editors note for themselves."""

    class Meta:
        model = Case
        fields = ("note",)
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}


class StateForm(forms.Form):
    """Where the case goes next; only what its present state allows."""

    state = forms.ChoiceField(choices=State)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["state"]
        field.choices = [(state.value, state.label) for state in MACHINE.next_for(case.state, {Actor.EDITOR})]


class HttpsField(forms.URLField):
    """“www.example.de” means https, as browsers have it by now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **kwargs})


class StatementForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """The accessibility statement."""

    class Meta:
        model = AccessibilityStatement
        fields = (
            "status",
            "made_on",
            "reviewed_on",
            "method",
            "assessed_by",
            "email",
            "phone",
            "land",
            "body_name",
            "body_url",
            "body_contact",
        )
        field_classes = {"body_url": HttpsField}
        widgets = {
            "made_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "reviewed_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }


class KnownBarrierForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """One part that not everybody can use."""

    class Meta:
        model = KnownBarrier
        fields = ("what", "reason", "explanation", "alternative", "repaired_by")
        widgets = {"repaired_by": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


KnownBarriers = forms.inlineformset_factory(
    AccessibilityStatement, KnownBarrier, form=KnownBarrierForm, extra=2, max_num=30, absolute_max=40, can_delete=True
)
