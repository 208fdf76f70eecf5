"""What is chosen at the start of a rollout."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from operations.rollouts.models import Plan
from tenants.rollout.ordering import LONGEST_WATCH, MOST_PERCENT
from tenants.rollout.waves import in_order
from tenants.rollout.wish import MOST_FAILURES, Wish
from tracker.releases.models import Release

# Minutes: long enough that errors show, short enough to wait for.
USUAL_WATCH = 15


class StartForm(forms.Form):
    """Which wave, how long to watch after each, how many failures are borne, which notes go along."""

    use_required_attribute = False
    wave = forms.ChoiceField(label=_("Wave"), required=False)
    watch = forms.IntegerField(
        label=_("Minutes to watch before the next wave"),
        help_text=_("Meanwhile nobody can export, restore or delete a municipality."),
        min_value=0,
        max_value=LONGEST_WATCH,
        initial=USUAL_WATCH,
    )
    most_failures = forms.IntegerField(
        label=_("Failures at which it stops, in percent of a wave"),
        help_text=_("Rounded down: the first failure of a small wave stops it."),
        min_value=0,
        max_value=MOST_PERCENT,
        initial=MOST_FAILURES,
    )
    release = forms.ModelChoiceField(
        Release.objects.none(),
        label=_("Version to issue with it"),
        help_text=_("The editors of every municipality that is reached are told what is new, above their desk."),
        required=False,
        empty_label=pgettext_lazy("a version", "none"),
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waves = plan.waves
        every: Any = self.fields["wave"]
        every.choices = [
            ("", _("all waves, one after the other")),
            *((wave, _numbered(wave, waves[wave])) for wave in in_order(set(waves))),
        ]
        releases: Any = self.fields["release"]
        releases.queryset = Release.objects.to_come()

    @property
    def wish(self) -> Wish:
        """What was chosen."""
        chosen = self.cleaned_data
        return Wish(chosen["wave"], most_failures=chosen["most_failures"], watch=chosen["watch"])


def _numbered(wave: str, number: int) -> str:
    words = ngettext("only %(wave)s (%(number)d municipality)", "only %(wave)s (%(number)d municipalities)", number)
    return words % {"wave": wave, "number": number}
