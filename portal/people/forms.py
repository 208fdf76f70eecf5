"""What administrators and editors fill in, and whoever follows an invitation."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.administering import TOWN_ROLES
from accounts.models import ROLE_NAMES, User
from core.access import Role
from core.text import clean_email
from portal.organisations.forms import PersonalForm
from portal.people.helping import LONGEST

MOST_ADDRESSES = 20
ROLE_NOTES = {
    Role.PLANNER: gettext_lazy("Planning: sees figures, changes nothing"),
    Role.EDITOR: gettext_lazy("Editorial team: checks, writes, sets rules"),
    Role.ADMIN: gettext_lazy("Administration: everything, people and roles too"),
}
ROLE_CHOICES = [(role.value, ROLE_NOTES[role]) for role in reversed(TOWN_ROLES)]


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    emails = forms.CharField(
        label=gettext_lazy("E-mail addresses"),
        help_text=gettext_lazy("Several with a comma. Who has an account already gets the new role at once."),
        max_length=5000,
        error_messages={"required": gettext_lazy("Please write at least one address.")},
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=[(Role.EDITOR.value, ROLE_NOTES[Role.EDITOR]), *(each for each in ROLE_CHOICES if each[0] != "editor")],
        error_messages={"required": gettext_lazy("Please choose a role.")},
        widget=forms.RadioSelect,
    )

    def clean_emails(self) -> list[str]:
        """Each once; the sentence names those that are none."""
        parts = [clean_email(each) for each in re.split(r"[,;\s]+", self.cleaned_data["emails"]) if each]
        found = list(dict.fromkeys(each.lower() for each in parts))
        wrong = [each for each in found if not _is_address(each)]
        if wrong:
            raise ValidationError(_("Please write these in full: %(wrong)s") % {"wrong": ", ".join(wrong)[:300]})
        if not found:
            raise ValidationError(_("Please write at least one address."))
        if len(found) > MOST_ADDRESSES:
            raise ValidationError(_("Please invite at most %(most)d at once.") % {"most": MOST_ADDRESSES})
        return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= 254


class RolesForm(forms.Form):
    """The roles of the town hall somebody has; none is a choice as well."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles in the town hall"),
        help_text=gettext_lazy("What somebody may do for a provider stands with the organisation."),
        choices=[(role.value, ROLE_NAMES[role]) for role in reversed(TOWN_ROLES)],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class HelpForm(forms.Form):
    """Why somebody signs in as a provider."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("The provider gets this reason by mail and reads it in their account."),
        max_length=LONGEST,
        error_messages={"required": gettext_lazy("Please write in a few words why. The provider reads it.")},
        widget=forms.TextInput(attrs={"maxlength": LONGEST, "autocomplete": "off"}),
    )


class StaffForm(PersonalForm):
    """An account for somebody who was invited to work for the town hall: name and password. The address is known, and
    the terms of use are for providers."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["terms"]
        self.fields["email"].widget = forms.HiddenInput()

    def signup(self, request: HttpRequest, user: User) -> None:
        user.name = self.cleaned_data["person"]
        user.save(update_fields=["name"])
