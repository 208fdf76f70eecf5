"""What differs between the federal states: the authority that supervises data protection, and the state's own law.

Names and laws are German: they are proper names. Offices move and laws are renumbered, therefore the editors' page
shows what is taken from here and asks to have it checked by their data protection officer.
"""

from typing import NamedTuple


class Land(NamedTuple):
    """A state; `authority` as it is complained to (Article 77 GDPR), `basis` the state's rule for public tasks."""

    name: str
    authority: str
    url: str
    basis: str


LANDS: dict[str, Land] = {
    "BW": Land(
        "Baden-Württemberg",
        "Der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Baden-Württemberg",
        "https://www.baden-wuerttemberg.datenschutz.de/",
        "§ 4 Landesdatenschutzgesetz Baden-Württemberg",
    ),
    "BY": Land(
        "Bayern",
        "Der Bayerische Landesbeauftragte für den Datenschutz",
        "https://www.datenschutz-bayern.de/",
        "Art. 4 Bayerisches Datenschutzgesetz",
    ),
    "BE": Land(
        "Berlin",
        "Berliner Beauftragte für Datenschutz und Informationsfreiheit",
        "https://www.datenschutz-berlin.de/",
        "§ 3 Berliner Datenschutzgesetz",
    ),
    "BB": Land(
        "Brandenburg",
        "Die Landesbeauftragte für den Datenschutz und für das Recht auf Akteneinsicht Brandenburg",
        "https://www.lda.brandenburg.de/",
        "§ 5 Brandenburgisches Datenschutzgesetz",
    ),
    "HB": Land(
        "Bremen",
        "Die Landesbeauftragte für Datenschutz und Informationsfreiheit der Freien Hansestadt Bremen",
        "https://www.datenschutz.bremen.de/",
        "§ 3 Bremisches Ausführungsgesetz zur Datenschutz-Grundverordnung",
    ),
    "HH": Land(
        "Hamburg",
        "Der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit",
        "https://datenschutz-hamburg.de/",
        "§ 4 Hamburgisches Datenschutzgesetz",
    ),
    "HE": Land(
        "Hessen",
        "Der Hessische Beauftragte für Datenschutz und Informationsfreiheit",
        "https://datenschutz.hessen.de/",
        "§ 3 Hessisches Datenschutz- und Informationsfreiheitsgesetz",
    ),
    "MV": Land(
        "Mecklenburg-Vorpommern",
        "Der Landesbeauftragte für Datenschutz und Informationsfreiheit Mecklenburg-Vorpommern",
        "https://www.datenschutz-mv.de/",
        "§ 4 Landesdatenschutzgesetz Mecklenburg-Vorpommern",
    ),
    "NI": Land(
        "Niedersachsen",
        "Der Landesbeauftragte für den Datenschutz Niedersachsen",
        "https://www.lfd.niedersachsen.de/",
        "§ 3 Niedersächsisches Datenschutzgesetz",
    ),
    "NW": Land(
        "Nordrhein-Westfalen",
        "Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen",
        "https://www.ldi.nrw.de/",
        "§ 3 Datenschutzgesetz Nordrhein-Westfalen",
    ),
    "RP": Land(
        "Rheinland-Pfalz",
        "Der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Rheinland-Pfalz",
        "https://www.datenschutz.rlp.de/",
        "§ 3 Landesdatenschutzgesetz Rheinland-Pfalz",
    ),
    "SL": Land(
        "Saarland",
        "Unabhängiges Datenschutzzentrum Saarland",
        "https://www.datenschutz.saarland.de/",
        "§ 4 Saarländisches Datenschutzgesetz",
    ),
    "SN": Land(
        "Sachsen",
        "Sächsische Datenschutz- und Transparenzbeauftragte",
        "https://www.datenschutz.sachsen.de/",
        "§ 3 Sächsisches Datenschutzdurchführungsgesetz",
    ),
    "ST": Land(
        "Sachsen-Anhalt",
        "Landesbeauftragte für den Datenschutz Sachsen-Anhalt",
        "https://datenschutz.sachsen-anhalt.de/",
        "§ 4 Datenschutz-Grundverordnungs-Ausfüllungsgesetz Sachsen-Anhalt",
    ),
    "SH": Land(
        "Schleswig-Holstein",
        "Unabhängiges Landeszentrum für Datenschutz Schleswig-Holstein",
        "https://www.datenschutzzentrum.de/",
        "§ 3 Landesdatenschutzgesetz Schleswig-Holstein",
    ),
    "TH": Land(
        "Thüringen",
        "Thüringer Landesbeauftragter für den Datenschutz und die Informationsfreiheit",
        "https://www.tlfdi.de/",
        "§ 16 Thüringer Datenschutzgesetz",
    ),
}
