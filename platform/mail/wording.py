"""How a mail is worded: by the municipality where it has its own text, else by the shipped template.

A municipality's text knows placeholders such as {{ portal }} and nothing else: it is never run as a template, so an
editor can neither break the mail nor read more than the mail may say.
"""

import re
from typing import Any

from django.template.loader import render_to_string

from mail.models import MailText

_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def word(key: str, templates: str, context: dict[str, Any]) -> tuple[str, str]:
    """Subject and body of a kind of mail.

    `key` is the kind (a MailText's key), `templates` the beginning of the shipped templates' names, to which
    `_subject.txt` and `_message.txt` are added. Placeholders nobody fills stay as they are, so they are noticed.
    """
    own = MailText.objects.filter(key=key).first()
    if own is None:
        shipped = [render_to_string(f"{templates}_{part}.txt", context) for part in ("subject", "message")]
        return shipped[0].strip(), shipped[1]

    def fill(found: re.Match[str]) -> str:
        return str(context[found[1]]) if found[1] in context else found[0]

    return _PLACEHOLDER.sub(fill, own.subject), _PLACEHOLDER.sub(fill, own.body)
