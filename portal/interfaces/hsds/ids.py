"""The identifiers of HSDS are UUIDs, ours are numbers: a UUID of version 8 (RFC 9562) that holds both.

The first half names the municipality and the kind of thing, so that no two portals of one directory give the same; the
second half is the number. Nothing has to be kept, and whoever asks for one is answered by the number in it.
"""

import hashlib
import uuid
from enum import IntEnum

_NUMBER_BITS = 62
_VERSION_8 = 8
_VARIANT = 0b10 << _NUMBER_BITS


class Entity(IntEnum):
    """What is identified. The values are part of every identifier that was ever given away."""

    SERVICE = 1
    ORGANIZATION = 2
    SERVICE_AT_LOCATION = 3
    ONLINE = 4
    LOCATION = 5
    TAXONOMY = 6
    CATEGORY = 7
    TARGET_GROUP = 8
    DISTRICT = 9


def identifier(town: str, entity: Entity, number: int) -> str:
    """The UUID of a thing of the municipality with this slug."""
    return str(uuid.UUID(int=_head(town, entity) | _VARIANT | number))


def number_of(town: str, entity: Entity, text: str) -> int | None:
    """The number in a UUID; None for anything that is no identifier of this kind of thing here."""
    try:
        given = uuid.UUID(text).int
    except ValueError:
        return None
    number = given & ((1 << _NUMBER_BITS) - 1)
    return number if given == _head(town, entity) | _VARIANT | number else None


def part(parent: str, name: str, number: int = 0) -> str:
    """The UUID of something that is only read within another, as a telephone number of a service."""
    return str(uuid.uuid5(uuid.UUID(parent), f"{name}/{number}"))


def _head(town: str, entity: Entity) -> int:
    """The upper 64 bits: 48 of a digest, the version, 12 of the digest."""
    digest = int.from_bytes(hashlib.sha256(f"{town}/{int(entity)}".encode()).digest()[:8])
    return (digest & ~(0xF << 12) | _VERSION_8 << 12) << 64
