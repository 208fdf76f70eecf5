"""The house rules that no linter knows."""

import platform
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import polib
import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("platform", "tenants", "theming", "shared_categories", "portal", "demo")
LONGEST = 400


def _files(pattern: str, *rooms: str) -> list[Path]:
    found = [path for room in rooms or ROOMS for path in (ROOT / room).rglob(pattern)]
    return [path for path in found if "migrations" not in path.parts and "vendor" not in path.parts]


def test_the_standard_library_keeps_its_platform():
    assert platform.python_version()
    assert not (ROOT / "platform" / "__init__.py").exists()


@pytest.mark.parametrize("suffix", ["*.py", "*.html", "*.css", "*.js"])
def test_no_file_is_longer_than_the_budget(suffix):
    long = {
        str(p.relative_to(ROOT)): n
        for p in _files(suffix, *ROOMS, "tests")
        if (n := len(p.read_text().splitlines())) > LONGEST
    }
    assert long == {}


def test_every_app_says_in_one_sentence_what_it_is():
    silent = [
        str(path.parent.relative_to(ROOT))
        for path in _files("apps.py")
        if not (path.parent / "__init__.py").read_text().startswith('"""')
    ]
    assert silent == []


def test_no_template_has_inline_style_or_script():
    forbidden = re.compile(
        r"\sstyle=|<style|<script(?![^>]*\ssrc=)(?![^>]*application/ld\+json)|\son[a-z]+=\"", re.IGNORECASE
    )
    guilty = [str(path.relative_to(ROOT)) for path in _files("*.html") if forbidden.search(path.read_text())]
    assert guilty == []


def test_no_page_names_a_foreign_host_to_load_from():
    loading = re.compile(r"(?:src|href)=\"(?:https?:)?//", re.IGNORECASE)
    links = re.compile(r"<a\s[^>]*href=\"https?://", re.IGNORECASE)
    guilty = []
    for path in _files("*.html"):
        text = links.sub("", path.read_text())
        if loading.search(text):
            guilty.append(str(path.relative_to(ROOT)))
    assert guilty == []


def _catalogues() -> list[Path]:
    return sorted(path for room in ROOMS for path in (ROOT / room).rglob("locale/de/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("path", _catalogues(), ids=lambda path: str(path.relative_to(ROOT)))
def test_the_german_catalogue_has_a_text_for_every_message(path):
    catalogue = polib.pofile(str(path))
    missing = [entry.msgid for entry in catalogue if not entry.translated() and not entry.obsolete]
    assert missing == []


def test_every_message_of_the_code_stands_in_a_catalogue(tmp_path):
    sources = [str(path) for path in _files("*.py") if "_(" in path.read_text() or "gettext" in path.read_text()]
    done = subprocess.run(
        [
            "xgettext",
            "-L",
            "Python",
            "--from-code=UTF-8",
            "--keyword=_",
            "--keyword=gettext_lazy",
            "--keyword=ngettext:1,2",
            "--keyword=pgettext:1c,2",
            "--keyword=ngettext_lazy:1,2",
            "-o",
            str(tmp_path / "all.pot"),
            *sources,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    known = {entry.msgid for path in _catalogues() for entry in polib.pofile(str(path)) if entry.translated()}
    missing = [entry.msgid for entry in polib.pofile(str(tmp_path / "all.pot")) if entry.msgid not in known]
    assert missing == []


def test_a_message_says_the_same_in_every_room():
    """The catalogues of all rooms become one: of two translations of a message one is never seen, and the other stands
    where it was not meant. What is to be said otherwise says so (`pgettext`)."""
    found = defaultdict(set)
    for path in _catalogues():
        for entry in polib.pofile(str(path)):
            said = entry.msgstr or tuple(sorted(entry.msgstr_plural.items()))
            if not entry.obsolete:
                found[entry.msgctxt, entry.msgid, bool(entry.msgid_plural)].add(said)
    assert len(found) > 5000
    assert {key: said for key, said in found.items() if len(said) > 1} == {}


def test_every_message_of_the_templates_stands_in_a_catalogue(tmp_path):
    from django.utils.translation import templatize

    folder = tmp_path / "templates"
    folder.mkdir()
    sources = []
    for number, path in enumerate([*_files("*.html"), *_files("*.txt")]):
        if "templates" in path.parts:
            target = folder / f"{number}.py"
            target.write_text(templatize(path.read_text(), origin=str(path)))
            sources.append(str(target))
    done = subprocess.run(
        [
            "xgettext",
            "-L",
            "Python",
            "--from-code=UTF-8",
            "--keyword=gettext",
            "--keyword=ngettext:1,2",
            "--keyword=pgettext:1c,2",
            "--keyword=npgettext:1c,2,3",
            "-o",
            str(tmp_path / "all.pot"),
            *sources,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    known = {entry.msgid for path in _catalogues() for entry in polib.pofile(str(path)) if entry.translated()}
    missing = [entry.msgid for entry in polib.pofile(str(tmp_path / "all.pot")) if entry.msgid not in known]
    assert missing == []


def test_the_check_for_migrations_of_municipalities_names_no_schema():
    assert "zz-schema-script" not in (ROOT / "tenants" / "rollout" / "schema" / "release.sql").read_text()


def test_no_test_empties_the_database_of_those_that_follow():
    """Django's flush after real commits takes the cast with it; `own_database` is a database of one's own."""
    emptying = ("transactional_db", "TransactionTestCase", "transaction=" + "True", "LiveServer")
    guilty = [str(path.relative_to(ROOT)) for path in _files("*.py", "tests")
              if path.name != "test_house.py" and any(each in path.read_text() for each in emptying)]  # fmt: skip
    assert guilty == []
