"""The catalogue of open data against GovData's own shapes, and what it says of the licence."""

from urllib.parse import urlsplit

import pytest
from pyshacl import validate
from rdflib import DCAT, DCTERMS, OWL, RDF, SKOS, Graph, Literal, Namespace, URIRef

from portal.interfaces import limits
from portal.preferences.models import DataLicence, Preferences
from tenants.running.context import inside
from tests.factories import an_offer
from theming.models import Theme

SH = Namespace("http://www.w3.org/ns/shacl#")
DCATDE = Namespace("http://dcat-ap.de/def/dcatde/")
SHAPES = ("semic-dcat-ap-3.0.0-SHACL", "dcat-ap-SHACL-DE", "dcat-ap-de-deprecated", "dcat-ap-spec-german-additions",
          "dcat-ap-de-controlledvocabularies")  # fmt: skip
# The lists of the EU and of GovData cannot be asked here: that a name is one of theirs is told by its beginning.
LISTS = (
    "http://publications.europa.eu/resource/authority/",
    "http://dcat-ap.de/def/licenses",
    "http://dcat-ap.de/def/politicalGeocoding/",
)


@pytest.fixture(autouse=True)
def no_limit():
    limits.counters.forget()


def asked(visitor, kind="ttl"):
    answer = visitor("ahausen").get(f"/daten/katalog.{kind}")
    assert answer.status_code == 200
    assert answer["Access-Control-Allow-Origin"] == "*"
    return Graph().parse(data=answer.content, format={"ttl": "turtle", "jsonld": "json-ld"}[kind])


def with_lists(graph):
    """The graph, and that each name of a public list stands in that list."""
    told = Graph()
    for name in {each for each in graph.objects() if isinstance(each, URIRef) and str(each).startswith(LISTS)}:
        scheme = str(name).rpartition("/")[0]
        if scheme.endswith(("dl-zero-de", "dl-by-de", "cc-by")):
            scheme = scheme.rpartition("/")[0]
        told.add((name, RDF.type, SKOS.Concept))
        for each in (scheme, f"{scheme}/"):
            told.add((name, SKOS.inScheme, URIRef(each)))
    return graph + told


@pytest.mark.parametrize("licence", DataLicence.values)
@pytest.mark.parametrize("email", ["", "daten@ahausen.example"])
def test_govdatas_shapes_find_nothing(ahausen, visitor, shared, licence, email):
    folder = shared / "conformance" / "dcat-ap-de"
    if not folder.exists():
        pytest.skip("../shared is not there")
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(data_licence=licence)
        Theme.objects.update(organisation="Stadt Ahausen", email=email)
        an_offer()
    shapes = Graph()
    for name in SHAPES:
        shapes.parse(folder / f"{name}.ttl")
    # Else it would look for the lists in the network.
    shapes.remove((None, OWL.imports, None))
    _fits, report, _text = validate(
        with_lists(asked(visitor)),
        shacl_graph=shapes,
        ont_graph=Graph().parse(folder / "vcard.ttl"),
        inference="rdfs",
        advanced=True,
        allow_warnings=True,
    )
    wrong = [
        (str(report.value(each, SH.resultPath)), str(report.value(each, SH.resultMessage)))
        for each in report.subjects(SH.resultSeverity, SH.Violation)
    ]
    assert wrong == []


# Of rdflib's own reader of JSON-LD.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_both_forms_say_the_same(ahausen, visitor):
    turtle, linked = asked(visitor), asked(visitor, "jsonld")
    assert turtle.isomorphic(linked)
    assert len(turtle) > 40


@pytest.mark.parametrize(
    ("licence", "uri", "named"),
    [
        (DataLicence.ZERO, "dl-zero-de/2.0", False),
        (DataLicence.BY, "dl-by-de/2.0", True),
        (DataLicence.CC_BY, "cc-by/4.0", True),
        ("", "other-closed", False),
    ],
)
def test_every_file_has_the_licence_of_the_town(ahausen, visitor, licence, uri, named):
    with inside(ahausen):
        Preferences.load()
        Preferences.objects.update(data_licence=licence)
        Theme.objects.update(portal_name="Chancen Ahausen", organisation="Stadt Ahausen")
        an_offer()
    graph = asked(visitor)
    files = list(graph.subjects(RDF.type, DCAT.Distribution))
    # All offers in three formats, and four tables of the supply in two.
    assert len(files) == 3 + 8
    for file in files:
        assert list(graph.objects(file, DCTERMS.license)) == [URIRef(f"http://dcat-ap.de/def/licenses/{uri}")]
        source = [Literal("Chancen Ahausen, Stadt Ahausen", lang="de")] if named else []
        assert list(graph.objects(file, DCATDE.licenseAttributionByText)) == source
        answer = visitor("ahausen").get(urlsplit(str(graph.value(file, DCAT.downloadURL))).path)
        assert (answer.status_code, bool(b"".join(answer))) == (200, True)
