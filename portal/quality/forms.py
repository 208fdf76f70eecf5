"""The town's goals."""

from django import forms

from core.seen import Seen
from portal.quality.models import Goals

GOALS = ("checked", "complete", "pictured", "accessibility", "readable", "heard")


class GoalsForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # no subscript at run time
    """Six shares in percent."""

    class Meta:
        model = Goals
        fields = GOALS
