"""What programs have an address for, for `test_access.py`."""

from typing import Any

from portal.tokens import services
from portal.tokens.models import Token
from portal.webhooks import services as webhooks
from portal.webhooks.models import Hook


def for_programs() -> dict[str, Any]:
    """A token, and a webhook with a message."""
    token = Token(name="Kursverwaltung")
    services.give(token, [], by=None)
    hook = Hook(url="https://musterstadt.example/hook", events=["published"])
    webhooks.save(hook, by=None)
    return {"token": token, "webhook": hook, "told": webhooks.try_out(hook)}
