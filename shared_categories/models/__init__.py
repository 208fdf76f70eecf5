"""The working copy, the releases made of it, and how municipalities use what they took."""

from shared_categories.models.entry import PREFIXES, VOCABULARIES, Entry, EntryQuerySet, Kind, Mapping, Relation
from shared_categories.models.release import Release
from shared_categories.models.use import Use

__all__ = ["PREFIXES", "VOCABULARIES", "Entry", "EntryQuerySet", "Kind", "Mapping", "Relation", "Release", "Use"]
