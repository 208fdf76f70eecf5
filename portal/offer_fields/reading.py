"""The details of this municipality's offers, read once and kept until somebody changes them."""

from dataclasses import dataclass

from core.text import Spoken
from portal.offer_fields.models import ExtraField, Kind, OfferForm, Use
from portal.offer_fields.usual import names_of
from tenants.running.changes import remembered


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer of a list."""

    pk: int
    name: str
    retired: bool


@dataclass(frozen=True, slots=True)
class Extra:
    """One detail of the municipality's own. `question` is what the form asks."""

    pk: int
    name: str
    question: str
    help_text: str
    kind: Kind
    several: bool
    use: Use
    retired: bool
    choices: tuple[Choice, ...]

    @property
    def key(self) -> str:
        """Its name among the answers of an offer."""
        return str(self.pk)

    @property
    def is_public(self) -> bool:
        return self.use != Use.INTERNAL

    @property
    def is_filter(self) -> bool:
        """Whether residents may search by it at present."""
        return self.use == Use.FILTER and not self.retired

    def named(self, pk: int) -> str:
        """What an answer is called; empty for one that does not exist."""
        return next((each.name for each in self.choices if each.pk == pk), "")


@dataclass(frozen=True, slots=True)
class OfferFields:
    """`extras` in the order of the form, the retired ones too; `left_out` are names of an offer's usual fields."""

    extras: tuple[Extra, ...]
    left_out: frozenset[str]

    @property
    def by_key(self) -> dict[str, Extra]:
        return {each.key: each for each in self.extras}

    @property
    def asked(self) -> list[Extra]:
        """What providers are asked."""
        return [each for each in self.extras if each.is_public and not each.retired]

    @property
    def internal(self) -> list[Extra]:
        """What only the editors fill in."""
        return [each for each in self.extras if not each.is_public and not each.retired]

    @property
    def shown(self) -> list[Extra]:
        """What residents see; a retired detail goes on being shown where it was answered."""
        return [each for each in self.extras if each.is_public]

    @property
    def filters(self) -> list[Extra]:
        return [each for each in self.extras if each.is_filter]

    def shows(self, name: str) -> bool:
        """Whether one of the usual details is asked and shown here."""
        return name not in self.left_out


def offer_fields() -> OfferFields:
    """As of now, of the municipality we are inside; shared by all who ask, so nobody may change it."""
    return remembered("offer_fields", _load, rooms=("offerfields",))


def _load() -> OfferFields:
    found = ExtraField.objects.prefetch_related("choices")
    left_out = OfferForm.objects.values_list("left_out", flat=True).first() or []
    extras = tuple(_extra(row) for row in found)
    return OfferFields(extras, frozenset(name for key in left_out for name in names_of(key)))


def _extra(row: ExtraField) -> Extra:
    choices = tuple(Choice(each.pk, Spoken(each.name), each.retired) for each in row.choices.all())
    name = Spoken(row.name)
    return Extra(
        row.pk,
        name,
        row.question or name,
        row.help_text,
        Kind(row.kind),
        row.several,
        Use(row.use),
        row.retired,
        choices,
    )
