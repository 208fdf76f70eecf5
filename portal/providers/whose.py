"""Whose area a page of the account is."""

from collections.abc import Sequence

from portal.providers.models import Provider

CHOOSE = "/konto/anbieter/"


def whose(own: Sequence[Provider]) -> dict[str, str]:
    """For the account's frame: the name of somebody's one organisation, or where somebody of several chooses."""
    return {"organisation": own[0].name if len(own) == 1 else "", "switch_url": CHOOSE if len(own) > 1 else ""}
