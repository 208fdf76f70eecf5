"""What this room keeps about an editor: notes to colleagues, what they are in charge of or watch, how they work."""

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core.own_data import Part, Row, register
from core.task_cards import Words
from portal.editorial.models import Habits, Note, Ticket


def gather(user: User) -> list[Row]:
    """Everything, each row with what it is."""
    notes = Note.objects.filter(author=user).select_related("ticket").order_by("pk")
    tickets = Ticket.objects.filter(Q(assignee=user) | Q(watchers=user)).distinct().order_by("pk")
    habits = Habits.objects.filter(user=user)
    return [
        *(
            {
                _("Kind"): _("note"),
                _("About"): str(each.ticket),
                _("Text"): each.text,
                _("Written"): each.written_at,
            }
            for each in notes
        ),
        *(
            {_("Kind"): _("in charge") if each.assignee_id == user.pk else _("watched"), _("About"): str(each)}
            for each in tickets
        ),
        *(
            {
                _("Kind"): _("habits at the desk"),
                _("Single keys"): each.get_keys_display(),
                _("Weekly mail"): each.get_mail_day_display() if each.mail_day is not None else _("no mail"),
            }
            for each in habits
        ),
    ]


def leaving(user: User) -> list[Words]:
    """What becomes of the notes."""
    if not Note.objects.filter(author=user).exists():
        return []
    return [_("Your notes to colleagues stay, without your name.")]


def released(user: User) -> None:
    """Take the name from the notes."""
    Note.objects.filter(author=user).update(author=None, author_name="")


register(Part("aufgaben", gettext_lazy("Your work at the desk"), gather, order=85, leaving=leaving, released=released))
