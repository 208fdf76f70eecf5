"""What an agreement is told as."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from neighbours.models import Agreement, Kind, Side, State


def _day(day: date) -> str:
    return date_format(day, "SHORT_DATE_FORMAT")


def span_words(agreement: Agreement) -> str:
    """“from 1 March 2027”, “from 1 March 2027 until 31 May 2027”."""
    words = {"first": _day(agreement.valid_from), "last": _day(agreement.valid_until) if agreement.valid_until else ""}
    return _("from %(first)s until %(last)s") % words if words["last"] else _("from %(first)s on") % words


def kind_words(agreement: Agreement, here: int) -> str:
    """What it means for the municipality we are."""
    names = {"town": agreement.other_of(here).name}
    if agreement.kind == Kind.NEIGHBOUR:
        return _("Each shows the other's offers below its own search results.")
    if agreement.first_id == here:
        return _("Offers of %(town)s stand among ours.") % names
    return _("%(town)s shows our offers in its roof portal.") % names


def event_words(agreement: Agreement, here: int) -> str:
    """What the other side did, in a sentence."""
    names = {"town": agreement.other_of(here).name}
    if agreement.ended_by == Side.OPERATOR:
        return _("The operator of the platform has ended the agreement with %(town)s.") % names
    if agreement.state == State.PROPOSED and agreement.kind == Kind.ROOF:
        return _("%(town)s would like to show your offers in its roof portal.") % names
    if agreement.state == State.AGREED and agreement.kind == Kind.ROOF:
        if agreement.first_id == here:
            return _("%(town)s has consented: it is a member of your roof portal.") % names
        return _("%(town)s shows your offers in its roof portal from now on.") % names
    sentences = {
        State.PROPOSED: _("%(town)s proposes that you show each other's offers."),
        State.AGREED: _("%(town)s has consented: the offers are shown on both sides."),
        State.REFUSED: _("%(town)s has refused the proposal."),
        State.WITHDRAWN: _("%(town)s has taken its proposal back."),
        State.REVOKED: _("%(town)s has ended the agreement. Nothing is shown any more."),
    }
    return sentences[State(agreement.state)] % names
