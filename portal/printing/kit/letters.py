"""Letters to providers as pages of HTML, for envelopes with a window (DIN 5008, form B)."""

from collections.abc import Iterator
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from portal.printing.dressing import Dress, dress, paragraphs
from portal.printing.kit.settings import Letters
from portal.printing.models import Paper
from portal.printing.trouble import TroubleError
from portal.printing.written import Written
from portal.providers.fields import Salutation
from portal.providers.models import Provider
from press.running import Sheets
from theming.mailing import address_lines

PER_PART = 100
MOST = 3000
_TITLES = {"dr.", "prof."}
_SMALL = {"von", "vom", "van", "zu", "zum", "zur", "de", "den", "der", "dem", "und", "di", "da", "al", "el"}


def write(paper: Paper, folder: Path, day: date) -> Written:
    """Write a letter for each receiver. TroubleError: there is none, or there are too many."""
    letters = Letters.of(paper)
    receivers = list(letters.receivers()[: MOST + 1])
    if not receivers:
        raise TroubleError(Paper.Trouble.NOBODY)
    if len(receivers) > MOST:
        raise TroubleError(Paper.Trouble.TOO_MANY, len(receivers))
    style = dress(folder, size="a4", kind="letters")
    common: dict[str, Any] = {
        "paper": paper,
        "letters": letters,
        "texts": paragraphs(letters.text),
        "day": day,
        "lines": address_lines(style.theme),
    }
    names = []
    for number, part in enumerate(_parts(receivers)):
        names.append(f"part-{number:03}.html")
        style.write(names[-1], "letters.html", {**common, "receivers": [_receiver(each, style) for each in part]})
    bookmarks = [(1, each.name, f"p{each.pk}") for each in receivers]
    return Written(Sheets(parts=names, bookmarks=bookmarks, folders=style.folders), len(receivers))


def _parts(receivers: list[Provider]) -> Iterator[list[Provider]]:
    for at in range(0, len(receivers), PER_PART):
        yield receivers[at : at + PER_PART]


def _receiver(provider: Provider, style: Dress) -> dict[str, Any]:
    url = f"{style.address.rstrip('/')}{provider.get_absolute_url()}"
    return {
        "provider": provider,
        "salutation": _salutation(provider),
        "person": provider.contact_name,
        "address": url.partition("://")[2],
        "code": style.code(f"code-{provider.pk}", url),
    }


def _salutation(provider: Provider) -> str:
    name = _last_name(provider.contact_name)
    if provider.contact_salutation == Salutation.MS and name:
        return _("Dear Ms %(name)s,") % {"name": name}
    if provider.contact_salutation == Salutation.MR and name:
        return _("Dear Mr %(name)s,") % {"name": name}
    return _("Dear Sir or Madam,")


def _last_name(name: str) -> str:
    """How somebody is addressed: “Dr. von der Heide” of “Dr. Maria von der Heide”."""
    words = name.split()
    titles = list(takewhile(lambda word: word.casefold() in _TITLES, words))
    rest = words[len(titles) :]
    if not rest:
        return ""
    small = list(takewhile(lambda word: word in _SMALL, reversed(rest[:-1])))
    return " ".join([*titles, *reversed(small), rest[-1]])
