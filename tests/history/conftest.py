"""An editor in Ahausen, and ways to change things as the services do."""

from typing import Any

from tests.authoring.test_own_list import entered
from tests.revisions.conftest import cast

__all__ = ["cast", "entered"]


def text_of(answer: Any) -> str:
    return answer.content.decode()
