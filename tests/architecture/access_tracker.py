"""What the tracker has with an address, for `test_access.py`: reported and drafted by the editor (or the operator)."""

from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from accounts.models import User
from core.access import Role
from tenants.models import Municipality
from tenants.running.context import PUBLIC, current_schema
from tracker.tickets import drafting, services
from tracker.tickets.models import Attachment, Draft, Viewer, of_municipality, operator
from tracker.tickets.participating import participant_of
from tracker.tickets.pictures import painted


def _reporter() -> Viewer:
    if current_schema() == PUBLIC:
        return operator(User.objects.get(email="operator@leute.example"))
    here = Municipality.objects.get(slug=current_schema())
    return of_municipality(participant_of(here), Role.EDITOR, user=User.objects.get(email="editor@leute.example"))


def tracked() -> dict[str, Any]:
    """A ticket with a picture and a comment, and a draft with a picture; of the side we are inside."""
    by, out = _reporter(), BytesIO()
    Image.new("RGB", (40, 20), "white").save(out, "PNG")
    picture = painted(ContentFile(out.getvalue(), name="bild.png"), [])
    ticket = services.report(by=by, kind="wish", title="Kalender übernehmen", picture=picture)
    draft = Draft(kind="bug", title="Warteliste bleibt stehen")
    return {
        "ticket": ticket,
        "ticket_picture": Attachment.objects.get(ticket=ticket),
        "ticket_comment": services.comment(ticket, "Bitte bald", by=by),
        "ticket_draft": drafting.save(draft, by=by, upload=ContentFile(out.getvalue(), name="bild.png")),
    }
