"""What is kept about readers: they see it, it ends with them, and what nobody confirmed is forgotten."""

from datetime import timedelta

import pytest
import time_machine

from portal.newsletter import own_data
from portal.newsletter import readers as verbs
from portal.newsletter.models import AddressList, Delivery, Left, Reader, State
from portal.newsletter.models.lists import KEPT_FOR
from portal.newsletter.models.readers import CONFIRM_WITHIN
from portal.newsletter.tasks import tidy_here
from portal.newsletter.tokens import manage_token
from tenants.running.context import inside
from tests.newsletter.town import NOW, a_newsletter, a_running_mailing, readers, write_all
from tests.people.cast import an_account


@pytest.fixture
def town(ahausen):
    with inside(ahausen), time_machine.travel(NOW, tick=False):
        yield ahausen


def test_who_has_an_account_finds_the_newsletters_in_their_own_data(town):
    anna = an_account("anna@leute.example", "editor")
    assert not own_data.leaving(anna)
    readers(a_newsletter(), 1, evidence="Liste vom Markt")
    Reader.objects.update(email="anna@leute.example")
    readers(a_newsletter("Anderer"), 1)
    [row] = own_data.gather(anna)
    assert "Neues für Familien" in row.values()
    assert "Liste vom Markt" in row.values()
    assert own_data.leaving(anna)


def test_who_has_none_sees_it_behind_the_link_in_each_mail(town, visitor):
    [reader] = readers(a_newsletter(), 1, evidence="Liste vom Markt")
    page = visitor("ahausen").get(f"/newsletter/abo/{manage_token(reader)}/").content.decode()
    for each in ("leserin0@leute.example", "Liste vom Markt", "21.02.2026"):
        assert each in page


def test_whoever_leaves_leaves_no_address(town):
    newsletter = a_newsletter()
    readers(newsletter, 2)
    write_all(a_running_mailing(newsletter))
    verbs.end(Reader.objects.get(email="leserin0@leute.example"), now=NOW)
    for rows in (Reader, Left, Delivery, AddressList):
        assert "leserin0" not in str(list(rows.objects.values()))


def test_the_night_forgets_who_never_confirmed_and_lists_that_were_read_in(town):
    newsletter = a_newsletter()
    for name, age in (("alt", CONFIRM_WITHIN), ("neu", CONFIRM_WITHIN - timedelta(minutes=1))):
        readers(newsletter, 1, beginning=name, state=State.PENDING, confirmed_at=None, since=NOW - age)
    readers(newsletter, 1, beginning="fest", since=NOW - timedelta(days=900))
    for key, age in (("alt", KEPT_FOR + timedelta(minutes=1)), ("neu", KEPT_FOR - timedelta(minutes=1))):
        AddressList.objects.create(newsletter=newsletter, key=key, name=key, created_at=NOW - age)
    tidy_here()
    assert set(Reader.objects.values_list("email", flat=True)) == {"neu0@leute.example", "fest0@leute.example"}
    assert list(AddressList.objects.values_list("key", flat=True)) == ["neu"]
