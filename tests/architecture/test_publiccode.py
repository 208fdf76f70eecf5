"""publiccode.yml is read by catalogues of public code such as openCode; its rules stand at yml.publiccode.tools."""

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import yaml
from django.conf import settings

ROOT = Path(settings.BASE_DIR)


@pytest.fixture(scope="module")
def described():
    return yaml.safe_load((ROOT / "publiccode.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("publiccodeYmlVersion", str),
        ("name", str),
        ("url", str),
        ("platforms", list),
        ("developmentStatus", str),
        ("softwareType", str),
        ("description.de.shortDescription", str),
        ("description.de.longDescription", str),
        ("description.de.features", list),
        ("legal.license", str),
        ("maintenance.type", str),
        ("maintenance.contacts", list),
        ("localisation.localisationReady", bool),
        ("localisation.availableLanguages", list),
    ],
)
def test_every_required_key_has_a_value_of_its_kind(described, path, kind):
    value = described
    for key in path.split("."):
        value = value[key]
    assert isinstance(value, kind)
    assert value


def test_no_key_is_unknown(described):
    known = {
        *("publiccodeYmlVersion", "name", "applicationSuite", "url", "landingURL", "isBasedOn", "softwareVersion"),
        *("releaseDate", "logo", "platforms", "categories", "organisation", "usedBy", "fundedBy", "roadmap"),
        *("developmentStatus", "softwareType", "intendedAudience", "description", "legal", "maintenance"),
        *("localisation", "dependsOn"),
    }
    assert set(described) - known == set()


def test_the_words_of_fixed_lists_are_right(described):
    assert described["publiccodeYmlVersion"] == "0"
    assert described["developmentStatus"] in {"concept", "development", "beta", "stable", "obsolete"}
    assert described["softwareType"] == "standalone/web"
    assert described["maintenance"]["type"] in {"internal", "contract", "community", "none"}


def test_the_texts_have_the_lengths_that_catalogues_show(described):
    german = described["description"]["de"]
    assert len(german["shortDescription"].strip()) <= 150
    assert 150 <= len(german["longDescription"]) <= 10_000
    assert all(feature.strip() for feature in german["features"])


def test_the_address_is_one_of_the_web(described):
    parts = urlsplit(described["url"])
    assert parts.scheme == "https"
    assert parts.hostname


def test_it_tells_the_same_as_the_package_and_the_history(described, project):
    assert described["softwareVersion"] == project["version"]
    assert described["legal"]["license"] == project["license"]
    python = next(each for each in described["dependsOn"]["open"] if each["name"] == "Python")
    assert project["requires-python"] == f">={python['versionMin']}"
    # What is in the works is not the newest yet.
    newest = re.search(
        r"^## (\S+) (?!\(in Arbeit\))", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert newest is not None
    assert newest[1] == project["version"]


def test_it_names_the_languages_the_pages_really_speak(described):
    assert described["localisation"]["availableLanguages"] == [code for code, _ in settings.LANGUAGES]


def test_the_licence_is_there_in_full():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2")
    articles = [int(number) for number in re.findall(r"^(\d{1,2})\. ?[A-Z]", text, re.MULTILINE)]
    assert articles == list(range(1, 16))
    assert "Compatible Licences" in text
