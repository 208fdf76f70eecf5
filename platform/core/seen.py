"""Two people change the same thing at once: nobody's words are written over unseen.

A form about a row says in a hidden field what it showed when it was made, a short sum of each field. When it comes back
and the row says something else by now, what only the other one changed stays, and where both wrote something different
nothing is saved: the field tells what it says now, and sending it once more is a choice.

    class NewsForm(Seen, forms.ModelForm): …

`{{ form }}` prints the hidden field; a template that prints its fields one by one adds `{{ form.as_seen }}`. Who must
not meet even within the same moment locks the row besides.
"""

import json
from hashlib import blake2s
from typing import Any

from django import forms
from django.utils.translation import gettext as _

NAME = "gesehen"
_LONGEST = 400


class Seen:
    """A form of what exists: a row, or what a plain form is given as `initial`. Of what is only being made nobody else
    can know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form: Any = self
        if form.instance.pk if hasattr(form, "instance") else form.initial:
            # Looked at when it is shown: forms make some of their fields after this.
            form.fields[NAME] = forms.CharField(required=False, widget=forms.HiddenInput, initial=self._sums)

    @property
    def as_seen(self) -> str:
        """The hidden field, for templates that print fields one by one; nothing where there is none."""
        form: Any = self
        return str(form[NAME]) if NAME in form.fields else ""

    def _sums(self) -> str:
        """Of what people fill in: hidden fields are keys of this one sending, and an upload is nobody else's."""
        form: Any = self
        hidden = {name for name, field in form.fields.items() if field.widget.is_hidden}
        watched = {name for name, field in form.fields.items() if not isinstance(field, forms.FileField)} - hidden
        return json.dumps({name: _sum(self._now(name)) for name in sorted(watched)})

    def _now(self, name: str) -> Any:
        """What the row says, as the field shows it."""
        form: Any = self
        field = form.fields[name]
        return field.prepare_value(form.get_initial_for_field(field, name))

    def clean(self) -> Any:
        """Compare what was seen with what the row says now, field by field."""
        form: Any = self
        cleaned: dict[str, Any] | None = super().clean()  # type: ignore[misc]  # the form this is mixed into
        # For the form alone: what is cleaned goes on to services.
        form.cleaned_data.pop(NAME, None)
        seen = _read(form.data.get(form.add_prefix(NAME))) if NAME in form.fields else {}
        moved = [name for name in seen if name in form.fields and _sum(self._now(name)) != seen[name]]
        for name in moved:
            self._meet(name, seen[name])
        if moved and form.errors:
            self._look_once_more()
        return cleaned

    def _meet(self, name: str, seen: str) -> None:
        """The row's field moved: theirs stays where this one was left alone, else both are shown."""
        form: Any = self
        field, bound = form.fields[name], form[name]
        if not field.has_changed(form.get_initial_for_field(field, name), bound.data):
            return
        if _sum(bound.data) != seen:
            form.add_error(name, _said(field, self._now(name)))
        elif name not in form.errors:
            form.cleaned_data[name] = field.clean(self._now(name))
            hook = getattr(form, f"clean_{name}", None)
            if hook is not None:
                form.cleaned_data[name] = hook()

    def _look_once_more(self) -> None:
        """Shown again, the form has seen what the row says now; what was left alone says what the others wrote."""
        form: Any = self
        form.data = form.data.copy()
        before = _read(form.data.get(form.add_prefix(NAME)))
        for name in before:
            if name in form.fields and _sum(form[name].data) == before[name] != _sum(self._now(name)):
                now = self._now(name)
                key = form.add_prefix(name)
                if isinstance(now, list | tuple):
                    form.data.setlist(key, [str(each) for each in now])
                elif now in (None, False):
                    form.data.pop(key, None)
                else:
                    form.data[key] = "on" if now is True else str(now)
        form.data[form.add_prefix(NAME)] = self._sums()


def _read(said: str | None) -> dict[str, str]:
    """The sums of a form; none where somebody made them up, or a page of another release did not have them."""
    try:
        found = json.loads(said or "{}")
    except ValueError:
        return {}
    return {str(name): str(each) for name, each in found.items()} if isinstance(found, dict) else {}


def _sum(value: Any) -> str:
    """The same for what a field shows and what it sends when nobody touches it."""
    if isinstance(value, list | tuple | set):
        text = "\n".join(sorted(str(each) for each in value))
    else:
        text = "" if value in (None, False) else str(value)
    return blake2s(text.replace("\r\n", "\n").strip().encode(), digest_size=6).hexdigest()


def _said(field: forms.Field, now: Any) -> str:
    names = {
        str(key): str(label) for key, label in getattr(field, "choices", ()) if not isinstance(label, list | tuple)
    }
    values = now if isinstance(now, list | tuple) else [now]
    text = ", ".join(names.get(str(each), str(each)) for each in values if each not in (None, "", True, False))
    if not text:
        return _("Somebody else changed this in the meantime. Your version stands here; save once more to keep it.")
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"
    return _(
        "Somebody else changed this in the meantime. It says now: “%(text)s”. Your version stands here; save once more "
        "to keep it."
    ) % {"text": text}
