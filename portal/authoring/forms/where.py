"""The third page: the place, the costs, how to register, whom to ask."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.text import DASHES
from gazetteer import geocoding
from gazetteer.services import middle_of, names_of, places_named
from portal.authoring.forms.base import Data, Setting, StepForm, data_from, postcode_of
from portal.authoring.forms.extras import leave_out
from portal.offers.choices import REMOTE, Accessibility, CostKind, Venue
from portal.preferences.models import Preferences
from portal.providers.fields import Precision, Salutation
from portal.providers.models import Provider
from portal.providers.snapshot import ADDRESS, CONTACT
from portal.revisions.kinds import Content
from portal.taxonomy.models import District

PROFILE, OTHER, NOWHERE, ONLINE = "profil", "anderer", "gebiet", "online"
_WRITTEN = ("street", "postcode", "city")
_PLAIN = ("online_url", "conditions", "registration_url", "accessibility", "accessibility_note", *CONTACT)
_NO_CENTS = re.compile(rf"[.,][-{DASHES}]+$")
_EURO = re.compile(r"(?i)\s*(€|euro?)\s*")


def place_of_profile(provider: Provider) -> dict[str, Any]:
    """The organisation's address as a place of an offer; empty where the profile has none."""
    if not (provider.street or provider.postcode or provider.city):
        return {}
    place = {name: getattr(provider, name) for name in ADDRESS}
    return {"name": "", "note": "", "hide_exact_address": False, **place, "district": provider.district_id}


def _is_ours(place: dict[str, Any], ours: dict[str, Any]) -> bool:
    return bool(ours) and not place["name"] and all(place[name] == ours[name] for name in _WRITTEN)


def amount_of(written: str) -> Decimal | None:
    """An amount as people write it: 5, 7,50, 7.50 €, 1.200,00, 5,- and 5.–."""
    plain = _NO_CENTS.sub("", "".join(_EURO.sub("", written).split()))
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(\.\d{3})+", plain):
        plain = plain.replace(".", "")
    if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", plain):
        return None
    try:
        return Decimal(plain).quantize(Decimal("0.01"))
    except InvalidOperation:
        return None


def _words(label: Any, most: int, help_text: Any = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, help_text=help_text)


def _link(label: Any, help_text: Any = "") -> forms.URLField:
    error = {"invalid": gettext_lazy("Please write the address of the page, for example www.verein.de/anmelden.")}
    widget = forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"})
    return forms.URLField(
        label=label, max_length=500, help_text=help_text, widget=widget, assume_scheme="https", error_messages=error
    )


class WhereForm(StepForm):
    """The first place of an offer can be changed here; further ones are named and stay."""

    asked = frozenset({"where", "cost_kind", "cost_amount", "cost_words", "postcode"})
    where = forms.ChoiceField(label=gettext_lazy("Where does it take place?"), widget=forms.RadioSelect)
    also_online = forms.BooleanField(label=gettext_lazy("One can take part online, too"))
    place_name = _words(gettext_lazy("Name of the place"), 200, gettext_lazy("For example a parish hall or a school."))
    street = _words(
        gettext_lazy("Street and number"), 200, gettext_lazy("Without a street we only show the town on the map.")
    )
    postcode = forms.CharField(
        label=gettext_lazy("Postcode"), max_length=10, widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    city = _words(gettext_lazy("Town"), 120, gettext_lazy("Otherwise we find it from the postcode."))
    district = forms.ChoiceField()
    note = _words(gettext_lazy("How does one find you there?"), 255, gettext_lazy("Room, floor, bell, entrance."))
    hide = forms.BooleanField(label=gettext_lazy("Do not show the address (for shelters and other protected places)"))
    online_url = _link(gettext_lazy("Link for taking part online"))
    cost_kind = forms.ChoiceField(label=gettext_lazy("What does it cost?"), widget=forms.RadioSelect)
    cost_amount = forms.CharField(
        label=gettext_lazy("Amount in euros"), max_length=20, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )
    amount_note = _words(
        gettext_lazy("Anything to add?"), 255, gettext_lazy("For example: “for 10 dates” or “reduced 3 euros”.")
    )
    cost_words = _words(gettext_lazy("What does it depend on?"), 255)
    conditions = _words(
        gettext_lazy("How does one register?"),
        500,
        gettext_lazy("For example: “Just come along” or “Please call until Wednesday”."),
    )
    registration_url = _link(gettext_lazy("Link for registering"))
    accessibility = forms.ChoiceField(
        label=gettext_lazy("Can one get in without steps?"),
        help_text=gettext_lazy("Who searches for “barrier-free” finds you only with an answer."),
        choices=[
            (Accessibility.YES, gettext_lazy("Yes, all of it is barrier-free")),
            (Accessibility.PARTLY, gettext_lazy("Partly")),
            (Accessibility.NO, gettext_lazy("No")),
            (Accessibility.UNKNOWN, gettext_lazy("I do not know")),
        ],
        widget=forms.RadioSelect,
    )
    accessibility_note = _words(gettext_lazy("Anything to say about it?"), 500)
    contact_salutation = forms.ChoiceField(label=gettext_lazy("Salutation"), choices=Salutation.choices)
    contact_name = _words(gettext_lazy("Name"), 160)
    contact_role = _words(gettext_lazy("Responsible for"), 200)
    contact_phone = _words(gettext_lazy("Phone"), 60)
    contact_email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        max_length=254,
        error_messages={"invalid": gettext_lazy("Please write the whole address, for example name@verein.de.")},
    )

    def prepare(self) -> None:
        self.ours = place_of_profile(self.setting.provider)
        # What a geocoder said of the address that is written here.
        self.point: dict[str, Any] = {}
        names = Preferences.current()
        places = [(PROFILE, _("At our place"))] if self.ours else []
        places += [(OTHER, _("At another place")), (ONLINE, _("Online only"))]
        if names.offers_without_address or self._chosen() == NOWHERE:
            places.append((NOWHERE, _("At no fixed place, in the whole area")))
        self.fields["where"].choices = places  # type: ignore[attr-defined]  # the stubs know no choices
        self.fields["cost_kind"].choices = [  # type: ignore[attr-defined]  # the stubs know no choices
            (CostKind.FREE, _("Nothing, it is free of charge")),
            (CostKind.AMOUNT, _("A fixed amount")),
            (CostKind.TEXT, _("That differs, for example by income or for a donation")),
        ]
        chosen = [place["district"] for place in self.setting.content["locations"] if place["district"] is not None]
        districts = list(District.objects.offered(chosen).values_list("pk", "name"))
        self.fields["district"].label = names.district_name
        self.fields["district"].choices = [("", _("Please choose")), *districts]  # type: ignore[attr-defined]  # the stubs know no choices
        if not districts:
            del self.fields["district"]
        leave_out(self)

    def _chosen(self) -> str:
        return where_of(self.setting.content, self.ours)

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        said, ours = setting.content, place_of_profile(setting.provider)
        where = where_of(said, ours)
        place = said["locations"][0] if said["locations"] else {}
        shown: Content = {"where": where, "also_online": "on" if said["venue"] == Venue.BOTH else ""}
        shown |= {"note": place.get("note"), "hide": "on" if place.get("hide_exact_address") else ""}
        if where == OTHER:
            shown |= {"place_name": place["name"], "district": place["district"]}
            shown |= {name: place[name] for name in _WRITTEN}
        amount = said["cost_amount"]
        shown |= {"cost_kind": "" if said["cost_kind"] == CostKind.UNKNOWN else said["cost_kind"]}
        shown |= {"cost_amount": number_format(Decimal(amount), 2, use_l10n=True) if amount is not None else ""}
        shown |= {"amount_note": said["cost_text"], "cost_words": said["cost_text"]}
        return data_from({**shown, **{name: said[name] for name in _PLAIN}})

    def clean_postcode(self) -> str:
        return postcode_of(self.cleaned_data["postcode"])

    def clean_cost_amount(self) -> str | None:
        written: str = self.cleaned_data["cost_amount"]
        if not written or self.data.get("cost_kind") != CostKind.AMOUNT:
            return None
        amount = amount_of(written)
        if amount is None:
            raise forms.ValidationError(_("Please write it as a number, for example 5 or 7,50."))
        if amount <= 0:
            raise forms.ValidationError(_("If it costs nothing, please choose “Nothing” above."))
        return str(amount)

    def values(self) -> Content:
        kept = self.kept
        found = {name: kept[name] for name in _PLAIN if name in kept}
        found["accessibility"] = found.get("accessibility") or Accessibility.UNKNOWN.value
        if {"cost_kind", "cost_amount", "amount_note", "cost_words"} <= kept.keys():
            found |= _costs(kept)
        if {"where", "postcode", "place_name", "street", "city", "note"} <= kept.keys():
            found |= self._place(kept)
        return found

    def _place(self, kept: dict[str, Any]) -> Content:
        where: str = kept["where"]
        first, *rest = self.setting.content["locations"] or [{}]
        online = bool(kept.get("also_online"))
        venue = Venue.ONLINE if where == ONLINE else Venue.BOTH if online else Venue.ON_SITE
        if where in {ONLINE, NOWHERE, ""}:
            return {"venue": venue.value, "locations": []}
        place = self.ours if where == PROFILE else self._written(kept, first)
        if where == PROFILE and first and _is_ours(first, self.ours):
            place = first
        if not any(place.get(name) for name in (*_WRITTEN, "name", "district")):
            return {"venue": venue.value, "locations": rest}
        own = {"note": kept["note"], "hide_exact_address": bool(kept.get("hide"))}
        return {"venue": venue.value, "locations": [{**place, **own}, *rest]}

    def _written(self, kept: dict[str, Any], first: dict[str, Any]) -> dict[str, Any]:
        place = {name: kept[name] for name in _WRITTEN}
        if place["postcode"] and not place["city"]:
            place["city"] = next(iter(names_of(place["postcode"])), "")
        district = kept.get("district")
        named = {"name": kept["place_name"], "district": int(district) if district else None}
        if first and all(first.get(name) == place[name] for name in _WRITTEN):
            return {**first, **named, **(self.point or {})}
        return {**place, **named, **(self.point or point_of(place["postcode"], place["city"]))}

    def perform(self) -> bool:
        """Look up where the address is, once it is complete: not while somebody types it."""
        kept = self.kept
        street, postcode, city = (str(kept.get(name) or "") for name in _WRITTEN)
        first = (self.setting.content["locations"] or [{}])[0]
        known = first.get("precision") == Precision.EXACT and all(first[name] == kept.get(name) for name in _WRITTEN)
        if kept.get("where") == OTHER and not known:
            spot = geocoding.find(street, postcode, city or next(iter(names_of(postcode)), ""))
            if spot is not None:
                self.point = {"latitude": spot[0], "longitude": spot[1], "precision": Precision.EXACT.value}
        return "nadel" in self.data

    @property
    def has_point(self) -> bool:
        """Whether there is a pin to move."""
        return bool(self.setting.content["locations"])

    @property
    def further_places(self) -> list[str]:
        """Places beyond the first, which stay."""
        names = [(each["name"], each["street"], f"{each['postcode']} {each['city']}".strip())
                 for each in self.setting.content["locations"][1:]]  # fmt: skip
        return [", ".join(filter(None, parts)) for parts in names]

    @property
    def our_address(self) -> str:
        """The address of the profile on one line."""
        return self.setting.provider.address_line


def _costs(kept: dict[str, Any]) -> Content:
    kind = CostKind(kept["cost_kind"] or CostKind.UNKNOWN)
    text = {CostKind.AMOUNT: kept["amount_note"], CostKind.TEXT: kept["cost_words"]}.get(kind, "")
    return {"cost_kind": kind.value, "cost_amount": kept["cost_amount"], "cost_text": text}


def point_of(postcode: str, city: str = "") -> dict[str, Any]:
    """The middle of a postcode, else of the town of that name that is nearest to the municipality, or nowhere."""
    middle = middle_of(postcode) if postcode else None
    if middle is None and city and not postcode:
        names = Preferences.current()
        here = (names.latitude, names.longitude) if names.latitude is not None and names.longitude is not None else None
        town = next(iter(places_named(city, here)), None)
        middle = (town.latitude, town.longitude) if town else None
    if middle is None:
        return {"latitude": None, "longitude": None, "precision": ""}
    return {"latitude": middle[0], "longitude": middle[1], "precision": Precision.POSTCODE.value}


def where_of(said: Content, ours: dict[str, Any]) -> str:
    """Which answer the content is."""
    if said["locations"]:
        return PROFILE if _is_ours(said["locations"][0], ours) else OTHER
    return ONLINE if said["venue"] in REMOTE else NOWHERE
