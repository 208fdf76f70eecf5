"""Form fields for what blocks hold: each takes what an editor types and gives what the block keeps."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.phones import phone_uri
from portal.blocks import plan, searching
from portal.pages.shapes import LINK
from portal.providers.naming import Naming
from portal.search.providers import known_providers


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
        return _naming().name(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text: str = super().clean(value)
        if not text:
            return None
        meant = _naming().meant(text)
        if len(meant) == 1:
            return meant[0]
        if meant:
            names = ", ".join(f"{text} ({pk})" for pk in meant)
            raise forms.ValidationError(
                _("There are several of this name. Please choose one: %(names)s") % {"names": names}
            )
        raise forms.ValidationError(_("There is no public provider of this name. Please choose one from the list."))


def _naming() -> Naming:
    return Naming((each.id, each.name) for each in known_providers())


def provider_names() -> list[str]:
    """All that can be chosen, for the list below the field: what has the name of another one has its number too."""
    return _naming().all()


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
