"""Whether a municipality's own text can go out: placeholders that are there, and those it cannot do without."""

import difflib
import re

from django.utils.translation import gettext as _

from core.text import fold
from mail.kinds import PLACEHOLDER, Kind

LONGEST_BODY = 10_000
MOST_PROBLEMS = 5
_BRACES = re.compile(r"\{\{|\}\}|\{%|%\}")
_SINGLE = re.compile(r"\{\s*(\w+)\s*\}")


def written(name: str) -> str:
    """A placeholder as it stands in a text."""
    return f"{{{{ {name} }}}}"


def problems(kind: Kind, text: str) -> list[str]:
    """What is wrong with a subject or a text, as sentences that say what to do."""
    found = [_unknown(kind, name) for name in dict.fromkeys(PLACEHOLDER.findall(text)) if _is_unknown(kind, name)]
    rest = PLACEHOLDER.sub(" ", text)
    broken = _BRACES.search(rest)
    if broken:
        found.append(_stray(rest, broken.start()))
    found += [_single(name) for name in dict.fromkeys(_SINGLE.findall(rest)) if not _is_unknown(kind, name)]
    return found[:MOST_PROBLEMS]


def missing(kind: Kind, body: str) -> list[str]:
    """Placeholders without which the mail would be of no use."""
    there = set(PLACEHOLDER.findall(body))
    return [
        _("Please keep %(name)s (%(label)s) in the text: without it the mail is of no use to whoever gets it.")
        % {"name": written(name), "label": kind.placeholders[name].label}
        for name in kind.required()
        if name not in there
    ]


def _is_unknown(kind: Kind, name: str) -> bool:
    return name not in kind.all_placeholders


def _unknown(kind: Kind, name: str) -> str:
    said = _("“%(name)s” is no placeholder of this mail.") % {"name": written(name[:40])}
    meant = _closest(kind, name)
    if meant:
        return f"{said} " + _("Did you mean %(name)s (%(label)s)?") % {
            "name": written(meant),
            "label": kind.all_placeholders[meant].label,
        }
    return f"{said} " + _("There are: %(names)s.") % {"names": ", ".join(map(written, kind.all_placeholders))}


def _closest(kind: Kind, name: str) -> str:
    """By its name, or by the German word for it."""
    words = {fold(each): each for each in kind.all_placeholders}
    for key, placeholder in kind.all_placeholders.items():
        for word in fold(str(placeholder.label)).split():
            if len(word) > 3:
                words.setdefault(word, key)
    close = difflib.get_close_matches(fold(name), words, n=1, cutoff=0.7)
    return words[close[0]] if close else ""


def _stray(text: str, at: int) -> str:
    there = " ".join(text[max(at - 10, 0) : at + 25].split())
    return _("Near “%(there)s” stand braces that are no placeholder. A placeholder looks like this: %(name)s.") % {
        "there": there,
        "name": written("portal"),
    }


def _single(name: str) -> str:
    return _("Please write %(name)s with two braces on each side: now it would stand in the mail as it is.") % {
        "name": written(name)
    }
