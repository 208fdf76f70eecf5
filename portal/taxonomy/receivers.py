"""What a new municipality gets."""

from typing import Any

from django.dispatch import receiver

from portal.taxonomy.models import Category, Marker, TargetGroup
from shared_categories import reading
from tenants.lifecycle.making import copy_file, copy_rows
from tenants.models import Municipality
from tenants.signals import provisioned

STARTER_TARGET_GROUPS = (
    ("0–3 Jahre", 0, 3),
    ("4–6 Jahre", 4, 6),
    ("7–13 Jahre", 7, 13),
    ("14–18 Jahre", 14, 18),
    ("19–27 Jahre", 19, 27),
    ("Erwachsene", 18, None),
    ("Seniorinnen und Senioren", 60, None),
    ("Familien", None, None),
    ("Neu Zugezogene", None, None),
)


@receiver(provisioned)
def fill_taxonomy(municipality: Municipality, template: Municipality | None, **kwargs: Any) -> None:
    """Copy categories (with images), target groups and markers; without a template start with target groups, unless the
    shared catalogue has them (`portal.taxonomy.adoption`).

    Districts belong to one place only and are never copied.
    """
    if template is None:
        if reading.newest_number():
            return
        TargetGroup.objects.bulk_create(
            TargetGroup(name=name, min_age=low, max_age=high, position=position)
            for position, (name, low, high) in enumerate(STARTER_TARGET_GROUPS)
        )
        return
    for model in (Category, TargetGroup, Marker):
        copy_rows(model, template=template, into=municipality)
    for name in Category.objects.exclude(image="").values_list("image", flat=True):
        copy_file(name, template=template, into=municipality)
