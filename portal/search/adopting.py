"""Synonyms of the shared catalogue in this list (`portal.taxonomy.adoption`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text import fold
from portal.search.models import Synonyms
from portal.taxonomy.adoption.engine.town import Shape
from portal.taxonomy.adoption.kinds import Adoptable, register
from shared_categories.models import Kind

LONGEST_WORD = 60


def _read(value: Any) -> dict[str, Any]:
    # The catalogue takes longer ones, which no list here would.
    return {"words": [word for word in value.words if len(word) <= LONGEST_WORD]}


register(
    Adoptable(
        Kind.SYNONYMS,
        Synonyms,
        # Two words in common: one alone can have two meanings.
        Shape(
            _read,
            lambda values: frozenset(map(fold, values["words"])),
            least=2,
            ordered=False,
            unique=False,
            retires=False,
        ),
        {"words": ("words",)},
        _("Words of the same meaning"),
        lambda pk: f"/redaktion/synonyme/{pk}/",
        words={"words": _("words")},
        order=30,
    )
)
