"""The fields of the look's forms: colours as people write them, and pictures that are made safe while they are read."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from portal.appearance.pictures import Picture, made_for

_SHORT = re.compile(r"#?([0-9a-f])([0-9a-f])([0-9a-f])\Z")
_LONG = re.compile(r"#?([0-9a-f]{6})\Z")
_RGB = re.compile(r"(?:rgb)?\(?\s*(\d{1,3})\s*[,; ]\s*(\d{1,3})\s*[,; ]\s*(\d{1,3})\s*\)?\Z")
ACCEPTED = "image/png,image/webp,image/jpeg,image/gif,image/heic,image/svg+xml"


def read_colour(written: str) -> str:
    """`#0B4F8A`, `0b4f8a`, `#abc` or `11, 79, 138` as `#rrggbb`; what is none of these comes back as it is."""
    text = written.strip().lower()
    if found := _LONG.match(text):
        return f"#{found[1]}"
    if found := _SHORT.match(text):
        return "#" + "".join(digit * 2 for digit in found.groups())
    found = _RGB.match(text)
    if found and all(int(each) <= 255 for each in found.groups()):
        return "#" + "".join(f"{int(each):02x}" for each in found.groups())
    return text


class ColourField(forms.CharField):
    """A colour of two ways to write it; the browser's own picker is put beside it by a script."""

    def to_python(self, value: Any) -> Any:
        """Understood before it is checked."""
        text = super().to_python(value)
        return read_colour(text) if isinstance(text, str) else text

    def validate(self, value: Any) -> None:
        """A sentence that says what to do."""
        super().validate(value)
        if not _LONG.match(value) or not value.startswith("#"):
            raise ValidationError(
                _(
                    "“%(value)s” is no colour we know. Please write # and six digits, for example #00519e, or three "
                    "numbers for red, green and blue, for example 0, 81, 158."
                )
                % {"value": value[:40]},
                code="colour",
            )


class PictureField(forms.FileField):
    """An upload as `appearance.pictures` makes it; None where nothing was sent."""

    def __init__(self, use: str, **options: Any) -> None:
        attributes = {"accept": ACCEPTED}
        super().__init__(required=False, widget=forms.FileInput(attrs=attributes), **options)
        self.use = use

    def to_python(self, data: Any) -> Any:
        """Made here, so that what is wrong with it stands beside the field. An empty file is no choice of nothing."""
        if data is None:
            return None
        return made_for(self.use, data)

    def clean(self, data: Any, initial: Any = None) -> Picture | None:
        """What was sent and nothing else: what is there already is no business of the form."""
        found: Picture | None = self.to_python(data)
        return found
