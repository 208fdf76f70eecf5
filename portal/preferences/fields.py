"""The fields of the rules' forms: strict, and with sentences that say what to do."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.text import clean_text
from gazetteer.models import STATES
from mail.answering import may_send_from
from portal.preferences.defaults import FILTERS
from portal.preferences.hosts import MOST_HOSTS, host_of
from portal.preferences.models import (
    FARTHEST_KM,
    HIDE_DAYS,
    MOST_DAYS,
    MOST_MONTHS,
    MOST_WEEKS,
    NOTE_DAYS,
    PAGE_SIZES,
    ApprovalRule,
    DataLicence,
    PlaceMode,
    StartSort,
)
from portal.preferences.values import after_days, filter_labels, flag_labels, months

YES, NO = "ja", "nein"
MOST_STEPS = 8
FARTHEST_STEP = 300
LOG_DAYS = (14, 30, 90, 180)
FIGURES_MONTHS = (0, 12, 24, 36, 60)
Text = Any  # a string, or one translated later


def noted(label: Text, note: Text) -> Any:
    """An answer with a line that explains it."""
    return format_html('{} <span class="option__note">{}</span>', label, note) if note else label


class NameField(forms.CharField):
    """A word for a thing: one line of plain text."""

    def __init__(self, label: Text, most: int, *, required: bool = True) -> None:
        missing = gettext_lazy("Please give a word. Without one the pages would have gaps.")
        super().__init__(label=label, max_length=most, required=required, error_messages={"required": missing})

    def clean(self, value: Any) -> str:
        written: str = super().clean(clean_text(value) if isinstance(value, str) else value)
        if re.search(r"[<>]|&[a-zA-Z#0-9]+;", written):
            raise ValidationError(_("Please write plain words without signs like < and >."))
        return written


class YesNoField(forms.TypedChoiceField):
    """Two answers with what each means."""

    def __init__(self, label: Text, yes: Text = "", no: Text = "") -> None:
        choices = [(YES, noted(gettext_lazy("Yes"), yes)), (NO, noted(gettext_lazy("No"), no))]
        super().__init__(label=label, choices=choices, coerce=lambda value: value == YES, widget=forms.RadioSelect)

    def prepare_value(self, value: Any) -> Any:
        return {True: YES, False: NO}.get(value, value) if isinstance(value, bool) else value


class NumberField(forms.IntegerField):
    """A whole number with its unit and its bounds."""

    def __init__(self, label: Text, least: int, most: int) -> None:
        sentence = gettext_lazy("Please give a whole number from %(least)d to %(most)d.")
        words = sentence % {"least": least, "most": most}
        errors = dict.fromkeys(("required", "invalid", "min_value", "max_value"), words)
        super().__init__(label=label, min_value=least, max_value=most, error_messages=errors)


class StepsField(forms.CharField):
    """Distances in kilometres, separated by commas or blanks."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[int]:
        written = super().clean(value)
        parts = [part for part in re.split(r"[\s,;]+", re.sub(r"(?i)\bkm\b", " ", written)) if part]
        if not all(re.fullmatch("[0-9]{1,3}", part) and 1 <= int(part) <= FARTHEST_STEP for part in parts):
            sentence = _("Please give whole kilometres from 1 to %(most)d, for example: 2, 5, 10")
            raise ValidationError(sentence % {"most": FARTHEST_STEP})
        found = sorted({int(part) for part in parts})
        if not 2 <= len(found) <= MOST_STEPS:
            raise ValidationError(_("Please give two to %(most)d different distances.") % {"most": MOST_STEPS})
        return found


class HostsField(forms.CharField):
    """Websites, one a line: an address or a host name, `*.` for all below one. Kept are host names alone."""

    def __init__(self, label: Text) -> None:
        super().__init__(label=label, required=False, widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}))

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        found: dict[str, None] = {}
        for part in re.split(r"[\s,;]+", super().clean(value)):
            if not part:
                continue
            host = host_of(part)
            if host is None:
                sentence = _("“%(given)s” is no website. Please give addresses such as www.stadt.de, one a line.")
                raise ValidationError(sentence % {"given": part[:60]})
            found[host] = None
        if len(found) > MOST_HOSTS:
            raise ValidationError(_("Please give at most %(most)d websites.") % {"most": MOST_HOSTS})
        return list(found)


class OrderedField(forms.MultipleChoiceField):
    """Groups to tick, in an order that buttons change; the order is sent along with the ticks."""

    def __init__(self, label: Text) -> None:
        super().__init__(label=label, required=False, choices=filter_labels, widget=OrderedWidget)

    def clean(self, value: Any) -> list[str]:
        return list(dict.fromkeys(super().clean(value)))


class OrderedWidget(forms.CheckboxSelectMultiple):
    """Reads the ticked groups in the order in which all of them stand."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        ticked = data.getlist(name)
        order = order_sent(data, name) or list(FILTERS)
        # What is no group at all stays, for the field to refuse.
        return [each for each in order if each in ticked] + [each for each in ticked if each not in order]


def order_sent(data: Any, name: str = "search_filters") -> list[str]:
    """All groups in the order sent along; empty where none was."""
    given = [each for each in data.getlist(f"{name}_order") if each in FILTERS]
    return list(dict.fromkeys([*given, *FILTERS])) if given else []


def _radios(
    label: Text, choices: list[tuple[Any, Any]], coerce: Callable[[str], Any] = str, *, required: bool = True
) -> forms.Field:
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=coerce, required=required, widget=forms.RadioSelect
    )


def _mail(label: Text) -> forms.Field:
    error = gettext_lazy("Please write the whole address, for example redaktion@stadt.de.")
    return forms.EmailField(label=label, required=False, max_length=254, error_messages={"invalid": error})


class FromField(forms.EmailField):
    """An address mails are sent from: only of a domain that lets the platform's mail server send for it."""

    def clean(self, value: Any) -> str:
        address = str(super().clean(value))
        if address and not may_send_from(address):
            domain = address.rpartition("@")[2]
            raise ValidationError(
                _(
                    "The mail server of this platform may not send for %(domain)s: mail programs would take such mails "
                    "for forged (SPF, DMARC). Ask who runs the platform to have it admitted, or leave this empty: "
                    "answers reach you by the address for answers all the same."
                )
                % {"domain": domain}
            )
        return address


def _from() -> forms.Field:
    error = gettext_lazy("Please write the whole address, for example redaktion@stadt.de.")
    label = gettext_lazy("Address of the sender")
    return FromField(label=label, required=False, max_length=254, error_messages={"invalid": error})


def _log_days() -> forms.Field:
    choices = [(each, ngettext("%(number)d day", "%(number)d days", each) % {"number": each}) for each in LOG_DAYS]
    return _radios(gettext_lazy("Log of mails"), choices, int)


def _place_mode() -> forms.Field:
    notes = {
        PlaceMode.DISTRICT: gettext_lazy("A list to tick, made of your districts."),
        PlaceMode.RADIUS: gettext_lazy("A field for the place, and distances to choose from."),
    }
    return _radios(gettext_lazy("Search by place"), [(each.value, noted(each.label, notes[each])) for each in notes])


def _approval() -> forms.Field:
    notes = {
        ApprovalRule.PROVIDERS: gettext_lazy("A provider you checked publishes by itself. You see it afterwards."),
        ApprovalRule.OFFERS: gettext_lazy("Later changes are public at once. You see them afterwards."),
        ApprovalRule.CHANGES: gettext_lazy("Until you approve it, the older version stays public."),
    }
    return _radios(gettext_lazy("What needs your approval?"),
                   [(each.value, noted(each.label, notes[each])) for each in notes])  # fmt: skip


def _state() -> forms.Field:
    choices = [("", gettext_lazy("as the middle of the map lies")), *STATES.items()]
    return forms.ChoiceField(label=gettext_lazy("Federal state"), choices=choices, required=False)


def _figures() -> forms.Field:
    choices = [(each, months(each) if each else _("without end")) for each in FIGURES_MONTHS]
    return _radios(gettext_lazy("Figures of use"), choices, int)


def _after(label: Text, choices: tuple[int, ...]) -> forms.Field:
    return _radios(label, [(each, after_days(each)) for each in choices], int)


def _flags() -> forms.Field:
    return forms.MultipleChoiceField(
        label=gettext_lazy("Filters"), choices=flag_labels, required=False, widget=forms.CheckboxSelectMultiple
    )


def _degrees() -> forms.Field:
    return forms.FloatField(required=False, widget=forms.HiddenInput)


FIELDS: Mapping[str, Callable[[], forms.Field]] = {
    "offer_name": lambda: NameField(gettext_lazy("One"), 40),
    "offers_name": lambda: NameField(gettext_lazy("Several"), 40),
    "provider_name": lambda: NameField(gettext_lazy("One"), 40),
    "providers_name": lambda: NameField(gettext_lazy("Several"), 40),
    "district_name": lambda: NameField(gettext_lazy("One"), 40),
    "districts_name": lambda: NameField(gettext_lazy("Several"), 40),
    "whole_area_name": lambda: NameField(gettext_lazy("All together"), 60),
    "place_mode": _place_mode,
    "usual_radius": lambda: NumberField(gettext_lazy("Usual distance in kilometres"), 1, FARTHEST_KM),
    "radius_steps": lambda: StepsField(
        label=gettext_lazy("Distances to choose from, in kilometres"),
        max_length=60,
        error_messages={"required": gettext_lazy("Please give distances, for example: 2, 5, 10")},
    ),
    "offers_without_address": lambda: YesNoField(gettext_lazy("Offers without an address")),
    "latitude": _degrees,
    "longitude": _degrees,
    "federal_state": _state,
    "approval": _approval,
    "trusted_exempt": lambda: YesNoField(
        gettext_lazy("Trusted providers"), no=gettext_lazy("Everybody waits for approval.")
    ),
    "stale_after_months": lambda: NumberField(gettext_lazy("Months"), 1, MOST_MONTHS),
    "ends_soon_weeks": lambda: NumberField(gettext_lazy("Weeks"), 1, MOST_WEEKS),
    "gone_after_days": lambda: NumberField(gettext_lazy("Days"), 0, MOST_DAYS),
    "remind_providers": lambda: YesNoField(
        gettext_lazy("Reminders by mail"), no=gettext_lazy("You remind them yourselves, under “Quality”.")
    ),
    "note_after_days": lambda: _after(gettext_lazy("Not checked since …"), NOTE_DAYS),
    "hide_after_days": lambda: _after(gettext_lazy("Hide"), HIDE_DAYS),
    "start_sort": lambda: _radios(gettext_lazy("Order"), list(StartSort.choices)),
    "page_size": lambda: _radios(gettext_lazy("Results"), [(each, str(each)) for each in PAGE_SIZES], int),
    "search_filters": lambda: OrderedField(gettext_lazy("Groups")),
    "search_flags": _flags,
    "contact_by_form": lambda: YesNoField(
        gettext_lazy("Contact form"),
        gettext_lazy("Nobody sees your address; machines are kept out."),
        gettext_lazy("Residents write with their own mail program, or call."),
    ),
    "mail_receiver": lambda: _mail(gettext_lazy("E-mail address")),
    "mail_reply_to": lambda: _mail(gettext_lazy("E-mail address")),
    "mail_sender_name": lambda: NameField(gettext_lazy("Name of the sender"), 80, required=False),
    "mail_from": _from,
    "mail_log_days": _log_days,
    "search_engines": lambda: YesNoField(
        gettext_lazy("Search engines"), no=gettext_lazy("What they know already goes within some weeks.")
    ),
    "ai_crawlers": lambda: YesNoField(gettext_lazy("AI crawlers")),
    "data_licence": lambda: _radios(gettext_lazy("Licence"), list(DataLicence.choices), required=False),
    "embed_hosts": lambda: HostsField(gettext_lazy("Websites")),
    "figures_months": _figures,
    "support_consent": lambda: YesNoField(
        "",
        gettext_lazy(
            "The administration gets a mail and allows or refuses; without an answer the question lapses "
            "after three days."
        ),
        gettext_lazy("It begins at once; you are told by mail and can end it at any time."),
    ),
}
