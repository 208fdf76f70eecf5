"""What a municipality has of the shared catalogue, for `test_access.py`: a release is there, a part of it adopted."""

from portal.taxonomy.adoption import services
from shared_categories import reading
from tests.adoption.conftest import FIRST, issue


def adopted() -> None:
    """So that every page of it is there; the municipality's own topic stays without a link."""
    if reading.newest_number() == 0:
        issue(FIRST)
    services.adopt(["K-001", "K-002"], by="Test")
