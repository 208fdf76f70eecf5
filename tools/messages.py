"""Brings every message of the code and the templates into the catalogues of the languages other than German.

    .venv/bin/python -m tools.messages           # all languages; needs xgettext (package gettext)

Translators get one file a language, `locale/<language>/LC_MESSAGES/django.po`, with the German text as a comment.
What is translated stays; what is new is empty; what is gone goes. What only the operator reads (commands, `tenants`,
`operations`) is German and nothing else; what only the town hall reads is German and English. English is the language
of the messages themselves: its file holds only those that do not read well as they are. German stands with each room
and is kept by its authors.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import polib
from django.utils.translation import templatize

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("platform", "theming", "portal")
OPERATORS = {"operations", "launch", "health", "jobs", "switches"}
# Rooms with pages below /redaktion/ and /plattform/ only, or for people who write programs: German and English
# (portal.translation.languages).
TOWN_HALL = {"planning", "appearance", "editorial", "history", "inventory", "letters", "quality", "site"}
TOWN_HALL |= {"interfaces", "tokens", "machine_access", "webhooks", "courier", "onboarding", "vocabulary", "voting"}
TOWN_HALL |= {"adoption", "board", "channels", "cofunding", "forum", "neighbours", "releases", "support"}
TOWN_HALL |= {"announcements", "comparison"}
# Rooms of the town hall of which readers see these parts: those have all languages.
FOR_READERS = {
    "embedding": ("portal/embedding/views.py", "portal/embedding/agenda.py", *(
        f"portal/embedding/templates/embedding/{each}.html" for each in (
            "frame", "_cards", "_turning", "list", "search", "calendar", "offer", "provider", "gone"))),
    "blocks": tuple(f"portal/blocks/templates/blocks/{each}" for each in ("kinds/", "preview.html", "ended.html")),
    "news": ("portal/news/views.py", "portal/news/feed.py", *(f"portal/news/templates/news/{each}.html"
             for each in ("item", "list"))),
    "newsletter": tuple(f"portal/newsletter/{each}" for each in (
        "templates/newsletter/public/", "views/public.py", "views/subscribing.py", "signing_up.py", "spoken_mails.py",
        "showing.py", "letters.py", "models/issues.py")),
    "printing": tuple(f"portal/printing/{each}" for each in (
        "own/", "templates/printing/own/", "templates/printing/_mistakes.html", "templates/printing/_working.html",
        "templates/printing/_download.html", "kit/sheets.py")),
    "surveys": tuple(f"portal/surveys/{each}" for each in (
        "templates/surveys/public/", "templates/surveys/_notice.html", "templates/blocks/", "answering.py", "spoken.py",
        "views/public.py")),
}  # fmt: skip
# Mails that are German whoever reads them; those in a reader's language stand in spoken_mails.py.
GERMAN_MAILS = "mails.py"
# What a room says of its switch, to the operator alone.
SWITCH = "switch.py"
ENGLISH = "en"
_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
PLURALS = {
    "en": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "tr": "nplurals=2; plural=(n > 1);",
    "ar": "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
    "uk": _SLAVIC,
    "ru": _SLAVIC,
    "fa": "nplurals=2; plural=(n > 1);",
}
_KEYWORDS = (
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext:1,2",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "pgettext_lazy:1c,2",
    "npgettext:1c,2,3",
)
Key = tuple[str | None, str, str]


def catalogue_of(language: str) -> Path:
    """The one file of a language."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def key_of(entry: polib.POEntry) -> Key:
    """What makes a message the same message."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def _sources(pattern: str) -> list[Path]:
    found = [path for room in ROOMS for path in sorted((ROOT / room).rglob(pattern))]
    left_out = {"migrations", "vendor", GERMAN_MAILS, SWITCH, *OPERATORS, *TOWN_HALL}
    return [path for path in found if not left_out & set(path.relative_to(ROOT).parts) and _is_for_readers(path)]


def _is_for_readers(path: Path) -> bool:
    """Whether a file belongs to no such room, or to what readers see of it."""
    name, parts = path.relative_to(ROOT).as_posix(), path.relative_to(ROOT).parts
    shown = [FOR_READERS[room] for room in FOR_READERS if parts[:2] == ("portal", room)]
    return all(name.startswith(each) for each in shown)


def _prepared(folder: Path) -> Iterable[Path]:
    """Python as it is; templates as Django turns them into something xgettext can read, at the same relative path."""
    yield from _sources("*.py")
    for path in [*_sources("*.html"), *_sources("*.txt")]:
        if "templates" in path.parts:
            target = folder / (str(path.relative_to(ROOT)) + ".py")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(templatize(path.read_text(), origin=str(path)))
            yield target


def collect() -> polib.POFile:
    """All messages. RuntimeError where xgettext is missing or cannot read a file."""
    with tempfile.TemporaryDirectory() as folder:
        names = [str(path) for path in _prepared(Path(folder))]
        target = Path(folder) / "all.pot"
        keywords = [f"--keyword={each}" for each in _KEYWORDS]
        command = ["xgettext", "-L", "Python", "--from-code=UTF-8", "--no-location", "--sort-output", *keywords]
        done = subprocess.run(  # noqa: S603
            [*command, "-o", str(target), *names], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return polib.pofile(str(target))


def german() -> dict[Key, str]:
    """What the German catalogues say, for those who translate."""
    files = [path for room in ROOMS for path in (ROOT / room).rglob("locale/de/LC_MESSAGES/django.po")]
    return {
        key_of(entry): entry.msgstr or " | ".join(entry.msgstr_plural.values())
        for path in files
        for entry in polib.pofile(str(path))
    }


def update(language: str, messages: polib.POFile, hints: dict[Key, str]) -> tuple[int, int]:
    """Bring one catalogue up to date; returns how many messages it has and how many wait for a translation."""
    path = catalogue_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    before = {key_of(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    after = polib.POFile(wrapwidth=110)
    after.metadata = {
        "Project-Id-Version": "chancenportal",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    forms = int(PLURALS[language].partition("nplurals=")[2][0])
    for message in messages:
        old = before.get(key_of(message))
        if language == ENGLISH and old is None:
            continue
        entry = polib.POEntry(msgctxt=message.msgctxt, msgid=message.msgid, msgid_plural=message.msgid_plural)
        entry.flags = [flag for flag in message.flags if flag.endswith("-format")]
        entry.comment = hints.get(key_of(message), "")
        if message.msgid_plural:
            entry.msgstr_plural = {n: (old.msgstr_plural.get(n, "") if old else "") for n in range(forms)}
        else:
            entry.msgstr = old.msgstr if old else ""
        after.append(entry)
    after.save(str(path))
    return len(after), len(after.untranslated_entries())


def main() -> int:
    """All languages; prints a line for each."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    messages, hints = collect(), german()
    for language in PLURALS:
        total, missing = update(language, messages, hints)
        sys.stdout.write(f"{language}: {total} messages, {missing} to be translated\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
