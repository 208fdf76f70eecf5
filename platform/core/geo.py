"""Coordinates in tables: degrees, WGS 84."""

from django.db.models import Q

NOWHERE = Q(latitude__isnull=True, longitude__isnull=True)
# A check that comes to NULL counts as kept: the bounds alone would let half a pair through.
SOMEWHERE = Q(latitude__isnull=False, longitude__isnull=False, latitude__range=(-90, 90), longitude__range=(-180, 180))
