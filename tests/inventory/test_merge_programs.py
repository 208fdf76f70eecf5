"""Programs that write for two organisations that become one go on writing, and find what they have written."""

from portal.inventory.merging import services
from portal.machine_access.models import ExternalOffer
from portal.tokens import services as tokens
from portal.tokens.models import Scope, Token
from tests.factories import a_provider, an_offer


def a_token(name, *providers):
    token = Token(name=name, scope=Scope.WRITE)
    tokens.give(token, list(providers), by=None)
    return token


def test_tokens_act_for_the_one_that_stays_and_numbers_find_their_offers(cast):
    stays, goes, other = (a_provider(name=name) for name in ("Eins", "Zwei", "Drei"))
    both, one, apart = a_token("beide", stays, goes), a_token("eine", goes), a_token("andere", other)
    for provider, numbers in ((stays, ("4711",)), (goes, ("4711", "4712", "9" * 200))):
        for number in numbers:
            ExternalOffer.objects.create(provider=provider, external_id=number, offer=an_offer(provider=provider))
    before = set(ExternalOffer.objects.values_list("offer", flat=True))
    services.merge(stays, goes, by=cast.editor)
    assert [set(each.providers.all()) for each in (both, one, apart)] == [{stays}, {stays}, {other}]
    assert set(ExternalOffer.objects.filter(provider=stays).values_list("external_id", flat=True)) == {
        "4711", "4712", f"4711#{goes.pk}", "9" * 200,
    }  # fmt: skip
    assert set(ExternalOffer.objects.values_list("offer", flat=True)) == before
