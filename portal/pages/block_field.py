"""The column with the blocks of a page: whatever is saved into it is made safe on the way."""

from typing import Any

from django.db import models

from portal.pages.shapes import canonical


class BlocksField(models.JSONField):
    """A list of blocks (portal.pages.shapes); to migrations it is Django's own."""

    def deconstruct(self) -> Any:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = canonical(super().pre_save(model_instance, add))
        setattr(model_instance, self.attname, value)
        return value
