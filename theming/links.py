"""The links a municipality puts at the end of each page: a short list of pairs, kept in one column."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext as _

MOST_LINKS = 10
LONGEST_LABEL, LONGEST_ADDRESS = 60, 300
_SCHEMES = {"http", "https"}


def is_address(written: str) -> bool:
    """A page of the portal (`/…`), a website, or an address of mail (`mailto:`); nothing that runs."""
    if not written or len(written) > LONGEST_ADDRESS or any(sign.isspace() or sign in '\\<>"' for sign in written):
        return False
    if written.startswith("/"):
        return not written.startswith("//")
    if written.startswith("mailto:"):
        try:
            EmailValidator()(written.removeprefix("mailto:"))
        except ValidationError:
            return False
        return True
    try:
        parts = urlsplit(written)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and "." in (parts.hostname or "")


def check_links(links: Any) -> None:
    """A validator of the column: a list of {"label", "url"} and nothing else."""
    if not isinstance(links, list) or len(links) > MOST_LINKS:
        raise ValidationError(_("There may be %(most)d links at most.") % {"most": MOST_LINKS})
    for each in links:
        whole = isinstance(each, dict) and each.keys() == {"label", "url"} and all(map(_is_text, each.values()))
        if not whole or not each["label"].strip() or len(each["label"]) > LONGEST_LABEL or not is_address(each["url"]):
            raise ValidationError(_("Each link needs words and an address."))


def _is_text(value: Any) -> bool:
    return isinstance(value, str)
