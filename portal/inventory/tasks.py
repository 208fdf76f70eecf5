"""Jobs of the room."""

from portal.inventory.bulk.engine import do_part

__all__ = ["do_part"]
