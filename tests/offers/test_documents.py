"""What is written for the search of offers is taken by PostgreSQL, whatever people paste."""

import pytest

from portal.offers.models import Offer
from tenants.running.context import inside
from tests.factories import an_offer


@pytest.mark.parametrize(
    "pasted",
    ["x" * 40_000, "ß" * 40_000, "Donau" * 1000 + ":innen", "-".join(["Wort"] * 5000), "𝔘" * 3000, "a'b" * 5000],
    ids=["letters", "longer when folded", "for all", "hyphens", "four bytes each", "apostrophes"],
)
def test_an_endless_word_is_kept_by_its_beginning(ahausen, pasted):
    with inside(ahausen):
        offer = an_offer(title="Nähcafé", summary=pasted[:300], description=f"<p>Wir nähen. {pasted}</p>")
        found = Offer.objects.filter(pk=offer.pk, document__vector__isnull=False)
        assert found.exists()
        words = found.values_list("document__vector", flat=True).get()
        assert "'=naehen'" in words
        # No more of it than of any word: PostgreSQL takes 2046 bytes.
        assert max(len(each.encode()) for each in words.split(" ")) < 400
