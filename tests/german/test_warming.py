"""A web process has read the lists of words before its first request."""

import importlib

from german import dictionary, everyday
from german.warming import warm


def _forget():
    everyday._known.cache_clear()
    everyday.vocabulary.cache_clear()


def _read():
    return everyday._known.cache_info().currsize, everyday.vocabulary.cache_info().currsize


def test_a_web_process_reads_the_lists_at_its_start():
    assert dictionary.is_known("Haus")
    _forget()
    importlib.reload(importlib.import_module("config.wsgi"))
    assert _read() == (1, 1)


def test_no_start_waits_for_the_file_of_words(settings, tmp_path):
    settings.WORDS_DIR = tmp_path
    _forget()
    assert not warm()
    assert _read() == (0, 0)
    assert list(tmp_path.iterdir()) == []
