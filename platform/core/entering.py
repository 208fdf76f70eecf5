"""What people write is cleaned where it enters the tables, whoever writes it: a form, an import, a bulk operation.

Text comes with letters in two signs (macOS), soft hyphens from web pages and zero-width signs from mails. Two names
that look the same would not be found, compared or kept unique. So every text field of our rooms cleans what it is
given: before it is validated, before it is saved and before it is looked for. The fields stay Django's own in models
and migrations; nobody has to remember a special one.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db import models

from core.models import HtmlField
from core.text import clean_address, clean_email, clean_text

ROOMS = ("portal.", "theming.", "accounts.")


class _Cleaning(models.Field):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """Mixed into Django's text fields."""

    cleaned: Callable[[str], str] = staticmethod(clean_text)
    plain: type[models.Field]  # type: ignore[type-arg]

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        # As Django shortens it in its own fields.
        room = self.plain.__module__.removesuffix(".fields")
        return name, f"{room}.{self.plain.__qualname__}", args, kwargs

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


class _Line(_Cleaning, models.CharField):  # type: ignore[type-arg]
    plain = models.CharField


class _Lines(_Cleaning, models.TextField):  # type: ignore[type-arg]
    plain = models.TextField


class _Html(_Cleaning, HtmlField):
    plain = HtmlField


class _Email(_Cleaning, models.EmailField):  # type: ignore[type-arg]
    plain = models.EmailField
    cleaned = staticmethod(clean_email)


class _Url(_Cleaning, models.URLField):  # type: ignore[type-arg]
    plain = models.URLField
    cleaned = staticmethod(clean_address)


_CLEANING: dict[type, type] = {each.plain: each for each in (_Line, _Lines, _Html, _Email, _Url)}


def cleaning(field: forms.CharField, cleaned: Callable[[str], str]) -> forms.CharField:
    """A form's field that looks at what was typed only after cleaning it."""
    understand = field.to_python

    def to_python(value: Any) -> Any:
        return understand(cleaned(value) if isinstance(value, str) else value)

    field.to_python = to_python  # type: ignore[method-assign]
    return field


def clean_what_enters(tables: Iterable[type[models.Model]]) -> None:
    """Let the text fields of these models clean what they are given; called once, when all models are loaded."""
    for table in tables:
        if not f"{table.__module__}.".startswith(ROOMS):
            continue
        for field in table._meta.local_concrete_fields:
            if type(field) in _CLEANING and not field.choices:
                field.__class__ = _CLEANING[type(field)]
