"""Text blocks of the shared catalogue among the sentences of this desk (`portal.taxonomy.adoption`)."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.text import fold
from portal.editorial.review.models import LONGEST_SENTENCE, Sentence
from portal.taxonomy.adoption.engine.town import Shape
from portal.taxonomy.adoption.kinds import Adoptable, register
from shared_categories.models import Kind


def _read(value: Any) -> dict[str, Any]:
    return {"text": value.text[:LONGEST_SENTENCE]}


register(
    Adoptable(
        Kind.TEXT_BLOCK,
        Sentence,
        Shape(_read, lambda values: frozenset({fold(values["text"])}), unique=False, retires=False),
        {"text": ("text",)},
        _("Sentences for reasons"),
        lambda _pk: "/redaktion/pruefen/saetze/",
        words={"text": _("text")},
        order=40,
    )
)
