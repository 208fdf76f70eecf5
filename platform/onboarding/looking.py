"""What a municipality's own rooms say of its checklist, noted where the operator's pages read it without asking it."""

from typing import Any

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import User
from core.access import Role
from core.go_live import Result, look
from onboarding.models import Application
from tenants.models import Municipality
from tenants.running.context import HasSchema, inside, inside_public

# The first step inside: somebody has used the invitation.
SIGNED_IN = "anmeldung"


def look_in(municipality: HasSchema) -> list[Result]:
    """All checks as they are now, in German."""
    with inside(municipality), translation.override("de"):
        return look()


def _somebody_was_there() -> bool:
    wanted = [Role.EDITOR.value, Role.ADMIN.value]
    return User.objects.filter(is_active=True, roles__overlap=wanted, last_login__isnull=False).exists()


def note(municipality: Municipality) -> Application | None:
    """Look and write down what is seen, each step with the moment since which it is so; None without application."""
    with inside(municipality), translation.override("de"):
        seen: list[dict[str, Any]] = [{"key": SIGNED_IN, "label": "", "done": _somebody_was_there(), "must": True}]
        seen += [
            {
                "key": result.check.key,
                "label": str(result.check.label),
                "done": result.done,
                "said": str(result.found.said),
                "must": result.check.must,
                "url": result.url,
            }
            for result in look()
        ]
    with inside_public(), transaction.atomic():
        found = Application.objects.select_for_update().filter(municipality=municipality.pk).first()
        if found is None:
            return None
        before = {each["key"]: each for each in found.checklist}
        now = timezone.now()
        for each in seen:
            known = before.get(each["key"])
            same = known is not None and known["done"] == each["done"]
            each["since"] = known["since"] if same and known else now.isoformat()
        found.checklist, found.looked_at = seen, now
        found.save(update_fields=["checklist", "looked_at"])
    return found
