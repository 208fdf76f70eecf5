"""What people fill in who register, invite, or give reasons."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.account.internal import flows
from django import forms
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.rules import rules_of
from accounts.terms import accept
from core.fields import cleaning
from core.text import clean_email
from portal.feedback.forms import OpenForm, one_line
from portal.organisations import choosing
from portal.organisations.choosing import CHOOSE, OrganisationForm
from portal.organisations.mistyped import meant
from portal.organisations.registering import remember
from portal.providers.models import Membership
from portal.revisions.errors import LONGEST_REASON

PLEASE = _("Please fill this in.")
AGREE = _("Without your agreement we cannot make an account. Please tick the box.")


class PersonalForm(SignupForm):
    """allauth's form to sign up, in our words: name, address and one password."""

    person = forms.CharField(
        label=_("Your name"),
        max_length=160,
        validators=[one_line],
        widget=forms.TextInput(attrs={"autocomplete": "name", "maxlength": 160}),
    )
    terms = forms.BooleanField(
        label=_("I have read the terms of use and agree."),
        error_messages={"required": AGREE},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        email, password = self.fields["email"], self.fields["password1"]
        email.label = _("Your e-mail address")
        email.help_text = _("You sign in with it. We do not show it publicly.")
        email.widget.attrs = {"autocomplete": "email", "maxlength": 254}
        email.error_messages["invalid"] = _("Please write the address in full, for example helga.brandt@example.org.")
        password.label = _("A password")
        password.help_text = _(
            "At least 10 characters. Easy to remember are four words in a row, for example "
            "“coffee-bridge-monday-rain” (please take others)."
        )
        password.widget.attrs = {"autocomplete": "new-password"}
        # Typed once is typed once: a question about something else does not ask for it again. The page is not kept.
        password.widget.render_value = True
        for name in ("email", "password1", "person"):
            self.fields[name].error_messages["required"] = PLEASE

    def signup(self, request: HttpRequest, user: User) -> None:
        """What allauth's form knows nothing of."""
        user.name = self.cleaned_data["person"]
        user.save(update_fields=["name"])
        accept(user, version=rules_of(request).terms_version)


class RegistrationForm(OpenForm, OrganisationForm, PersonalForm):
    """Four answers and a tick."""

    on_page = ("org", "org_name", "provider", "org_trotzdem", "person", "email", "password1", "terms")
    mail_stimmt = forms.CharField(required=False, max_length=254, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["terms"].error_messages["required"] = AGREE
        self.fields["org"].error_messages["required"] = CHOOSE

    @property
    def meant(self) -> str:
        """The address that is probably meant, as long as nobody said that theirs is right."""
        typed = str(self.cleaned_data.get("email", ""))
        sure = self.cleaned_data.get("mail_stimmt", "").strip().lower()
        return meant(typed) if typed and typed != sure else ""

    @property
    def asks(self) -> bool:
        return super().asks or bool(self.meant)

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """The same answer and the same work whether there is an account or not; two clicks at once are one."""
        known: bool = self.account_already_exists
        if not known:
            try:
                with transaction.atomic():
                    user = self.save(request)
                    remember(user, name=self.organisation, provider=self.provider)
            except IntegrityError:
                # Another click was faster: then there is an account by now.
                pass
            else:
                return user, None
        make_password(self.cleaned_data["password1"])
        return None, flows.signup.prevent_enumeration(request, email=self.cleaned_data["email"])


def with_answers(data: QueryDict) -> QueryDict:
    """What was sent, with the answers of the buttons in it."""
    given = choosing.answered(data)
    email = given.get("email", "")
    if "mail_ja" in given and (better := meant(email)):
        given["email"] = better
    elif "mail_nein" in given:
        given["mail_stimmt"] = email
    return given


class InvitedForm(PersonalForm):
    """An account for somebody who was invited: their address is known and proved by the link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].widget = forms.HiddenInput()


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = cleaning(
        forms.EmailField(
            label=_("E-mail address"),
            max_length=254,
            error_messages={"required": PLEASE, "invalid": _("Please write the address in full.")},
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        ),
        clean_email,
    )
    role = forms.ChoiceField(
        label=_("What may this person do?"),
        choices=(
            (Membership.Role.MEMBER, _("Write offers")),
            (Membership.Role.ADMINISTRATOR, _("Be responsible: also change the profile and decide who belongs to it")),
        ),
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
    )


class ReasonForm(forms.Form):
    """Why somebody cannot join."""

    reason = forms.CharField(
        label=_("Why?"),
        help_text=_("It goes by mail to whoever asked."),
        max_length=LONGEST_REASON,
        error_messages={"required": _("Please write why. It goes by mail to whoever asked.")},
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST_REASON}),
    )


class AgainForm(forms.Form):
    """The name of an organisation that came back from the editors."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=255,
        validators=[one_line],
        error_messages={"required": PLEASE},
        widget=forms.TextInput(attrs={"autocomplete": "organization", "maxlength": 255}),
    )
