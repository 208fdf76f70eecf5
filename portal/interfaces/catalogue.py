"""The open data of the municipality as a catalogue after DCAT-AP.de 3.0, which open-data portals (GovData, those of the
Länder) read: what there is, in which files, under which licence, how often it changes.

https://www.dcat-ap.de/def/dcatde/3.0/spec/ says what each name means.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from rdflib import DCAT, DCTERMS, FOAF, RDF, XSD, BNode, Graph, Literal, Namespace, URIRef

from portal.interfaces.datasets import Dataset, datasets
from portal.interfaces.licences import attribution, current_licence
from portal.interfaces.models import Change
from theming.services import current_theme

_VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
_DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
_DCATAP = Namespace("http://data.europa.eu/r5r/")
_EU = "http://publications.europa.eu/resource/authority/"
_GERMAN = URIRef(f"{_EU}language/DEU")
# Somebody who chose no licence wants to be asked.
_ASK = URIRef("http://dcat-ap.de/def/licenses/other-closed")
_MEDIA = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class _File:
    """A file of `/daten/`: its name, its format in the European list, its media type."""

    kind: str
    name: str
    format: str
    media_type: str


_FILES = (
    _File("jsonl", "JSON Lines", "JSON", "application/json"),
    _File("csv", "CSV", "CSV", "text/csv"),
    _File("geojson", "GeoJSON", "GEOJSON", "application/geo+json"),
)
FORMATS = {"ttl": ("turtle", "text/turtle; charset=utf-8"), "jsonld": ("json-ld", "application/ld+json")}


def _keywords() -> tuple[str, ...]:
    return (_("offers"), _("courses"), _("advice"), _("clubs"), _("families"))


class _Catalogue:
    """Builds the graph; `base` is the address of the portal."""

    def __init__(self, base: str) -> None:
        self.graph = Graph()
        for prefix, names in (("vcard", _VCARD), ("dcatde", _DCATDE), ("dcatap", _DCATAP), ("foaf", FOAF)):
            self.graph.bind(prefix, names)
        self.base = base
        self.theme = current_theme()
        self.publisher = URIRef(f"{base}/#organisation")
        self.dataset = URIRef(f"{base}/daten/#angebote")
        self.page = URIRef(f"{base}/daten/")

    def say(self, about: URIRef | BNode, what: URIRef, *values: URIRef | BNode | Literal) -> None:
        """Facts of one kind."""
        for value in values:
            self.graph.add((about, what, value))

    def text(self, value: str) -> Literal:
        """German, as all content of these portals."""
        return Literal(value, lang="de")

    def build(self) -> Graph:
        """The whole catalogue."""
        catalogue = URIRef(f"{self.base}/daten/katalog.ttl")
        services = self._services()
        self._publisher()
        self.say(catalogue, RDF.type, DCAT.Catalog)
        self.say(catalogue, DCTERMS.title, self.text(_("Open data of %(name)s") % {"name": self.theme.portal_name}))
        self.say(catalogue, DCTERMS.description, self.text(_about()))
        self.say(catalogue, DCTERMS.publisher, self.publisher)
        self.say(catalogue, DCTERMS.language, _GERMAN)
        self.say(catalogue, FOAF.homepage, self._document(f"{self.base}/"))
        further = [self._further(each) for each in datasets()]
        self.say(catalogue, DCAT.dataset, self.dataset, *further)
        self.say(catalogue, DCAT.service, *services)
        self._dataset()
        return self.graph

    def _document(self, address: str) -> URIRef:
        found = URIRef(address)
        self.say(found, RDF.type, FOAF.Document)
        return found

    def _publisher(self) -> None:
        name = self.theme.organisation or self.theme.portal_name
        self.say(self.publisher, RDF.type, FOAF.Agent, FOAF.Organization)
        self.say(self.publisher, FOAF.name, self.text(name))

    def _dataset(self) -> None:
        changed = Change.objects.aggregate(last=Max("changed_at"))["last"] or timezone.now()
        day: date = timezone.localdate(changed)
        self._described(self.dataset, _("Offers and organisations"), _about(), day)
        self.say(self.dataset, DCAT.keyword, *map(self.text, _keywords()))
        self.say(self.dataset, DCTERMS.accrualPeriodicity, URIRef(f"{_EU}frequency/UPDATE_CONT"))
        files = {f"{self.base}/daten/angebote.{file.kind}": file for file in _FILES}
        self.say(self.dataset, DCAT.distribution, *(self._distribution(*each) for each in files.items()))

    def _described(self, about: URIRef, title: str, description: str, changed: date) -> None:
        """What every set of data says of itself."""
        self.say(about, RDF.type, DCAT.Dataset)
        self.say(about, DCTERMS.title, self.text(title))
        self.say(about, DCTERMS.description, self.text(description))
        self.say(about, DCTERMS.identifier, Literal(str(about)))
        self.say(about, DCTERMS.modified, Literal(changed.isoformat(), datatype=XSD.date))
        self.say(about, DCAT.theme, URIRef(f"{_EU}data-theme/SOCI"), URIRef(f"{_EU}data-theme/EDUC"))
        self.say(about, DCTERMS.publisher, self.publisher)
        self.say(about, DCTERMS.language, _GERMAN)
        level = URIRef("http://dcat-ap.de/def/politicalGeocoding/Level/municipality")
        self.say(about, _DCATDE.politicalGeocodingLevelURI, level)
        self.say(about, DCAT.contactPoint, self._contact())
        self.say(about, DCAT.landingPage, self._document(str(self.page)))

    def _further(self, dataset: Dataset) -> URIRef:
        """A set of another room; its numbers are those of today."""
        about = URIRef(f"{self.base}/daten/#{dataset.name}")
        self._described(about, str(dataset.title), str(dataset.about), timezone.localdate())
        frequency = "DAILY" if dataset.daily else "UPDATE_CONT"
        self.say(about, DCTERMS.accrualPeriodicity, URIRef(f"{_EU}frequency/{frequency}"))
        for file in dataset.files:
            kind = file.kind.upper()
            media_type = {"csv": "text/csv", "json": "application/json"}[file.kind]
            described = _File(file.kind, f"{file.title} ({kind})", kind, media_type)
            self.say(about, DCAT.distribution, self._distribution(f"{self.base}{file.path}", described))
        return about

    def _contact(self) -> BNode:
        """A function address of the municipality, or the page on which it is reached; never a person."""
        card = BNode()
        self.say(card, RDF.type, _VCARD.Organization)
        self.say(card, _VCARD.fn, self.text(self.theme.organisation or self.theme.portal_name))
        if self.theme.email:
            self.say(card, _VCARD.hasEmail, URIRef(f"mailto:{self.theme.email}"))
        self.say(card, _VCARD.hasURL, URIRef(f"{self.base}/kontakt/"))
        return card

    def _distribution(self, path: str, file: _File) -> URIRef:
        address = URIRef(path)
        self.say(address, RDF.type, DCAT.Distribution)
        self.say(address, DCTERMS.title, self.text(file.name))
        self.say(address, DCAT.accessURL, address)
        self.say(address, DCAT.downloadURL, address)
        self.say(address, DCTERMS["format"], URIRef(f"{_EU}file-type/{file.format}"))
        self.say(address, DCAT.mediaType, URIRef(f"{_MEDIA}{file.media_type}"))
        self.say(address, _DCATAP.availability, URIRef(f"{_EU}planned-availability/STABLE"))
        self._licence(address)
        return address

    def _licence(self, about: URIRef) -> None:
        licence = current_licence()
        self.say(about, DCTERMS.license, URIRef(licence.uri) if licence else _ASK)
        if licence and licence.names_source:
            self.say(about, _DCATDE.licenseAttributionByText, self.text(attribution()))

    def _services(self) -> list[URIRef]:
        described = {
            "/api/v1/": (_("Interface for programs"), "/api/v1/openapi.json"),
            "/hsds/": ("HSDS 3.2 (Open Referral)", "/hsds/openapi.json"),
        }
        found = []
        for path, (title, description) in described.items():
            service = URIRef(f"{self.base}{path}")
            self.say(service, RDF.type, DCAT.DataService)
            self.say(service, DCTERMS.title, self.text(title))
            self.say(service, DCTERMS.publisher, self.publisher)
            self.say(service, DCAT.endpointURL, service)
            self.say(service, DCAT.endpointDescription, URIRef(f"{self.base}{description}"))
            self.say(service, DCAT.servesDataset, self.dataset)
            self._licence(service)
            found.append(service)
        return found


def _about() -> str:
    return _(
        "Courses, advice, clubs and groups for children, families, newcomers and older people, with dates and places."
    )


def catalogue(base: str, kind: str) -> bytes:
    """The catalogue as Turtle (`ttl`) or JSON-LD (`jsonld`)."""
    written: bytes = _Catalogue(base).build().serialize(format=FORMATS[kind][0], encoding="utf-8")
    return written
