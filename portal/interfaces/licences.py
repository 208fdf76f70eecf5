"""The licences a municipality may choose for its open data."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from portal.preferences.models import DataLicence, Preferences
from theming.services import current_theme


class Licence(NamedTuple):
    """`uri` is how catalogues name it, `url` where its text stands."""

    key: str
    name: str
    uri: str
    url: str
    names_source: bool


_URI = "http://dcat-ap.de/def/licenses/"
LICENCES = {
    DataLicence.ZERO: Licence(
        "dl-zero-de/2.0", "Datenlizenz Deutschland – Zero – Version 2.0", f"{_URI}dl-zero-de/2.0",
        "https://www.govdata.de/dl-de/zero-2-0", names_source=False,
    ),
    DataLicence.BY: Licence(
        "dl-by-de/2.0", "Datenlizenz Deutschland – Namensnennung – Version 2.0", f"{_URI}dl-by-de/2.0",
        "https://www.govdata.de/dl-de/by-2-0", names_source=True,
    ),
    DataLicence.CC_ZERO: Licence(
        "cc-zero", "Creative Commons CC0 1.0", f"{_URI}cc-zero",
        "https://creativecommons.org/publicdomain/zero/1.0/deed.de", names_source=False,
    ),
    DataLicence.CC_BY: Licence(
        "cc-by/4.0", "Creative Commons Namensnennung 4.0 (CC BY 4.0)", f"{_URI}cc-by/4.0",
        "https://creativecommons.org/licenses/by/4.0/deed.de", names_source=True,
    ),
}  # fmt: skip


def current_licence() -> Licence | None:
    """The one of this municipality; None: it chose none, and whoever wants to use the data asks."""
    return LICENCES.get(DataLicence(Preferences.current().data_licence))


def licence_link() -> str:
    """For the header of every answer; empty without a licence."""
    licence = current_licence()
    return f'<{licence.url}>; rel="license"' if licence else ""


def attribution() -> str:
    """How the source is to be named."""
    theme = current_theme()
    return ", ".join(part for part in (theme.portal_name, theme.organisation) if part)


def licence_record() -> dict[str, str] | None:
    """The licence for programs."""
    licence = current_licence()
    if licence is None:
        return None
    return {
        "key": licence.key,
        "name": licence.name,
        "uri": licence.uri,
        "url": licence.url,
        "attribution": attribution() if licence.names_source else "",
    }


def licence_sentence() -> str:
    """What it means, for people."""
    licence = current_licence()
    if licence is None:
        return _("No licence has been chosen yet: please ask before you use the data elsewhere.")
    if licence.names_source:
        return _("You may use the data for any purpose if you name the source.")
    return _("You may use the data for any purpose, without conditions.")
