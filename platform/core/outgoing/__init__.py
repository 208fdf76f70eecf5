"""The one way out of the house: whatever asks a web server that somebody outside may name goes through here.

Tile sources and translation services today; webhooks, the link checker, OpenID and calendars tomorrow. An address is
looked up once, every answer is checked, and the connection is opened to what was checked, so that a name that leads
elsewhere a moment later (DNS rebinding) leads nowhere. A test keeps httpx out of all other rooms.
"""

from core.outgoing.client import Answer, Limits, Outgoing
from core.outgoing.trouble import OutgoingError, Reason

__all__ = ["Answer", "Limits", "Outgoing", "OutgoingError", "Reason"]
