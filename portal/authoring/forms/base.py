"""What the pages have in common: nothing must be filled in, and what was not touched stays as it is."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast
from urllib.parse import urlsplit

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from core.fields import cleaning
from core.text import clean_address, clean_email, clean_text
from portal.providers.models import Provider
from portal.revisions.kinds import Content
from portal.revisions.scalars import words

Data = MultiValueDict[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """Whose offer it is, what it says now, and who writes."""

    provider: Provider
    content: Content
    person: Any
    fresh: bool = False
    """A draft: what it does not say yet was perhaps not asked yet."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something that could not be understood: where, and what would be right."""

    target: str
    sentence: str


def data_from(values: Mapping[str, Any]) -> Data:
    """Values as a browser would send them; lists are several values of one name."""
    sent = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    return MultiValueDict({name: ["" if each is None else str(each) for each in each_of] for name, each_of in
                           sent.items()})  # fmt: skip


class StepForm(forms.Form):
    """One page. `asked` are the fields that are not marked as optional; empty they may be all the same."""

    use_required_attribute = False
    asked: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, data: Data, setting: Setting, files: Any = None) -> None:
        self.setting = setting
        super().__init__(data, files)
        for field in self.fields.values():
            field.required = False
            if isinstance(field, forms.CharField):
                _understand(field)
        self.prepare()

    def prepare(self) -> None:
        """Give the fields their choices."""

    def full_clean(self) -> None:
        super().full_clean()
        for name in self.asked & self.fields.keys():
            self.fields[name].required = True

    @classmethod
    def data_of(cls, setting: Setting) -> Data:
        """What the page shows of the content."""
        raise NotImplementedError

    def values(self) -> Content:
        """What the page says, without the keys it could not understand."""
        raise NotImplementedError

    @property
    def kept(self) -> dict[str, Any]:
        """What was understood; texts in one spelling."""
        self.errors  # noqa: B018 - reads the page, once
        return {name: words(value) if isinstance(value, str) else value for name, value in self.cleaned_data.items()}

    def mistakes(self) -> list[Mistake]:
        """Everything that could not be understood, for the summary at the top."""
        return [
            Mistake(_target(bound), str(error))
            for bound in self
            for error in cast("Iterable[str]", bound.errors)
        ]  # fmt: skip

    def forgive(self) -> None:
        """Show the page without complaining: nobody typed anything yet."""
        self.full_clean()
        self._errors = forms.utils.ErrorDict()

    def perform(self) -> bool:
        """Do what a button of the page's own asks; True: stay on the page."""
        return False


_WITH_COUNTRY = re.compile(r"DE?[- ]?(?=\d)", re.IGNORECASE)


def postcode_of(written: str) -> str:
    """A postcode: 66111, also as “66 111” and “D-66111”."""
    digits = "".join(_WITH_COUNTRY.sub("", written, count=1).split())
    if digits and not (len(digits) == 5 and digits.isascii() and digits.isdigit()):
        raise forms.ValidationError(_("A postcode has five digits, for example 66111."))
    return digits


def _understand(field: forms.CharField) -> None:
    """Take addresses out of what programs put around them, as tables do (`exchange.excel.cells`)."""
    if isinstance(field, forms.EmailField):
        cleaning(field, clean_email)
    elif isinstance(field, forms.URLField):
        cleaning(field, clean_address)
        # “info@verein.de” would be the page verein.de for the person “info”.
        field.validators = [*field.validators, partial(_is_page, field)]
    else:
        cleaning(field, clean_text)


def _is_page(field: forms.URLField, url: str) -> None:
    if "@" in urlsplit(url).netloc:
        raise forms.ValidationError(field.error_messages["invalid"], code="invalid")


def _target(bound: forms.BoundField) -> str:
    several = isinstance(bound.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    return f"{bound.auto_id}_0" if several else str(bound.auto_id)


def changes_of(form: Any, shown: Any) -> Content:
    """What somebody changed on a page: what it says now otherwise than it did when it was shown.

    A page cannot express everything an offer may say. Comparing what it says, not the content itself, leaves alone
    whatever it cannot.
    """
    before = shown.values()
    return {name: value for name, value in form.values().items() if name not in before or before[name] != value}
