"""A municipality that asks four things of its own."""

from dataclasses import dataclass

import pytest

from portal.offer_fields.models import ExtraField, Kind, Use
from portal.offer_fields.services import save_field
from tenants.running.context import inside


@dataclass
class Asked:
    """`bring` text; `care` yes or no, a filter; `level` one of three, a filter; `help` several; `funded` internal."""

    bring: ExtraField
    care: ExtraField
    level: ExtraField
    help: ExtraField
    funded: ExtraField

    def choice(self, name: str) -> int:
        fields = (self.level, self.help, self.funded)
        return next(each.pk for field in fields for each in field.choices.all() if each.name == name)


def asked() -> Asked:
    def made(name, answers=(), **fields):
        return save_field(ExtraField(name=name, **fields), answers, by="test")

    levels = ("Anfang", "Mitte", "Könner")
    return Asked(
        bring=made("Mitzubringen", question="Was soll man mitbringen?"),
        care=made("Kinderbetreuung", kind=Kind.YES_NO, use=Use.FILTER),
        level=made("Stufe", levels, kind=Kind.CHOICE, use=Use.FILTER),
        help=made("Hilfen", ("Ringschleife", "Gebärden"), kind=Kind.CHOICE, several=True),
        funded=made("Gefördert durch", ("Land", "Bund"), kind=Kind.CHOICE, use=Use.INTERNAL),
    )


@pytest.fixture
def fields(ahausen) -> Asked:
    with inside(ahausen):
        return asked()
