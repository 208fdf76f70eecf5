"""What an operator says who wants to come in."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from support.models import LONGEST, SHORTEST, USUAL_MINUTES, Scope


class AskForm(forms.Form):
    """Why, what for, how long."""

    use_required_attribute = False
    reason = forms.CharField(
        label=_("Reason"),
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text=_("Stands in the mail and in both logs, best with the number of the ticket."),
        error_messages={
            "required": _("Please write in a few words why. The municipality reads it."),
            "min_length": _("Please write in a few words why. The municipality reads it."),
            "max_length": _("Please shorten the reason to 300 characters."),
        },
    )
    minutes = forms.TypedChoiceField(
        label=_("Ends after"),
        choices=[(30, _("30 minutes")), (60, _("1 hour")), (120, _("2 hours")), (240, _("4 hours"))],
        coerce=int,
        initial=USUAL_MINUTES,
        widget=forms.RadioSelect,
    )
    scope = forms.ChoiceField(
        label=pgettext_lazy("support access", "Scope"),
        choices=Scope.choices,
        initial=Scope.LOOK,
        widget=forms.RadioSelect,
    )
