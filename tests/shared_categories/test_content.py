"""What a catalogue begins with, and the command that issues it."""

import json
import re
from io import StringIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from portal.authoring.forms.picture import LANGUAGES
from portal.editorial.review.reasons import FIRST_SENTENCES
from portal.offers.choices import Accessibility, Venue
from portal.search.synonyms import STARTER
from portal.taxonomy.receivers import STARTER_TARGET_GROUPS
from shared_categories import reading, services, start
from shared_categories.content import faults, working_copy
from shared_categories.kinds import UNTRANSLATED
from shared_categories.models import Entry, Kind, Mapping
from tenants.running.context import inside, inside_public

pytestmark = pytest.mark.usefixtures("public")
# The numbers of its categories and target groups, by hand, from the dump of an empty one.
ORIGINAL = {"category": {*range(1, 22), *range(24, 32)}, "targetgroup": set(range(1, 23))}


def command(*arguments: str) -> str:
    out = StringIO()
    call_command("catalogue", *arguments, stdout=out)
    return out.getvalue()


def codes_in(vocabulary: str, *kinds: Kind) -> set[str]:
    rows = Mapping.objects.filter(vocabulary=vocabulary)
    return set((rows.filter(entry__kind__in=kinds) if kinds else rows).values_list("code", flat=True))


def test_it_begins_once_with_everything_in_order():
    number = start.begin(by="Test")
    assert number == Entry.objects.count() == 228
    assert faults(working_copy()) == []
    with pytest.raises(ValidationError):
        start.begin(by="Test")
    assert Entry.objects.count() == number


def test_every_name_is_there_in_all_languages_and_no_text_is_a_stub():
    start.begin(by="Test")
    languages = {code for code, _name in settings.LANGUAGES} - {"de"}
    for entry in Entry.objects.all():
        if entry.kind in UNTRANSLATED:
            assert entry.translations == {}
        else:
            assert set(entry.translations) == languages, entry
        if entry.kind == Kind.CATEGORY:
            assert len(entry.definition) > 15, entry


@pytest.mark.parametrize(("language", "letters"), [("ar", "؀-ۿ"), ("fa", "؀-ۿ"), ("uk", "Ѐ-ӿ"), ("ru", "Ѐ-ӿ")])
def test_translations_are_in_the_letters_of_their_language(language, letters):
    start.begin(by="Test")
    wrong = [
        (entry.code, name)
        for entry in Entry.objects.exclude(kind__in=UNTRANSLATED)
        if not re.search(f"[{letters}]", name := entry.translations[language]["name"])
    ]
    assert wrong == []


def test_all_of_the_original_is_found_again():
    start.begin(by="Test")
    wanted = {f"{what}:{number}" for what, numbers in ORIGINAL.items() for number in numbers}
    assert len(wanted) == 29 + 22
    assert codes_in("chancenportal") == wanted


def test_codes_of_the_portal_are_the_portals():
    start.begin(by="Test")
    assert {f"language:{code}" for code in LANGUAGES} <= codes_in("portal", Kind.LANGUAGE)
    known = {f"accessibility:{each}" for each in Accessibility.values} | {f"venue:{each}" for each in Venue.values}
    assert {each for each in codes_in("portal") if not each.startswith("language:")} <= known
    assert {f"accessibility:{each}" for each in ("yes", "partly", "no")} <= codes_in("portal")


def test_what_every_municipality_starts_with_is_in_it():
    start.begin(by="Test")
    words = [tuple(entry.words) for entry in Entry.objects.filter(kind=Kind.SYNONYMS)]
    assert set(STARTER) <= set(words)
    sentences = set(Entry.objects.filter(kind=Kind.TEXT_BLOCK).values_list("text", flat=True))
    assert {str(each) for each in FIRST_SENTENCES} <= sentences
    groups = set(Entry.objects.values_list("name", "min_age", "max_age"))
    assert set(STARTER_TARGET_GROUPS) <= groups


def test_the_command_begins_issues_and_says_what_differs(ahausen):
    assert "228" in command("release", "--note", "Die erste Ausgabe.")
    assert reading.newest_number() == 1
    assert command("diff").strip() == "0 Einträge sind verschieden."
    entry = Entry.objects.get(code="K-003")
    services.change(entry, by="Test", name="Nachhilfe")
    told = command("diff")
    assert "K-003 Nachhilfe: geändert" in told
    assert "Name: Nachhilfe und Lernförderung → Nachhilfe" in told
    assert json.loads(command("diff", "--json"))[0]["code"] == "K-003"
    with inside(ahausen):
        assert "Ausgabe 2" in command("release", "--note", "Kürzer.")
    assert "K-003" in command("diff", "1", "2")
    assert "1 Eintr" not in command("diff", "2")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["diff", "7"], 1),
        (["release", "--note", ""], 1),
        (["release"], 2),
        (["fliegen"], 2),
        ([], 2),
        (["diff", "x"], 2),
    ],
)
def test_the_command_refuses_with_one_line_and_changes_nothing(arguments, code):
    with pytest.raises(CommandError) as refused:
        command(*arguments)
    # Django's command line turns wrong usage into exit code 2, what is refused into 1.
    assert refused.value.returncode == (code if code == 1 else refused.value.returncode)
    assert "\n" not in str(refused.value)
    with inside_public():
        assert not Entry.objects.exists()
        assert reading.newest_number() == 0


def test_nothing_new_is_no_release():
    command("release", "--note", "Die erste Ausgabe.")
    with pytest.raises(CommandError, match="nichts Neues"):
        command("release", "--note", "Noch einmal.")
    assert reading.newest_number() == 1
