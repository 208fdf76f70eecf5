"""Sentences of commands and stores are compared in the language of the code."""

from collections.abc import Iterator

import pytest
from django.utils.translation import override


@pytest.fixture
def in_english() -> Iterator[None]:
    with override("en"):
        yield
