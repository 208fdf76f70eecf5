"""Shapes that several answers share, and how fields are declared in one line."""

from typing import Any

from drf_spectacular.utils import PolymorphicProxySerializer, extend_schema_field
from rest_framework import serializers


class Shape(serializers.Serializer):
    """What an answer, or a part of it, consists of."""


def text(about: str = "", **more: Any) -> serializers.CharField:
    """Text; empty where nothing is known."""
    return serializers.CharField(help_text=about, **more)


def whole(about: str = "", **more: Any) -> serializers.IntegerField:
    """A whole number."""
    return serializers.IntegerField(help_text=about, **more)


def number(about: str = "", **more: Any) -> serializers.FloatField:
    """A number."""
    return serializers.FloatField(help_text=about, **more)


def yes(about: str = "", **more: Any) -> serializers.BooleanField:
    """Yes or no."""
    return serializers.BooleanField(help_text=about, **more)


def link(about: str = "", **more: Any) -> serializers.CharField:
    """An address; empty where there is none, so it is no `format: uri`."""
    return serializers.CharField(help_text=about, **more)


def one_of(values: Any, about: str = "", **more: Any) -> serializers.ChoiceField:
    """One of a few words."""
    return serializers.ChoiceField(choices=list(values), help_text=about, **more)


def at(about: str = "", **more: Any) -> serializers.DateTimeField:
    """A moment."""
    return serializers.DateTimeField(help_text=about, **more)


def on(about: str = "", **more: Any) -> serializers.DateField:
    """A day."""
    return serializers.DateField(help_text=about, **more)


def clock(about: str = "") -> serializers.CharField:
    """Hours and minutes; null without a time."""
    return serializers.RegexField(r"^[0-2][0-9]:[0-5][0-9]$", help_text=about, allow_null=True)


def several(child: Any, about: str = "", **more: Any) -> serializers.ListField:
    """A list."""
    return serializers.ListField(child=child, help_text=about, **more)


def ids(about: str) -> serializers.ListField:
    """A list of numbers."""
    return several(serializers.IntegerField(), about)


class Problem(Shape):
    """A refusal (RFC 9457)."""

    type = text()
    title = text("What went wrong, in a few words.")
    status = whole()
    detail = text("What to do instead.", required=False)
    parameter = text("The parameter that could not be understood.", required=False)


class Ignored(Shape):
    """A value of the search that was left out, as on the page."""

    name = text()
    value = text()


class Count(Shape):
    """How many offers an option would give under the other filters."""

    value = text("The value of the parameter.")
    count = whole()


class Deleted(Shape):
    """Something that was public and is no more."""

    id = whole()
    deleted = yes("Always true.")
    reason = one_of(("withdrawn", "over"), "Over: its last date has passed.")
    at = at("Since when.")


def or_deleted(name: str, shape: type[Any], about: str) -> Any:
    """A list of things, or of what tells that they went."""
    either = PolymorphicProxySerializer(name, [shape, Deleted], resource_type_field_name=None, many=True)
    return extend_schema_field(either)(type(name, (serializers.ListField,), {}))(help_text=about)


def names_of(shape: type[Any]) -> tuple[str, ...]:
    """The fields one may ask for."""
    return tuple(shape().get_fields())
