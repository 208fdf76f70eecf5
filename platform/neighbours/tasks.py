"""Jobs: filling the index, comparing it every night, and mails inside the municipality of whom they are for."""

import logging
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from accounts.models import User
from core.access import Role
from jobs.declare import job
from mail.services import post_kind
from neighbours import indexing
from neighbours.models import Agreement, IndexedTown
from neighbours.wording import event_words, span_words
from tenants.models import Municipality
from tenants.running.context import current_schema, inside, inside_public
from tenants.urls import own_address

logger = logging.getLogger(__name__)


@job()
def fill_index() -> None:
    """Bring the offers of this municipality into the index, or heal what is wrong in it."""
    wrong = indexing.fill(current_schema())
    if wrong:
        logger.warning("The index of “%s” had %d wrong rows; they are right now.", current_schema(), wrong)


@job(stays=True)
def tell_other_side(agreement_id: int, state: str) -> None:
    """A mail to the editors of the municipality we are inside: what the other side did. Nothing where it has gone on
    since; a later job tells that."""
    rows = Agreement.objects.filter(pk=agreement_id, state=state).select_related("first", "second")
    agreement, here = rows.first(), Municipality.objects.filter(schema_name=current_schema()).first()
    if agreement is None or here is None or here.pk not in {agreement.first_id, agreement.second_id}:
        return
    with translation.override(settings.LANGUAGE_CODE):
        values: dict[str, Any] = {
            "town": agreement.other_of(here.pk).name,
            "what": event_words(agreement, here.pk),
            "days": span_words(agreement),
            "link": f"{own_address()}redaktion/nachbarn/",
        }
        for user in User.objects.filter(is_active=True, roles__overlap=[Role.EDITOR, Role.ADMIN]).order_by("pk"):
            post_kind("neighbours_news", to=user.email, values=values)


def look_after_index() -> None:
    """Forget who shares nothing any more, and queue a comparison in each municipality that does."""
    day = timezone.localdate()
    with inside_public():
        indexing.forget_without_agreement(day)
        indexing.keep(*indexing.without_index(day))
        there = Municipality.objects.filter(pk__in=IndexedTown.objects.values("pk"))
        towns = list(there)
    for town in towns:
        with inside(town):
            fill_index.defer_once()


@app.periodic(cron="41 2 * * *")
@app.task(name="neighbours.compare", queueing_lock="neighbours.compare")
def compare(timestamp: int) -> None:
    """Every night."""
    look_after_index()
