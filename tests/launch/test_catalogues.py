"""Message catalogues are compiled without gettext's tools, and only when they changed."""

import gettext
import os
from pathlib import Path

import pytest

from launch import LaunchError
from launch.catalogues import compile_changed

CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "offer"
msgid_plural "offers"
msgstr[0] "Angebot"
msgstr[1] "Angebote"

#, fuzzy
msgid "provider"
msgstr "vielleicht Anbieter"
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "app" / "locale" / "de" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    file = folder / "django.po"
    file.write_text(CATALOGUE)
    return file


def test_a_compiled_catalogue_translates_and_leaves_out_what_is_fuzzy(tmp_path: Path, source: Path) -> None:
    assert compile_changed(tmp_path) == 1

    with source.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert catalogue.ngettext("offer", "offers", 2) == "Angebote"
    assert catalogue.gettext("provider") == "provider"


def test_only_a_changed_catalogue_is_compiled_again(tmp_path: Path, source: Path) -> None:
    assert compile_changed(tmp_path) == 1
    assert compile_changed(tmp_path) == 0

    later = source.with_suffix(".mo").stat().st_mtime + 1
    os.utime(source, (later, later))
    assert compile_changed(tmp_path) == 1


def test_catalogues_of_installed_packages_are_left_alone(tmp_path: Path, source: Path) -> None:
    hidden = tmp_path / ".venv"
    (tmp_path / "app").rename(hidden)

    assert compile_changed(tmp_path) == 0


def test_a_broken_catalogue_is_named_and_its_compiled_form_stays(tmp_path: Path, source: Path) -> None:
    compile_changed(tmp_path)
    compiled = source.with_suffix(".mo")
    before = compiled.read_bytes()
    source.write_text(CATALOGUE + "this is no entry\n")
    os.utime(source, (compiled.stat().st_mtime + 1,) * 2)

    with pytest.raises(LaunchError, match=r"django\.po is not a message catalogue"):
        compile_changed(tmp_path)
    assert compiled.read_bytes() == before
