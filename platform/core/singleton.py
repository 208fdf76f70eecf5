"""Settings of a municipality live in tables with exactly one row."""

from typing import Any, Self

from django.db import models


class Singleton(models.Model):
    """A table of one row, whose id is 1. Concrete models add `singleton_constraint(name)` to their constraints."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> Self:
        """The row, made with its defaults when there is none yet."""
        row, _created = cls._default_manager.get_or_create(pk=1)
        return row


def singleton_constraint(name: str) -> models.CheckConstraint:
    """The database's own word that the table holds one row only."""
    return models.CheckConstraint(name=name, condition=models.Q(id=1))
