"""What was read from a file, kept until its sender says yes; nobody else sees it."""

import uuid
from typing import Any

from django.http import Http404
from django.utils import timezone

from portal.vocabulary.models import KEPT_FOR, Upload


def keep(kind: str, content: Any, *, by: Any) -> Upload:
    """Keep it for a day; what others left behind longer ago goes."""
    now = timezone.now()
    Upload.objects.filter(created_at__lt=now - KEPT_FOR).delete()
    return Upload.objects.create(kind=kind, content=content, created_at=now, by=by)


def kept(kind: str, key: uuid.UUID, *, by: Any) -> Upload:
    """One's own; 404 for any other."""
    found = Upload.objects.filter(pk=key, kind=kind, by=by, created_at__gte=timezone.now() - KEPT_FOR).first()
    if found is None:
        raise Http404
    return found
