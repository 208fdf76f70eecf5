"""`import_offers` and `export_offers` from the outside."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from openpyxl import load_workbook

from portal.offers.models import Offer
from portal.providers.models import Provider
from tenants.models import Municipality
from tenants.running.context import inside
from tests.exchange.excel.workbooks import row, save
from tests.factories import a_provider


def run(*args: object) -> str:
    out = StringIO()
    with translation.override("en"):
        call_command(*(str(each) for each in args), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_an_import_ends_with_its_figures(provider: Provider, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", row(), row(id=2))
    said = run("import_offers", "ahausen", path, "--provider", "tsv ahausen")
    assert "2 rows with 2 offers read: 2 created, 0 updated, 0 unchanged, 0 conflicts, 0 with errors" in said
    assert "2 unchanged" in run("import_offers", "ahausen", path, "--provider", provider.pk)


def test_an_error_is_one_line_naming_the_row(provider: Provider, tmp_path: Path) -> None:
    path, marked = save(tmp_path / "a.xlsx", row(), row(id=2, categories="Spport")), tmp_path / "marked.xlsx"
    with pytest.raises(
        CommandError, match=r"Nothing was imported: 1 errors. The first: Row 4, column C .*Sport"
    ) as refused:
        run("import_offers", "ahausen", path, "--provider", provider.pk, "--marked", marked)
    assert "\n" not in str(refused.value)
    assert load_workbook(marked).worksheets[0]["C4"].comment
    assert not Offer.objects.exists()


def test_a_dry_run_says_so_and_writes_nothing(provider: Provider, tmp_path: Path) -> None:
    said = run("import_offers", "ahausen", save(tmp_path / "a.xlsx", row()), "--provider", provider.pk, "--dry-run")
    assert "1 created" in said
    assert "nothing was written" in said
    assert not Offer.objects.exists()


def test_a_file_that_is_none_is_refused(provider: Provider, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_text("ID;Name\n")
    with pytest.raises(CommandError, match="CSV"):
        run("import_offers", "ahausen", path, "--provider", provider.pk)


def test_who_it_is_for_has_to_be_known(provider: Provider, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", row())
    with pytest.raises(CommandError, match="no municipality"):
        run("import_offers", "nirgends", path, "--provider", "x")
    with pytest.raises(CommandError, match=r"no provider “TSV Ahause”\. Is it „TSV Ahausen“"):
        run("import_offers", "ahausen", path, "--provider", "TSV Ahause")
    with pytest.raises(CommandError, match="no provider “999999”"):
        run("import_offers", "ahausen", path, "--provider", "999999")
    a_provider(name="TSV Ahausen")
    with pytest.raises(CommandError, match="Several providers"):
        run("import_offers", "ahausen", path, "--provider", "TSV Ahausen")


def test_one_municipalitys_import_is_not_seen_in_another(
    provider: Provider, bedorf: Municipality, tmp_path: Path
) -> None:
    run("import_offers", "ahausen", save(tmp_path / "a.xlsx", row()), "--provider", provider.pk)
    with inside(bedorf):
        assert not Offer.objects.exists()


def test_an_export_says_what_it_wrote(provider: Provider, tmp_path: Path) -> None:
    run("import_offers", "ahausen", save(tmp_path / "a.xlsx", row()), "--provider", provider.pk)
    assert "1 offers written in 1 rows" in run("export_offers", "ahausen", tmp_path / "b.xlsx")
    with pytest.raises(CommandError, match=r"\.xlsx"):
        run("export_offers", "ahausen", tmp_path / "b.xls")
