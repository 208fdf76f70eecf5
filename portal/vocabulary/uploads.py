"""What was read from a file, kept until somebody of the editorial team says yes."""

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


def kept(kind: str, key: uuid.UUID) -> Upload:
    """A file of this kind; 404 where it was taken over or forgotten."""
    found = Upload.objects.filter(pk=key, kind=kind, created_at__gte=timezone.now() - KEPT_FOR).first()
    if found is None:
        raise Http404
    return found
