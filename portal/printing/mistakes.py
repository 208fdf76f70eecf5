"""What is wrong with a form, for the summary above it."""

from typing import Any

from django import forms


def mistakes_of(form: forms.Form) -> list[dict[str, Any]]:
    """A link and a sentence for each mistake, in the order of the form."""
    found = [{"target": "formular", "sentence": sentence} for sentence in form.non_field_errors()]
    for name in form.fields:
        for sentence in form[name].errors:
            target = (
                f"{form[name].auto_id}_0"
                if name in {"topics", "chapters", "size", "kind", "about", "who"}
                else form[name].auto_id
            )
            found.append({"target": target, "sentence": sentence})
    return found
