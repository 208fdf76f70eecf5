"""What happens to accounts."""

from django.db import transaction

from accounts.models import User
from audit.services import record


@transaction.atomic
def rename(person: User, *, by: object) -> None:
    """Save a person's new name."""
    person.save(update_fields=["name"])
    record("account.rename", person, by=by, changes={"name": person.name})
