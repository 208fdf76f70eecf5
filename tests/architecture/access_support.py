"""A running support access to Ahausen, for `test_access.py`."""

from typing import Any

from accounts.models import User
from support.entering import link_to
from support.services import ask
from tenants.running.context import inside_public


def let_in(operator: User | None = None) -> dict[str, Any]:
    """What its pages have at addresses on both sides. `operator`: whose it is; else one made for it."""
    with inside_public():
        operator = operator or User.objects.create_user("hilft@betrieb.example", roles=["operator"])
        visit = ask("ahausen", by=operator, reason="Hilfe bei den Themen", minutes=60)
        return {"visit": visit, "visit_key": link_to(visit).rstrip("/").rpartition("/")[2]}
