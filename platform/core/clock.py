"""How far this machine's clock is from the database's.

Signed links and one-time codes go by the clock of the machine that looks at them, rows by the database's. A machine
that is minutes off refuses every code of a telephone (those last half a minute) and ends links early or late. Where
both are one machine, or both are wrong alike, this knows nothing: the kernel must say so (deploy/check.py).
"""

import time
from typing import Any

from django.db import DatabaseError, connection

# A code of a telephone changes every thirty seconds: half of that is still forgiven by whoever types it.
TOLERABLE = 15.0


def seconds_ahead() -> float:
    """Our clock less the database's; the way there and back is shared out evenly. Raises DatabaseError."""
    with connection.cursor() as cursor:
        before = time.time()
        cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
        after = time.time()
        return (before + after) / 2 - float(cursor.fetchone()[0])


def told() -> dict[str, Any] | None:
    """A part of /readyz that decides nothing: pages are better with a wrong clock than away. None: nobody to ask."""
    try:
        ahead = seconds_ahead()
    except DatabaseError:
        return None
    return {"seconds_ahead": round(ahead, 1), "well": abs(ahead) <= TOLERABLE}


def warning() -> str:
    """One sentence for whoever starts this; empty where the clock is well."""
    ahead = seconds_ahead()
    if abs(ahead) <= TOLERABLE:
        return ""
    return (
        f"The clock of this machine is {abs(ahead):.0f} seconds {'ahead of' if ahead > 0 else 'behind'} the "
        "database's: codes of second factors are refused and links end at the wrong time. Set both by NTP "
        "(timedatectl set-ntp true)."
    )
