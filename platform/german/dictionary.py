"""Which German words there are, and what each is a form of: the data of simplemma, in a file that all processes share.

1.1 million forms take 7.5 MB on disk, and in memory only the pages that are read, once for all processes. The file is
made at the first need (three seconds) and again with another version of the data.
"""

import logging
import os
import tempfile
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings

from core.lazy import lazy

if TYPE_CHECKING:
    import marisa_trie
    import simplemma.__metadata__ as metadata
    from simplemma.strategies.dictionaries import dictionary_factory
else:
    marisa_trie = lazy("marisa_trie")
    metadata = lazy("simplemma.__metadata__")
    dictionary_factory = lazy("simplemma.strategies.dictionaries.dictionary_factory")

log = logging.getLogger(__name__)


def _path() -> Path:
    return Path(settings.WORDS_DIR) / f"de-{metadata.__version__}.trie"


def is_made() -> bool:
    """Whether the file is there."""
    return _path().exists()


@cache
def _forms() -> Any:
    """All forms with what they are forms of."""
    path = _path()
    if not path.exists():
        made = _made()
        try:
            _write(made, path)
        except OSError as error:
            log.warning("The file of German words cannot be kept (%s): each process has its own then.", error)
            return made
    return marisa_trie.BytesTrie().mmap(str(path))


def _made() -> Any:
    forms = dictionary_factory.DefaultDictionaryFactory(cache_max_size=1).get_dictionary("de")
    return marisa_trie.BytesTrie((form, lemma.encode()) for form, lemma in forms.items())


def _write(trie: Any, path: Path) -> None:
    """Make the file aside and put it in its place whole: several processes may do so at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    os.close(handle)
    trie.save(aside)
    Path(aside).chmod(0o644)
    Path(aside).replace(path)


@lru_cache(maxsize=50_000)
def lemma(form: str) -> str | None:
    """What a form, written exactly so, is a form of; None for what is no German word."""
    found = _forms().get(form)
    return found[0].decode() if found else None


def noun(form: str) -> str | None:
    """The noun that a form, in whatever case it is written, is a form of."""
    found = lemma(form[:1].upper() + form[1:].lower())
    return found if found and found[0].isupper() else None


def other(form: str) -> str | None:
    """What a form is that is no noun: the infinitive of a verb, an adjective without its ending, an adverb."""
    found = lemma(form.lower())
    return found if found and not found[0].isupper() else None


def is_known(form: str) -> bool:
    """Whether this is a German word, whatever the case."""
    return noun(form) is not None or other(form) is not None
