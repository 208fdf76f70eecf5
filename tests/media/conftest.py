"""The people of tests/revisions."""

from tests.revisions.conftest import cast

__all__ = ["cast"]
