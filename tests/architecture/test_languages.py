"""Every language but German has one catalogue, complete and safe to use.

`.venv/bin/python -m tools.messages` brings new messages into the files; then they want translating.
"""

import re
import string

import polib
import pytest

from portal.translation.languages import CODES, SOURCE
from tools.messages import ENGLISH, PLURALS, catalogue_of, collect, key_of

OTHERS = [code for code in CODES if code not in {SOURCE, ENGLISH}]
ALL = [ENGLISH, *OTHERS]
TAG = re.compile(r"</?[a-z][^>]*>")


@pytest.fixture(scope="module")
def messages() -> polib.POFile:
    return collect()


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)[a-z]", text)) | set(re.findall(r"(?<!%)%[sd]", text))


def _braces(text: str) -> set[str]:
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name is not None}


def _texts(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_there_is_a_rule_of_plurals_for_every_language():
    assert sorted(PLURALS) == sorted(ALL)


@pytest.mark.parametrize("language", OTHERS)
def test_every_message_is_translated(messages, language):
    entries = {key_of(entry): entry for entry in polib.pofile(str(catalogue_of(language)))}
    missing = [entry.msgid for entry in messages if key_of(entry) not in entries]
    missing += [entry.msgid for entry in entries.values() if not all(_texts(entry)) or "fuzzy" in entry.flags]
    assert missing == []


@pytest.mark.parametrize("language", ALL)
def test_no_catalogue_holds_what_nobody_says(messages, language):
    said = {key_of(entry) for entry in messages}
    assert [entry.msgid for entry in polib.pofile(str(catalogue_of(language))) if key_of(entry) not in said] == []


@pytest.mark.parametrize("language", ALL)
def test_translations_fill_in_the_same_values_and_keep_the_markup(language):
    wrong = []
    for entry in polib.pofile(str(catalogue_of(language))):
        asked = _placeholders(entry.msgid) | _placeholders(entry.msgid_plural)
        tags = sorted(TAG.findall(entry.msgid))
        for text in filter(None, _texts(entry)):
            # A form for exactly one or two may say the number in words.
            missing = asked - _placeholders(text)
            allowed = {"number", "count", "counter"} if entry.msgid_plural else set()
            if missing - allowed or _placeholders(text) - asked or sorted(TAG.findall(text)) != tags:
                wrong.append((entry.msgid, text))
            if "brace-format" in " ".join(entry.flags) and _braces(text) != _braces(entry.msgid):
                wrong.append((entry.msgid, text))
    assert wrong == []


@pytest.mark.parametrize("language", ALL)
def test_every_plural_has_the_forms_of_its_language(language):
    catalogue = polib.pofile(str(catalogue_of(language)))
    assert catalogue.metadata["Plural-Forms"] == PLURALS[language]
    forms = int(PLURALS[language].partition("nplurals=")[2][0])
    for entry in catalogue:
        if entry.msgid_plural:
            assert sorted(entry.msgstr_plural) == list(range(forms)), entry.msgid


def test_what_is_only_for_translators_is_not_shown_to_english_readers(messages):
    english = {key_of(entry): entry.msgstr for entry in polib.pofile(str(catalogue_of(ENGLISH)))}
    assert [
        entry.msgid for entry in messages if "(time of day)" in entry.msgid and not english.get(key_of(entry))
    ] == []
