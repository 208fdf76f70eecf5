"""What is wrong with a form, for the summary above it."""

from typing import Any

from django import forms


def mistakes_of(form: forms.Form) -> list[dict[str, Any]]:
    """A link and a sentence for each mistake, in the order of the form; each says which field it is about."""
    found = [{"target": "formular", "sentence": sentence} for sentence in form.non_field_errors()]
    return found + [
        {"target": _target(form[name]), "sentence": f"{form[name].label}: {sentence}"}
        for name in form.fields
        for sentence in form[name].errors
    ]


def _target(bound: forms.BoundField) -> str:
    """The box or button to begin at; of several, the first."""
    widget = bound.field.widget
    folded = isinstance(widget, forms.Select) and not isinstance(widget, forms.SelectMultiple)
    several = isinstance(bound.field, forms.ChoiceField) and not folded
    return f"{bound.auto_id}_0" if several else str(bound.auto_id)
