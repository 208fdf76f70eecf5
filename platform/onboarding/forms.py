"""What applicants and operators fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.text import clean_email
from onboarding.models import Application, OfferedTemplate
from tenants.public_names import public_host


class ApplicationForm(forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """A municipality applies. Whether the short name is taken is not said here: that tells who is on the platform."""

    use_required_attribute = False
    template = forms.ChoiceField(label=_("Begin with"), required=False)

    class Meta:
        model = Application
        fields = ("name", "federal_state", "official_key", "person", "office", "email", "phone", "slug", "template",
                  "words")  # fmt: skip
        help_texts = {
            "slug": _("Stands in the first address of the portal: lower-case letters, digits and hyphens."),
            "office": _("For example: youth welfare office."),
        }
        widgets = {
            "official_key": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            "person": forms.TextInput(attrs={"autocomplete": "name"}),
            "office": forms.TextInput(attrs={"autocomplete": "organization"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "phone": forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
            "slug": forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
            "words": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = OfferedTemplate.objects.values_list("slug", "label")
        self.fields["template"].choices = [("", _("an empty portal")), *offered]  # type: ignore[attr-defined]  # a field with choices

    def clean_name(self) -> str:
        return _one_line(self.cleaned_data["name"])

    def clean_person(self) -> str:
        return _one_line(self.cleaned_data["person"])

    def clean_email(self) -> str:
        return clean_email(self.cleaned_data["email"]).lower()

    def clean_official_key(self) -> str:
        return "".join(self.cleaned_data["official_key"].split())


def _one_line(text: str) -> str:
    """Names go into subjects of mails and into pages."""
    if not text.isprintable():
        raise ValidationError(_("Please write this in one line."))
    return " ".join(text.split())


class AcceptForm(forms.Form):
    """The short name and the template as the operator decides them."""

    use_required_attribute = False
    slug = forms.CharField(
        label=_("Short name"),
        max_length=63,
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )
    template = forms.CharField(
        label=_("Copy from"),
        max_length=63,
        required=False,
        help_text=_("Short name of a municipality whose topics, pages and look it begins with; empty: none."),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}),
    )


class RefuseForm(forms.Form):
    """Why not; the applicant reads it."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        help_text=_("The applicant reads it in a mail."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class PaperForm(forms.Form):
    """Who accepts, in which capacity; the tick is the acceptance."""

    use_required_attribute = False
    person = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    office = forms.CharField(
        label=_("Your office or function"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    accepted = forms.BooleanField(label=_("I have read it and accept it for the municipality; I am entitled to do so."))

    def clean_person(self) -> str:
        return _one_line(self.cleaned_data["person"])

    def clean_office(self) -> str:
        return _one_line(self.cleaned_data["office"])


class HostForm(forms.Form):
    """A host name somebody wants to use."""

    use_required_attribute = False
    host = forms.CharField(
        label=_("Host name"),
        max_length=300,
        help_text=_("For example angebote.stadt.de, without https://."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off", "inputmode": "url"}
        ),
    )

    def clean_host(self) -> str:
        return public_host(self.cleaned_data["host"])
