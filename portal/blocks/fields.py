"""Form fields for what blocks hold: each takes what an editor types and gives what the block keeps."""

import re
from collections import Counter
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.phones import phone_uri
from core.text import fold
from portal.blocks import plan, searching
from portal.pages.shapes import LINK
from portal.providers.models import Provider
from portal.search.providers import known_providers

# Of several providers of one name the number tells which: “Turnverein (12)”.
_NUMBERED = re.compile(r"(.*?)\s*\((\d{1,18})\)")


class LinkField(forms.CharField):
    """A page of this portal, another website, an address of mail or a telephone number."""

    default_validators = [
        RegexValidator(
            LINK,
            gettext_lazy("Please begin the link with / for a page of this portal, or with https://, tel: or mailto:."),
        )
    ]


class PhoneField(forms.CharField):
    """A telephone number that can be called."""

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if text and not phone_uri(text):
            raise forms.ValidationError(_("This is no telephone number. Please write it with its area code."))
        return text


class ProviderField(forms.CharField):
    """A provider by its name."""

    widget = forms.TextInput(attrs={"list": "anbieter-namen", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """The name of the one the block keeps; of one that is gone, nothing."""
        if not isinstance(value, int):
            return value
        name = next((each.name for each in known_providers() if each.id == value), None)
        return _named(name, value) if name is not None else ""

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        if not text:
            return None
        found = _NUMBERED.fullmatch(text)
        public = Provider.objects.public()
        if found and public.filter(pk=int(found[2])).exists():
            return int(found[2])
        same = [each.id for each in known_providers() if fold(each.name) == fold(text)]
        if len(same) == 1:
            return same[0]
        if same:
            names = ", ".join(f"{text} ({pk})" for pk in same)
            raise forms.ValidationError(
                _("There are several of this name. Please choose one: %(names)s") % {"names": names}
            )
        raise forms.ValidationError(_("There is no public provider of this name. Please choose one from the list."))


def _named(name: str, pk: int) -> str:
    same = sum(fold(each.name) == fold(name) for each in known_providers())
    return name if same == 1 else f"{name} ({pk})"


def provider_names() -> list[str]:
    """All that can be chosen, for the list below the field: what has the name of another one has its number too."""
    known = known_providers()
    times = Counter(fold(each.name) for each in known)
    return [each.name if times[fold(each.name)] == 1 else f"{each.name} ({each.id})" for each in known]


class SearchField(forms.CharField):
    """The address of a page of results."""

    def prepare_value(self, value: Any) -> Any:
        """As an address again."""
        return (
            f"/angebote/?{value}"
            if isinstance(value, str) and value and not value.startswith(("/", "http", "?"))
            else value
        )

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        query = searching.query_of(text)
        if query is None:
            raise forms.ValidationError(
                _("This is no search of this portal. Its address begins with %(address)s.") % {"address": "/angebote/?"}
            )
        found = searching.wanted(query)
        if found.lost:
            raise forms.ValidationError(
                _("The portal does not understand all of this search: %(what)s") % {"what": "; ".join(found.lost)}
            )
        if not found.query:
            raise forms.ValidationError(_("This search finds all offers. Please choose something in it first."))
        return found.query


class PlaceField(forms.CharField):
    """Where something is on the map."""

    def prepare_value(self, value: Any) -> Any:
        """The words alone."""
        return plan.words_of(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        if not text:
            return ""
        found = plan.kept(text)
        if found is None:
            raise forms.ValidationError(
                _("Nobody knows this place. Please give a postcode, a town, or latitude and longitude.")
            )
        return found
