"""Which switches there are: each is declared by the room that asks it, when its app is ready.

    declare(Switch("embedding", _("Embed"), _("Parts for …"), room="portal.embedding", namespaces=("embedding",)))

All pages of the URL namespaces of a switch answer 404 where it is off, and no task card leads to them
(`switches.middleware`, `switches.task_cards`); other links ask `switches.asking.is_on`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Switch:
    """A part of the software that can be off. `name` is for ever: what was turned is kept under it."""

    name: str
    label: Promise
    sentence: Promise
    room: str
    default: bool = True
    namespaces: tuple[str, ...] = ()


_switches: dict[str, Switch] = {}
_by_namespace: dict[str, str] = {}


def declare(switch: Switch) -> Switch:
    """Make a switch known; once, at the start."""
    if switch.name in _switches:
        raise ValueError(f"There is a switch “{switch.name}” already.")
    _switches[switch.name] = switch
    _by_namespace.update(dict.fromkeys(switch.namespaces, switch.name))
    return switch


def switches() -> list[Switch]:
    """All of them by name."""
    return [_switches[name] for name in sorted(_switches)]


def switch_of(name: str) -> Switch | None:
    """The switch of this name; None where the code declares none (any more)."""
    return _switches.get(name)


def names_of(namespaces: list[str]) -> list[str]:
    """The switches that the pages of these URL namespaces hang on."""
    return [_by_namespace[each] for each in namespaces if each in _by_namespace]
