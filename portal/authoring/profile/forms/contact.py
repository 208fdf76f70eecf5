"""The second page: address, how to reach the organisation, and whom to ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gazetteer import geocoding
from gazetteer.services import names_of
from portal.authoring.forms.base import Data, Setting, StepForm, data_from, postcode_of
from portal.authoring.forms.where import point_of
from portal.preferences.models import Preferences
from portal.providers.fields import Precision, Salutation
from portal.providers.snapshot import CONTACT
from portal.revisions.kinds import Content
from portal.taxonomy.models import District

_WRITTEN = ("street", "postcode", "city")
_PLAIN = ("phone", "phone_2", "email", "website", *CONTACT)
_POINT = ("latitude", "longitude", "precision")


def _words(label: Any, most: int, help_text: Any = "", **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=help_text, widget=forms.TextInput(attrs=attrs))


def _mail(label: Any, help_text: Any = "", **attrs: str) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        help_text=help_text,
        max_length=254,
        widget=forms.EmailInput(attrs=attrs),
        error_messages={"invalid": gettext_lazy("Please write the whole address, for example name@verein.de.")},
    )


class ContactForm(StepForm):
    """A phone number or an e-mail address is needed in the end, nothing else."""

    asked = frozenset({"phone", "email"})
    street = _words(
        gettext_lazy("Street and number"),
        200,
        gettext_lazy("Without a street we only show the town on the map."),
        autocomplete="street-address",
    )
    postcode = _words(gettext_lazy("Postcode"), 10, inputmode="numeric", autocomplete="postal-code")
    city = _words(
        gettext_lazy("Town"),
        120,
        gettext_lazy("Otherwise we find it from the postcode."),
        autocomplete="address-level2",
    )
    district = forms.ChoiceField()
    phone = _words(gettext_lazy("Phone"), 60, inputmode="tel", autocomplete="tel")
    phone_2 = _words(gettext_lazy("Second phone"), 60, inputmode="tel")
    email = _mail(
        gettext_lazy("E-mail address"),
        gettext_lazy("People write to you by a form; the address itself is not shown."),
        autocomplete="email",
    )
    website = forms.URLField(
        label=gettext_lazy("Website"),
        max_length=500,
        assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "url"}),
        error_messages={"invalid": gettext_lazy("Please write the address of the page, for example www.verein.de.")},
    )
    contact_salutation = forms.ChoiceField(label=gettext_lazy("Salutation"), choices=Salutation.choices)
    contact_name = _words(gettext_lazy("Name"), 160)
    contact_role = _words(gettext_lazy("Responsible for"), 200)
    contact_phone = _words(gettext_lazy("Phone of the contact person"), 60, inputmode="tel")
    contact_email = _mail(gettext_lazy("E-mail address of the contact person"))

    def prepare(self) -> None:
        # What a geocoder said of the address that is written here.
        self.point: dict[str, Any] = {}
        chosen = self.setting.content["district"]
        kept = [chosen] if chosen is not None else []
        districts = list(District.objects.offered(kept).values_list("pk", "name"))
        self.fields["district"].label = Preferences.current().district_name
        self.fields["district"].choices = [("", _("Please choose")), *districts]  # type: ignore[attr-defined]  # the stubs know no choices
        if not districts:
            del self.fields["district"]

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        return data_from({name: setting.content[name] for name in (*_WRITTEN, "district", *_PLAIN)})

    def clean_postcode(self) -> str:
        return postcode_of(self.cleaned_data["postcode"])

    def values(self) -> Content:
        kept = self.kept
        found: Content = {name: kept[name] for name in _PLAIN if name in kept}
        if "district" in kept:
            found["district"] = int(kept["district"]) if kept["district"] else None
        if kept.keys() >= set(_WRITTEN):
            found |= self._place({name: kept[name] for name in _WRITTEN})
        return found

    def _place(self, written: Content) -> Content:
        said = self.setting.content
        if all(said[name] == written[name] for name in _WRITTEN):
            return {name: said[name] for name in (*_WRITTEN, *_POINT)}
        if written["postcode"] and not written["city"]:
            written["city"] = next(iter(names_of(written["postcode"])), "")
        return {**written, **(self.point or point_of(written["postcode"], written["city"]))}

    def perform(self) -> bool:
        """Look up where a new address is, once somebody goes on: not while they type it."""
        street, postcode, city = (str(self.kept.get(name) or "") for name in _WRITTEN)
        said = self.setting.content
        if (street, postcode, city) != tuple(said[name] for name in _WRITTEN):
            spot = geocoding.find(street, postcode, city or next(iter(names_of(postcode)), ""))
            if spot is not None:
                self.point = {"latitude": spot[0], "longitude": spot[1], "precision": Precision.EXACT.value}
        return False

    @property
    def person_open(self) -> bool:
        """Whether the fold with the contact person has something to show."""
        return any(self[name].errors or self.data.get(name) for name in CONTACT)
