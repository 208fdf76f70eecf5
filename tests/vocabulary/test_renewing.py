"""What was merged is found by the name it has now."""

import pytest

from portal.offers.tasks import RELATIONS, refresh_offers_of
from portal.vocabulary import merging
from portal.vocabulary.kinds import CATEGORIES, DISTRICTS, MARKERS, TARGET_GROUPS
from tenants.running.context import inside


@pytest.mark.parametrize("kind", [CATEGORIES, DISTRICTS, MARKERS, TARGET_GROUPS])
def test_the_searchable_texts_of_what_was_merged_are_written_anew(ahausen, kind):
    with inside(ahausen):
        old, new = kind.model.objects.create(name="Alt"), kind.model.objects.create(name="Neu")
        merging.merge(kind, old.pk, new.pk, by="test")
    waiting = refresh_offers_of.under_way()[ahausen.schema_name]
    assert waiting == [{"relation": RELATIONS[kind.model], "pk": new.pk}]
