"""Invented people to call, and the hours in which somebody answers."""

from __future__ import annotations

import re
from datetime import time
from random import Random

from demo.content.types import ContactSeed, OpeningSeed, ProviderSpec

FIRST_NAMES = [
    "Miriam",
    "Jonas",
    "Aylin",
    "Peter",
    "Svenja",
    "Karim",
    "Hannelore",
    "Tobias",
    "Ewa",
    "Markus",
    "Leyla",
    "Ralf",
    "Christine",
    "Deniz",
    "Ute",
    "Florian",
    "Nadja",
    "Heinz",
    "Oksana",
    "Michael",
    "Sabine",
    "Ibrahim",
    "Franziska",
    "Bernd",
    "Amira",
    "Lukas",
    "Petra",
    "Yusuf",
    "Katharina",
    "Jürgen",
]
LAST_NAMES = [
    "Feldmann",
    "Oberbach",
    "Kaya",
    "Lindtner",
    "Sommerfeld",
    "Haddad",
    "Brückner",
    "Nowicki",
    "Steigerwald",
    "Marquart",
    "Yildirim",
    "Hellwig",
    "Thalbach",
    "Osterkamp",
    "Petrenko",
    "Rosenhain",
    "Weidlich",
    "Amrani",
    "Dornseif",
    "Kesselring",
    "Vogtland",
    "Mühlhoff",
    "Baumgarten",
    "Sarikaya",
    "Quellmann",
    "Hohlfeld",
    "Winterhalter",
    "Ackerfeld",
    "Birkenstock",
    "Zeilinger",
]
ROLES = (
    "Anmeldung und Beratung",
    "Leitung",
    "Ansprechperson für Kurse",
    "Koordination",
    "Geschäftsstelle",
    "Organisation",
)

# Weekdays 0-6 with windows, by the kind of house.
OPENING: dict[str, tuple[tuple[str, str], ...]] = {
    "amt": (("0123", "08:30-12:00"), ("013", "13:30-16:00"), ("4", "08:30-12:30")),
    "buero": (("0123", "09:00-16:00"), ("4", "09:00-12:00")),
    "vormittag": (("01234", "09:00-12:30"),),
    "nachmittag": (("0123", "14:00-18:00"), ("4", "13:00-16:00")),
    "buecherei": (("13", "10:00-18:00"), ("4", "10:00-17:00"), ("5", "10:00-14:00")),
    "jugend": (("123", "14:00-20:00"), ("4", "15:00-22:00"), ("5", "14:00-19:00")),
    "kita": (("01234", "07:00-16:30"),),
    "cafe": (("01234", "09:30-17:00"), ("5", "10:00-13:00")),
    "abend": (("13", "17:00-20:00"),),
    "museum": (("123456", "10:00-17:00"),),
    "keine": (),
}

UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def domain_of(name: str) -> str:
    """A host name below .example (RFC 2606) that nobody can own."""
    plain = name.lower().translate(UMLAUTS)
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-") + ".example"


def opening_of(kind: str) -> tuple[OpeningSeed, ...]:
    """The opening hours of a kind of house, in the order of the week."""
    hours = [
        OpeningSeed(int(day), *(time.fromisoformat(part) for part in window.split("-")))
        for days, window in OPENING[kind]
        for day in days
    ]
    return tuple(sorted(hours, key=lambda each: (each.weekday, each.opens)))


def contacts_of(spec: ProviderSpec, *, area: str, number: int, seed: int) -> tuple[ContactSeed, ContactSeed]:
    """Two people of a provider. Numbers begin with 555, which no German exchange of this length uses."""
    rng = Random(f"{seed}-{spec.key}-contact")
    names = [f"{rng.choice(FIRST_NAMES)} {rng.choice(LAST_NAMES)}" for _ in range(2)]
    roles = rng.sample(ROLES, 2)
    host = domain_of(spec.name)
    first, second = (
        ContactSeed(name, role, f"{area} 5550{number + extra}", f"{mailbox}@{host}")
        for name, role, extra, mailbox in zip(names, roles, (0, 1), ("info", "anmeldung"), strict=True)
    )
    return first, second
