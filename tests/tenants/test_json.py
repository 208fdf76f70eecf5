"""Signs that PostgreSQL cannot keep in JSON are left out, whichever column it is, and nothing else is."""

import pytest

from portal.printing.models import Paper
from tenants.running.context import inside


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"a\x00": ["x\x00y", {"b": "\ud800z"}]}, {"a": ["xy", {"b": "z"}]}),
        (
            {"a": "👩‍👩‍👧 \\u0000 \\ud800", "n": [1, 1.5, None, True]},
            {"a": "👩‍👩‍👧 \\u0000 \\ud800", "n": [1, 1.5, None, True]},
        ),
        ({"a": "Grüße"}, {"a": "Grüße"}),
    ],
)
def test_what_no_database_keeps_is_left_out_alone(ahausen, said, kept):
    with inside(ahausen):
        paper = Paper.objects.create(key="x", kind="poster", title="Plakat", says=said)
        paper.refresh_from_db()
        assert paper.says == kept
        Paper.objects.filter(pk=paper.pk).update(says={"b": said})
        assert Paper.objects.get(pk=paper.pk, says__b=said).says == {"b": kept}
