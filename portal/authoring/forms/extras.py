"""The municipality's own questions, as fields of a page, and the usual ones it does without.

The names of own ones are `angabe_` and the id of the detail.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from portal.offer_fields.answers import LONGEST, canonical
from portal.offer_fields.models import Kind
from portal.offer_fields.reading import Extra, offer_fields
from portal.revisions.kinds import Content

PREFIX = "angabe_"


def names_in(form: forms.Form) -> list[str]:
    """The fields of a page that ask for them."""
    return [name for name in form.fields if name.startswith(PREFIX)]


def add_fields(form: Any, asked: list[Extra] | None = None) -> None:
    """Ask what providers are asked here, at the end of the page; or `asked`."""
    given = form.setting.content["extras"]
    for extra in offer_fields().asked if asked is None else asked:
        form.fields[f"{PREFIX}{extra.key}"] = field_of(extra, given.get(extra.key))


def leave_out(form: forms.Form) -> None:
    """Ask nothing the municipality does without; what the offer says of it stays."""
    here = offer_fields()
    for name in [each for each in form.fields if not here.shows(each)]:
        del form.fields[name]


def field_of(extra: Extra, said: Any) -> forms.Field:
    """The form's field of one question. A retired answer can be chosen only where it was."""
    texts: dict[str, Any] = {"label": extra.question, "help_text": extra.help_text, "required": False}
    if extra.kind == Kind.TEXT:
        return forms.CharField(max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 2}), **texts)
    if extra.kind == Kind.YES_NO:
        choices = [("", _("not stated")), ("ja", _("yes")), ("nein", _("no"))]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **texts)
    chosen = said if isinstance(said, list) else []
    offered = [(str(each.pk), each.name) for each in extra.choices if not each.retired or each.pk in chosen]
    if extra.several:
        return forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple, **texts)
    return forms.ChoiceField(choices=[("", _("not stated")), *offered], **texts)


def shown(said: Content) -> dict[str, Any]:
    """What a page shows of an offer's answers."""
    return {f"{PREFIX}{key}": as_sent(value) for key, value in said["extras"].items()}


def as_sent(value: Any) -> Any:
    """An answer as a browser sends it."""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    return [str(each) for each in value] if isinstance(value, list) else value


def understood(extra: Extra, value: Any) -> Any:
    """What was sent as an answer; None: none was given."""
    if extra.kind == Kind.YES_NO:
        return {"ja": True, "nein": False}.get(value)
    if extra.kind == Kind.CHOICE:
        return [int(each) for each in (value if isinstance(value, list) else [value]) if each]
    return value


def values(form: Any) -> Content:
    """All answers of the offer with those this page understood; what it does not ask stays."""
    by_key = offer_fields().by_key
    asked = {name.removeprefix(PREFIX): form.kept[name] for name in names_in(form) if name in form.kept}
    if not asked:
        return {}
    given = {key: understood(by_key[key], value) for key, value in asked.items()}
    return {"extras": canonical({**form.setting.content["extras"], **given})}
