"""Where people complain when a public website stays inaccessible: one body in each federal state.

Names and laws are German: they are proper names. Offices move and are renamed, therefore the editors' page asks to
check them; LIST_OF_ALL is kept by Hessen's competence centre for all states. Looked up in November 2026 from public
pages; where a deep link could not be confirmed the link leads to the authority's start page.
"""

from typing import NamedTuple

from django.db import models

LIST_OF_ALL = "https://lbit.hessen.de/buergerinnen-und-buerger/durchsetzungsstellen-der-laender"


class Land(models.TextChoices):
    """The federal states by their ISO 3166-2 codes; proper names, hence not translated."""

    BW = "BW", "Baden-Württemberg"
    BY = "BY", "Bayern"
    BE = "BE", "Berlin"
    BB = "BB", "Brandenburg"
    HB = "HB", "Bremen"
    HH = "HH", "Hamburg"
    HE = "HE", "Hessen"
    MV = "MV", "Mecklenburg-Vorpommern"
    NI = "NI", "Niedersachsen"
    NW = "NW", "Nordrhein-Westfalen"
    RP = "RP", "Rheinland-Pfalz"
    SL = "SL", "Saarland"
    SN = "SN", "Sachsen"
    ST = "ST", "Sachsen-Anhalt"
    SH = "SH", "Schleswig-Holstein"
    TH = "TH", "Thüringen"


class Body(NamedTuple):
    """An enforcement or arbitration body, its website, and the law of its state."""

    name: str
    url: str
    law: str


BODIES: dict[str, Body] = {
    Land.BW: Body(
        "Schlichtungsstelle beim Landeszentrum Barrierefreiheit Baden-Württemberg",
        "https://barrierefreiheit-bw.de/barrierefreiheitdurchsetzen/schlichtungsantrag",
        "Landes-Behindertengleichstellungsgesetz (L-BGG)",
    ),
    Land.BY: Body(
        "Durchsetzungs- und Überwachungsstelle für barrierefreie Informationstechnik beim Landesamt für"
        " Digitalisierung, Breitband und Vermessung",
        "https://www.ldbv.bayern.de/",
        "Bayerisches Behindertengleichstellungsgesetz (BayBGG)",
    ),
    Land.BE: Body(
        "Durchsetzungsstelle der Landesbeauftragten für digitale Barrierefreiheit Berlin",
        "https://www.berlin.de/moderne-verwaltung/barrierefreie-it/",
        "Barrierefreie-IKT-Gesetz Berlin (BIKTG Bln)",
    ),
    Land.BB: Body(
        "Durchsetzungsstelle für digitale Barrierefreiheit bei der Beauftragten der Landesregierung für die Belange"
        " der Menschen mit Behinderungen",
        "https://msgiv.brandenburg.de/",
        "Brandenburgisches Behindertengleichstellungsgesetz (BbgBGG)",
    ),
    Land.HB: Body(
        "Schlichtungsstelle beim Landesbehindertenbeauftragten der Freien Hansestadt Bremen",
        "https://www.behindertenbeauftragter.bremen.de/",
        "Bremisches Behindertengleichstellungsgesetz (BremBGG)",
    ),
    Land.HH: Body(
        "Ombudsstelle für barrierefreie Informationstechnik der Freien und Hansestadt Hamburg",
        "https://www.hamburg.de/",
        "Hamburgisches Behindertengleichstellungsgesetz (HmbBGG)",
    ),
    Land.HE: Body(
        "Durchsetzungs- und Überwachungsstelle für barrierefreie Informationstechnik Hessen",
        "https://lbit.hessen.de/Durchsetzungs-und-Ueberwachungsstelle/Durchsetzungsverfahren-beantragen",
        "Hessisches Behinderten-Gleichstellungsgesetz (HessBGG)",
    ),
    Land.MV: Body(
        "Anlauf- und Überwachungsstelle „Digitale Barrierefreiheit“ beim Sozialministerium Mecklenburg-Vorpommern",
        "https://www.regierung-mv.de/",
        "Landesbehindertengleichstellungsgesetz (LBGG M-V)",
    ),
    Land.NI: Body(
        "Schlichtungsstelle bei der Landesbeauftragten für Menschen mit Behinderungen Niedersachsen",
        "https://www.behindertenbeauftragte-niedersachsen.de/",
        "Niedersächsisches Behindertengleichstellungsgesetz (NBGG)",
    ),
    Land.NW: Body(
        "Ombudsstelle für barrierefreie Informationstechnik des Landes Nordrhein-Westfalen",
        "https://www.lbbp.nrw.de/ombudsstelle",
        "Behindertengleichstellungsgesetz Nordrhein-Westfalen (BGG NRW)",
    ),
    Land.RP: Body(
        "Durchsetzungsstelle bei der Landesbeauftragten für die Belange von Menschen mit Behinderungen Rheinland-Pfalz",
        "https://inklusion.rlp.de/de/landesbeauftragte-landesteilhabebeirat/durchsetzungsstelle/",
        "Landesinklusionsgesetz Rheinland-Pfalz",
    ),
    Land.SL: Body(
        "Schlichtungsstelle nach § 17 des Saarländischen Behindertengleichstellungsgesetzes",
        "https://www.saarland.de/",
        "Saarländisches Behindertengleichstellungsgesetz (SBGG)",
    ),
    Land.SN: Body(
        "Durchsetzungsstelle beim Landesbeauftragten für Inklusion der Menschen mit Behinderungen Sachsen",
        "https://www.inklusion.sachsen.de/",
        "Barrierefreie-Websites-Gesetz (BfWebG)",
    ),
    Land.ST: Body(
        "Ombudsstelle bei der Landesfachstelle für Barrierefreiheit Sachsen-Anhalt",
        "https://lf-barrierefreiheit-st.de/ueber-uns/ombudsstelle",
        "Behindertengleichstellungsgesetz Sachsen-Anhalt (BGG LSA)",
    ),
    Land.SH: Body(
        "Beschwerdestelle bei der Landesbeauftragten für Menschen mit Behinderungen Schleswig-Holstein",
        "https://www.landtag.ltsh.de/",
        "Landesbehindertengleichstellungsgesetz (LBGG)",
    ),
    Land.TH: Body(
        "Landesdurchsetzungsstelle beim Thüringer Landesbeauftragten für Menschen mit Behinderungen",
        "https://www.tlmb-thueringen.de/",
        "Thüringer Gesetz über den barrierefreien Zugang zu Websites (ThürBarrWebG)",
    ),
}
