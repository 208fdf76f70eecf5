"""Text fields that clean what people write where it enters the tables: by a form, an import, a bulk operation.

Text comes with letters in two signs (macOS), soft hyphens from web pages and zero-width signs from mails. Two names
that look the same would not be found, compared or kept unique. So the text fields of our rooms are these: they clean
before they validate, before they save and before they look for something. To migrations they are Django's own
(tests/architecture/test_house.py finds a model that uses Django's by mistake).
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models

from core.text import clean_address, clean_email, clean_text

__all__ = ["CharField", "Cleaning", "EmailField", "TextField", "URLField", "cleaning"]


class Cleaning(models.Field):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Mixed into Django's text fields."""

    cleaned: Callable[[str], str] = staticmethod(clean_text)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path.replace("core.fields.", "django.db.models."), args, kwargs

    def _clean(self, value: Any) -> Any:
        return self.cleaned(value) if isinstance(value, str) else value

    def to_python(self, value: Any) -> Any:
        return self._clean(super().to_python(value))

    def get_prep_value(self, value: Any) -> Any:
        return self._clean(super().get_prep_value(value))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = self._clean(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs: Any) -> Any:
        field = super().formfield(**kwargs)
        return cleaning(field, self.cleaned) if isinstance(field, forms.CharField) else field


if TYPE_CHECKING:
    # Their values have the types of Django's.
    from django.db.models import CharField, EmailField, TextField, URLField
else:

    class CharField(Cleaning, models.CharField):
        """A line of text."""

    class TextField(Cleaning, models.TextField):
        """Text of any length."""

    class EmailField(Cleaning, models.EmailField):
        """An address of mail, taken out of what programs put around it."""

        cleaned = staticmethod(clean_email)

    class URLField(Cleaning, models.URLField):
        """An address of the web."""

        cleaned = staticmethod(clean_address)


def cleaning(field: forms.CharField, cleaned: Callable[[str], str]) -> forms.CharField:
    """A form's field that looks at what was typed only after cleaning it."""
    understand = field.to_python

    def to_python(value: Any) -> Any:
        return understand(cleaned(value) if isinstance(value, str) else value)

    field.to_python = to_python  # type: ignore[method-assign]  # of this one field, whatever its class
    return field
