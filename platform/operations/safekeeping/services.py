"""What the operator asks for on these pages; a job does it."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.services import record
from operations.safekeeping import tasks
from operations.safekeeping.files import fail
from operations.safekeeping.models import Export, ExportState
from tenants.registry import municipality_named
from tenants.running.context import PUBLIC, inside_public


def ask(slug: str, *, by: Any) -> Export:
    """Have a job export this municipality. Asked twice it is one. RefusedError for an unknown short name."""
    with inside_public():
        town = municipality_named(slug)
        there = Export.objects.filter(slug=town.slug, state=ExportState.WAITING).first()
        if there is not None and is_attended(there):
            return there
        try:
            with transaction.atomic():
                if there is not None:
                    fail(there, _("The process ended early."))
                made = Export.objects.create(slug=town.slug, name=town.name, asked_by=str(getattr(by, "email", by)))
                record("export.ask", made, by=by)
                tasks.write.defer(number=made.pk)
        except IntegrityError:
            return Export.objects.get(slug=town.slug, state=ExportState.WAITING)
    return made


def is_attended(export: Export) -> bool:
    """Whether a job writes it, or will; true of one that is written by now."""
    if any(each.get("number") == export.pk for each in tasks.write.under_way().get(PUBLIC, [])):
        return True
    return not Export.objects.filter(pk=export.pk, state=ExportState.WAITING).exists()
