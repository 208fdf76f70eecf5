"""Lines of the log as JSON, for machines that collect them; on a developer's own machine they are for people."""

import json
import logging
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from core.numbering import current_number
from health.reporting.scrubbing import chain_of, message_of, route_of
from tenants.running.context import entered_schema


class JsonLines(logging.Formatter):
    """One object a line: when, how bad, who says it, what, and of which municipality, request and release."""

    def format(self, record: logging.LogRecord) -> str:
        """Only what is named here gets into a line."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": message_of(record),
            "municipality": entered_schema() or "",
            "request_id": current_number(),
            "release": settings.RELEASE,
        }
        request = getattr(record, "request", None)
        if request is not None:
            told |= {"method": request.method or "", "page": route_of(request)}
            told["status"] = getattr(record, "status_code", None)
        if record.exc_info and record.exc_info[1]:
            told["error"] = chain_of(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)
