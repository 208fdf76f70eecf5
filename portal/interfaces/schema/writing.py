"""The shapes of what programs write, strict: what nobody knows is refused, so that no typing error is lost."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.utils.translation import gettext as _
from rest_framework import serializers

from core.html import check_length
from portal.interfaces.schema.common import Problem, Shape, several, text, whole, yes
from portal.offers.choices import Access, Accessibility, CostKind, ScheduleKind, Venue
from portal.offers.models import Location, Offer
from portal.offers.models.schedule import MOST_EXCEPTIONS, Off
from portal.offers.rules import LONGEST as LONGEST_RULE
from portal.offers.states import State
from portal.taxonomy.models import OLDEST

MOST_PLACES, MOST_RULES, MOST_CHOSEN = 50, 200, 200
LONGEST_ID = 200


class Strict(Shape):
    """Says which names it does not know."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            unknown = [str(name)[:80] for name in data if name not in self.fields]
            if unknown:
                raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown})
        return super().to_internal_value(data)


def _words(model: Any, name: str, about: str = "") -> serializers.CharField:
    """As long as the table has room for."""
    return text(about, required=False, allow_blank=True, max_length=model._meta.get_field(name).max_length)


def _offered(name: str, about: str = "") -> serializers.CharField:
    return _words(Offer, name, about)


def _chosen(values: Any, about: str = "") -> serializers.ChoiceField:
    return serializers.ChoiceField(choices=list(values), help_text=about, required=False)


def _clock(about: str) -> serializers.TimeField:
    return serializers.TimeField(
        help_text=about, required=False, allow_null=True, format="%H:%M", input_formats=["%H:%M"]
    )


def _numbers(about: str) -> serializers.ListField:
    number = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    return several(number, about, required=False, max_length=MOST_CHOSEN)


class WrittenCost(Strict):
    """What it costs."""

    kind = serializers.ChoiceField(choices=CostKind.values)
    amount = serializers.DecimalField(
        max_digits=8, decimal_places=2, min_value=0, required=False, allow_null=True, coerce_to_string=False,
        help_text="In euros; with kind “amount”.",
    )  # fmt: skip
    text = _offered("cost_text", "With kind “text” what it depends on, with “amount” anything to add.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What contradicts itself is not left out in silence."""
        if attrs.get("amount") is not None and attrs["kind"] != CostKind.AMOUNT:
            raise serializers.ValidationError({"amount": [_("Only with the kind “amount”.")]})
        return attrs


class WrittenPlace(Strict):
    """Where it takes place. Without coordinates it stands at the middle of its postcode."""

    name = _words(Location, "name")
    street = _words(Location, "street")
    postcode = serializers.RegexField(r"^([0-9]{5})?$", required=False, allow_blank=True, help_text="Five digits.")
    city = _words(Location, "city", "Found by the postcode where it is missing.")
    note = _words(Location, "note", "How to find it.")
    district_id = whole("One of /api/v1/districts/.", required=False, allow_null=True, min_value=1)
    protected = yes("The address is shown to nobody, only the district.", required=False)
    latitude = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True)
    longitude = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Half a point is none, and is not left out in silence."""
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if attrs.get(name) is None and attrs.get(other) is not None:
                raise serializers.ValidationError({name: [_("Latitude and longitude belong together.")]})
        return attrs


class WrittenSchedule(Strict):
    """A rule of the dates, in local time (Europe/Berlin)."""

    first_date = serializers.DateField()
    last_date = serializers.DateField(required=False, allow_null=True, help_text="Of a stretch without repetition.")
    start_time = _clock("As 17:00.")
    end_time = _clock("As 18:30.")
    rrule = text("RRULE of RFC 5545 without DTSTART.", required=False, allow_blank=True, max_length=LONGEST_RULE)
    except_on = several(serializers.DateField(), "Days on which it does not take place.", required=False,
                        max_length=MOST_EXCEPTIONS)  # fmt: skip
    except_holidays = several(serializers.ChoiceField(choices=Off.values), "Holidays it leaves out.", required=False)


class Contact(Strict):
    """Whom people ask. The mail address is shown to nobody: a form reaches it."""

    name = _offered("contact_name")
    role = _offered("contact_role")
    phone = _offered("contact_phone")
    email = serializers.EmailField(required=False, allow_blank=True, max_length=254)


class WrittenOffer(Strict):
    """An offer as a program writes it. The pictures stay as they are."""

    provider_id = whole("Whose it is; needed where the token acts for several. It never changes.", required=False,
                        min_value=1)  # fmt: skip
    external_id = text("Your own number of it: once more with the same number is a change.", required=False,
                       max_length=LONGEST_ID)  # fmt: skip
    title = _offered("title")
    summary = _offered("summary", "One or two sentences.")
    description = text("HTML of a few plain elements; others are taken out.", required=False, allow_blank=True)
    category_ids = _numbers("Of /api/v1/categories/.")
    target_group_ids = _numbers("Of /api/v1/target-groups/.")
    min_age = whole("In years.", required=False, allow_null=True, min_value=0, max_value=OLDEST)
    max_age = whole("In years.", required=False, allow_null=True, min_value=0, max_value=OLDEST)
    languages = several(
        serializers.RegexField(r"^[a-z]{2,3}$"),
        "Codes of ISO 639-1, or of ISO 639-3 where there is none; empty means "
        "German. Unknown ones are refused with the list of those that are known.",
        required=False,
        max_length=50,
    )
    venue = _chosen(Venue.values)
    locations = WrittenPlace(many=True, required=False, max_length=MOST_PLACES)
    online_url = serializers.URLField(required=False, allow_blank=True, max_length=500)
    cost = WrittenCost(required=False)
    access = _chosen(Access.values)
    accessibility = _chosen(Accessibility.values)
    accessibility_note = _offered("accessibility_note")
    conditions = _offered("conditions", "Of taking part, for example how to register.")
    registration_url = serializers.URLField(required=False, allow_blank=True, max_length=500)
    course_number = _offered("course_number")
    capacity = _offered("capacity", "Number of participants.")
    speaker = _offered("speaker", "And qualification.")
    format = _offered("format")
    cooperation = _offered("cooperation", "In cooperation with.")
    volunteering = yes("One can help as a volunteer.", required=False)
    participate_note = _offered("participate_note")
    donate_note = _offered("donate_note")
    video_url = serializers.URLField(required=False, allow_blank=True, max_length=500)
    schedule_kind = _chosen(ScheduleKind.values, "Made from the schedules where it is missing.")
    schedule_note = _offered("schedule_note")
    schedules = WrittenSchedule(many=True, required=False, max_length=MOST_RULES)
    contact = Contact(required=False)

    def validate_description(self, given: str) -> str:
        """As long as the forms take it."""
        try:
            check_length(given)
        except Invalid as error:
            raise serializers.ValidationError(error.messages) from error
        return given


class ChangedOffer(WrittenOffer):
    """What is to change of an offer; what is missing stays. A list takes the place of the whole list."""

    # REST framework's way to leave a field out.
    provider_id = None
    external_id = None


class Standing(Shape):
    """Where an offer is after something was written."""

    id = whole("Never changes.")
    external_id = text(allow_null=True)
    url = text("Its page, once it is public.")
    state = serializers.ChoiceField(choices=State.values)
    public = yes("Residents find its page.")
    waiting = serializers.ChoiceField(
        choices=["", "provider", "editors"], help_text="Whose word a new text waits for; empty: none waits."
    )
    reason = text("Why the editors gave it back or took it down.")
    notes = several(serializers.CharField(), "What of it was not taken over, in sentences.")


class Refusal(Problem):
    """A refusal that names what is wrong at which field."""

    errors = serializers.DictField(
        help_text="By the name of the field: sentences, or the same for the fields inside.", required=False
    )
