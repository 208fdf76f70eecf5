"""What editors fill in."""

import re
import uuid
from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core import richtext
from core.html import check_length
from core.numbers import whole_numbers
from core.seen import Seen
from core.text import slug_of
from portal.newsletter.making import Period
from portal.newsletter.models import Issue, Newsletter
from portal.newsletter.models.newsletters import FARTHEST, RESERVED
from portal.subscriptions import searches
from portal.subscriptions.models import LONGEST_QUERY
from portal.taxonomy.tree import load_tree

LONGEST_KEY = 40
LONGEST_PASTE = 700_000
FARTHEST_BACK = timedelta(days=366)
FARTHEST_PLAN = timedelta(days=366)


class NewsletterForm(Seen, forms.ModelForm):  # type: ignore[type-arg]  # a type with parameters in the stubs only
    """What a newsletter is, of what it tells, how often."""

    address = forms.CharField(
        label=gettext_lazy("Of what it tells"),
        required=False,
        max_length=LONGEST_QUERY,
        help_text=gettext_lazy(
            "Search in the portal, set filters, and copy the address of the page here. Empty: everything in the portal."
        ),
        widget=forms.TextInput(attrs={"placeholder": "https://…/angebote/?kategorie=12"}),
    )

    class Meta:
        model = Newsletter
        fields = (
            *("name", "description", "audience", "admission", "contact", "contact_email"),
            *("address", "days_ahead", "by_topic", "rhythm", "archived", "active"),
        )
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "audience": forms.RadioSelect,
            "rhythm": forms.RadioSelect,
            "admission": forms.RadioSelect,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["days_ahead"].widget.attrs.update({"min": 1, "max": FARTHEST, "inputmode": "numeric"})
        if self.instance.query:
            self.initial.setdefault("address", f"/angebote/?{self.instance.query}")

    def clean_address(self) -> str:
        """The query string as it is kept."""
        given = str(self.cleaned_data["address"]).strip()
        if not given:
            return ""
        parts = urlsplit(given)
        query = parts.query if parts.query or "/" in given or "?" in given else given
        stored = searches.read(QueryDict(query))
        if not stored.query or stored.ignored:
            raise ValidationError(
                [
                    _("This is no address of a search in this portal, or something in it does not exist here."),
                    *stored.ignored,
                ]
            )
        return stored.query

    def save(self, commit: bool = True) -> Newsletter:
        self.instance.query = self.cleaned_data["address"]
        if not self.instance.slug:
            self.instance.slug = free_slug(self.instance.name)
        made: Newsletter = super().save(commit=commit)
        return made


def free_slug(name: str) -> str:
    """The address of a new newsletter, by its name."""
    base = slug_of(name, fallback="newsletter")[:50].strip("-") or "newsletter"
    taken = {*RESERVED, *Newsletter.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
    number = 1
    while (found := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return found


class MakeForm(forms.Form):
    """Of which time and topics an issue tells."""

    since = forms.DateField(
        label=gettext_lazy("New since"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    first_day = forms.DateField(
        label=gettext_lazy("Coming from"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=gettext_lazy("Coming until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Only these topics"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, period: Period, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._period, self._now = period, now
        topics = self.fields["topics"]
        assert isinstance(topics, forms.MultipleChoiceField)
        topics.choices = [(str(root.id), root.name) for root in load_tree().roots if root.offered]
        self.initial.setdefault("since", timezone.localdate(period.since))
        self.initial.setdefault("first_day", period.first_day)
        self.initial.setdefault("last_day", period.last_day)

    def clean_since(self) -> date:
        day: date = self.cleaned_data["since"]
        today = timezone.localdate(self._now)
        if not today - FARTHEST_BACK <= day <= today:
            raise ValidationError(_("Please choose a day within the last year, today at the latest."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first one."))
        elif first and last and (last - first).days > FARTHEST_BACK.days:
            self.add_error("last_day", _("Please choose at most a year."))
        elif last and last < timezone.localdate(self._now):
            self.add_error("last_day", _("This time is over already."))
        return cleaned

    @property
    def period(self) -> Period:
        """Of a valid form. The usual day means the very moment of the last issue, so that nothing is told twice."""
        day = self.cleaned_data["since"]
        usual = self._period.since
        since = usual if day == timezone.localdate(usual) else timezone.make_aware(datetime.combine(day, time.min))
        return Period(since, self.cleaned_data["first_day"], self.cleaned_data["last_day"])

    @property
    def chosen_topics(self) -> Collection[int]:
        return [int(each) for each in self.cleaned_data["topics"]]


class IssueForm(forms.ModelForm):  # type: ignore[type-arg]
    """The words of an issue."""

    preface = forms.CharField(
        label=gettext_lazy("Opening words"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    closing = forms.CharField(
        label=gettext_lazy("Closing words"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    class Meta:
        model = Issue
        fields = ("title",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("preface", "closing"):
            self.initial[name] = richtext.to_text(getattr(self.instance, name))

    def _written(self, name: str) -> str:
        typed = str(self.cleaned_data[name])
        check_length(str(self.data.get(richtext.beside(name)) or typed))
        return typed

    def clean_preface(self) -> str:
        return self._written("preface")

    def clean_closing(self) -> str:
        return self._written("closing")

    def clean_title(self) -> str:
        return " ".join(str(self.cleaned_data["title"]).split())

    def markup(self, name: str) -> str:
        """A long text for the editor: as it was sent, else as it is kept."""
        return richtext.shown(self.data, name, getattr(self.instance, name))

    @property
    def preface_markup(self) -> str:
        return self.markup("preface")

    @property
    def closing_markup(self) -> str:
        return self.markup("closing")

    @property
    def words(self) -> dict[str, str]:
        """Of a valid form: what is to be kept. A text nobody changed in the plain field keeps its formats."""
        found = {"title": str(self.cleaned_data["title"])}
        for name in ("preface", "closing"):
            typed = str(self.cleaned_data[name])
            kept = getattr(self.instance, name)
            same = richtext.beside(name) not in self.data and richtext.to_html(typed) == richtext.to_html(
                richtext.to_text(kept)
            )
            found[name] = kept if same else richtext.written(self.data, name, typed)
        return found


class SendForm(forms.Form):
    """Now, or at a moment."""

    when = forms.ChoiceField(
        label=gettext_lazy("When?"),
        choices=[("jetzt", gettext_lazy("Now")), ("spaeter", gettext_lazy("At a moment I choose"))],
        initial="jetzt",
        widget=forms.RadioSelect,
    )
    day = forms.DateField(
        label=gettext_lazy("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    hour = forms.TimeField(
        label=pgettext_lazy("of a clock", "Time"),
        required=False,
        initial=time(9, 0),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("when") != "spaeter" or self.errors:
            return cleaned
        for name in ("day", "hour"):
            if not cleaned.get(name):
                self.add_error(name, _("Please fill this in."))
        if self.errors:
            return cleaned
        moment = self._moment(cleaned)
        if moment <= self._now:
            self.add_error("day", _("This moment has passed. Please choose a later one, or “Now”."))
        elif moment > self._now + FARTHEST_PLAN:
            self.add_error("day", _("Please choose a day within the next year."))
        return cleaned

    @staticmethod
    def _moment(cleaned: dict[str, Any]) -> datetime:
        return timezone.make_aware(datetime.combine(cleaned["day"], cleaned["hour"]))

    @property
    def moment(self) -> datetime:
        """Of a valid form."""
        return self._moment(self.cleaned_data) if self.cleaned_data["when"] == "spaeter" else self._now


class EnterForm(forms.Form):
    """One address, by the editors."""

    email = forms.EmailField(label=gettext_lazy("Address of mail"), max_length=254)


class ListForm(forms.Form):
    """A list of addresses: as a file or as text."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("Excel (.xlsx), CSV or text, at most 3 MB and 10,000 addresses"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or addresses as text"),
        required=False,
        max_length=LONGEST_PASTE,
        help_text=gettext_lazy("One after the other, also with names, as mail programs copy them."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=LONGEST_KEY, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4().hex)

    def clean_key(self) -> str:
        given = str(self.cleaned_data["key"])
        return given if re.fullmatch(r"[0-9a-zA-Z]{8,40}", given) else uuid.uuid4().hex

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not str(cleaned.get("text", "")).strip():
            self.add_error("file", _("Please choose a file, or put the addresses into the field below."))
        return cleaned


class TakeForm(forms.Form):
    """What is to happen with the addresses of a list."""

    consent = forms.ChoiceField(
        label=gettext_lazy("Have these people agreed to get this newsletter?"),
        choices=[
            (
                "fragen",
                gettext_lazy("Ask them first: each gets a mail, and only whoever presses the button in it is a reader"),
            ),
            ("liegt-vor", gettext_lazy("Yes, and we can prove it")),
        ],
        initial="fragen",
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=gettext_lazy("What proves it?"),
        required=False,
        max_length=300,
        help_text=gettext_lazy(
            "For example: signed lists of the spring market 2026, kept in the town hall. It stands beside each reader."
        ),
    )
    corrected = forms.BooleanField(
        label=gettext_lazy("Take over addresses with a typing error as we suggest"), required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("consent") == "liegt-vor" and len(str(cleaned.get("evidence", "")).strip()) < 5:
            self.add_error("evidence", _("Please say what proves the consent: the law asks for it (Art. 7 GDPR)."))
        return cleaned


def ids_in(sent: Any, name: str) -> set[int]:
    """Numbers a form sent; what is none is left out."""
    values: Sequence[str] = sent.getlist(name)
    return set(whole_numbers(values))
