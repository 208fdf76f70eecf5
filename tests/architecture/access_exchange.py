"""What the exchange and the channels of the tracker have at addresses, for `test_access.py`."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from accounts.models import User
from core.access import Role
from tenants.models import Municipality
from tenants.running.context import PUBLIC, current_schema
from tracker.channels import feeds
from tracker.forum.models import Contact, Example, Poll
from tracker.forum.services import agreeing, polling, showing, talking
from tracker.tickets.models import of_municipality, operator
from tracker.tickets.participating import participant_of


def exchanged() -> dict[str, Any]:
    """One of everything, by the municipality we are inside; on the operator's side by the first of all."""
    here = Municipality.objects.filter(schema_name=current_schema()).first()
    town = here or Municipality.objects.filter(slug="ahausen").get()
    by = of_municipality(participant_of(town), Role.EDITOR, person=990)
    topic = talking.open_topic("Wie gewinnen Sie Anbieter?", "Niemand antwortet.", by=by)
    file = ContentFile(b"%PDF-1.7", name="ablauf.pdf")
    example = showing.save_example(
        Example(title="Abend im Verein", text="Hingehen."), blocks=[("Brief", "Guten Tag")], uploads=[file], by=by
    )
    today = timezone.localdate()
    poll = polling.ask(Poll(title="Treffen", text="Wann?", closes_on=today + timedelta(days=9)), dates=[],
                       by=operator("test"))  # fmt: skip
    role = Role.EDITOR if current_schema() != PUBLIC else Role.OPERATOR
    return {
        "topic_of_all": topic,
        "answer": talking.answer(topic, "Hingehen.", by=by),
        "example": example,
        "example_file": example.files.get(),
        "example_text": example.blocks.get(),
        "contact": agreeing.agree(Contact(name="Jo", about="Vereine", email="jo@example.org"), by=by),
        "poll": poll,
        "point": polling.propose(poll, "Geld", "", by=by),
        "feed": feeds.token_of(User.objects.create_user("feed@leute.example", roles=[role.value])),
    }
