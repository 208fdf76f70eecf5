"""The platform's log in words (audit.reading)."""

from collections import ChainMap

from audit.reading import Book
from operations.logs.deeds import DETAILS, HERE, KINDS, OPERATORS, TOPICS
from operations.safekeeping.models import Export
from portal.people import log as town
from portal.people.deeds import DEEDS, UNWORDED
from tenants.models import Rollout, State
from tenants.rollout_records import RolloutState
from tracker.tickets.models import Ticket

BOOK = Book(
    # Rooms add theirs when they are ready, some of them after this.
    deeds=ChainMap(HERE, OPERATORS, DEEDS),
    unworded=UNWORDED,
    topics=TOPICS,
    kinds=KINDS,
    details=DETAILS,
    words={**town.BOOK.words, **dict(RolloutState.choices), **dict(State.choices)},
    pages={
        "tickets.ticket": (Ticket, "/betrieb/tickets/%d/"),
        "tenants.rollout": (Rollout, "/betrieb/rollouts/%d/"),
        "safekeeping.export": (Export, "/betrieb/sicherungen/exporte/%d/"),
    },
)
