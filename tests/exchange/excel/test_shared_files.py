"""The real files: 186 facilities of Chemnitz, the original's template, and what other programs write."""

from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from portal.exchange.excel import reader
from portal.exchange.excel.columns import BY_KEY
from portal.exchange.excel.result import RefusedFileError
from portal.exchange.excel.services import import_offers
from portal.offers.models import Location, Offer
from portal.offers.states import State
from portal.providers.models import Provider
from portal.taxonomy.models import Category, TargetGroup

SHARED = Path(__file__).parents[4] / "shared"
IN_LISTS = ("id", "kind", "free", "access", "accessibility", "volunteering")
CONFORMANCE = sorted((SHARED / "conformance").glob("xlsx-*/*.*s*"))


@pytest.fixture
def chemnitz(shared: Path, provider: Provider) -> Path:
    """The file, in a municipality with the categories and target groups it uses."""
    for name in ("Bildung und Betreuung", "Beratung und Unterstützung"):
        Category.objects.create(name=name)
    for name in ("0-3 Jahre", "4-6 Jahre", "14-18 Jahre"):
        TargetGroup.objects.create(name=name)
    return shared / "data" / "chemnitz-kitas.xlsx"


def test_186_of_186_facilities_of_chemnitz_are_imported(chemnitz: Path, provider: Provider) -> None:
    result = import_offers(chemnitz, provider=provider, by="test")

    assert (result.read, result.created, result.failed, len(result.errors)) == (186, 186, 0, 0)
    assert Offer.objects.filter(provider=provider, state=State.DRAFT).count() == 186
    assert Location.objects.filter(precision="postcode").count() == 186


def test_every_filled_cell_of_chemnitz_is_in_an_offer_or_in_the_report(chemnitz: Path, provider: Provider) -> None:
    result = import_offers(chemnitz, provider=provider, by="test")
    sheet = reader.read(chemnitz)

    lost = []
    by_title: dict[str, list[Offer]] = {}
    for offer in Offer.objects.prefetch_related("locations", "categories", "target_groups"):
        by_title.setdefault(offer.title, []).append(offer)
    reported = {problem.message for problem in result.problems}
    for row in sheet.rows:
        said = [words_of(offer) for offer in by_title[" ".join(str(row.cells["title"]).split())]]
        for key, raw in row.cells.items():
            written = " ".join(str(raw).split())
            if not written or key in IN_LISTS:
                continue
            if key == "provider_url":
                assert any(BY_KEY[key].heading in message for message in reported)
                continue
            parts = [part.strip() for part in written.split(",")] if key in ("address", "target_groups") else [written]
            if not any(all(part in words for part in parts) for words in said):
                lost.append((row.number, key, written))
    assert lost == []


def words_of(offer: Offer) -> str:
    place = offer.locations.all()[0]
    return "\n".join(
        [
            offer.title,
            offer.summary,
            offer.description,
            offer.conditions,
            # Numbers on several lines of a cell are kept apart.
            offer.contact_phone.replace(",", ""),
            offer.contact_email,
            f"{place.postcode} {place.city}",
            place.street,
            *(each.name for each in offer.categories.all()),
            *(each.name for each in offer.target_groups.all()),
        ]
    ).replace("&amp;", "&")


def test_the_same_file_twice_changes_nothing(chemnitz: Path, provider: Provider) -> None:
    import_offers(chemnitz, provider=provider, by="test")
    before = list(Offer.objects.order_by("pk").values())

    second = import_offers(chemnitz, provider=provider, by="test")

    assert (second.created, second.updated, second.unchanged) == (0, 0, 186)
    assert list(Offer.objects.order_by("pk").values()) == before


def test_the_template_as_it_is_names_the_example_rows(shared: Path, provider: Provider) -> None:
    result = import_offers(shared / "data" / "vorlage.xlsx", provider=provider, by="test")

    assert not result.written
    assert [(problem.row, problem.heading) for problem in result.errors] == [(3, "Name des Angebots*")]
    assert not Offer.objects.exists()


@pytest.mark.parametrize("path", CONFORMANCE, ids=lambda path: path.name)
def test_workbooks_of_other_programs_are_refused_with_one_sentence(path: Path) -> None:
    with pytest.raises(RefusedFileError) as refused:
        reader.read(path)
    assert str(refused.value).endswith((".", "?", "!"))


# What is locked by a password, the library cannot read either; the test above shows that it is refused.
READABLE = [path for path in CONFORMANCE if path.suffix == ".xlsx" and "protected" not in path.name]


@pytest.mark.parametrize("path", READABLE, ids=lambda path: path.name)
def test_the_guard_reads_what_the_library_reads(path: Path) -> None:
    """What is refused is refused for its content: the reader itself gets through each of these files."""
    with CalamineWorkbook.from_path(path) as workbook:
        filled = any(workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names)
    with pytest.raises(RefusedFileError) as refused:
        reader.read(path)
    assert ("leer" in str(refused.value) or "empty" in str(refused.value)) != filled
