"""What a figure is of today, where two became one since: an expression for statements whose rows have `what` and
`which` (`portal.usage.models.Sought`)."""

from portal.taxonomy.models import Alias


def _today(kind: str, number: str) -> str:
    """The number that something merged has today, as text."""
    of_today = f"SELECT a.new::text FROM {Alias._meta.db_table} AS a WHERE a.kind = '{kind}' AND a.old::text = {number}"  # noqa: S608 (our own)
    return f"coalesce(({of_today}), {number})"


_VALUE = "split_part(which, '=', 2)"
_TOGETHER = (_today("category", f"split_part({_VALUE}, ':', 1)"), _today("district", f"split_part({_VALUE}, ':', 2)"))
WHICH_TODAY = f"""CASE
    WHEN what IN ('topic', 'topic0', 'views.topic', 'contacts.topic') THEN {_today("category", "which")}
    WHEN what IN ('views.district', 'contacts.district') THEN {_today("district", "which")}
    WHEN what NOT IN ('filter', 'filter0') OR position('=' IN which) = 0 THEN which
    WHEN split_part(which, '=', 1) = 'ortsteil' THEN 'ortsteil=' || {_today("district", _VALUE)}
    WHEN split_part(which, '=', 1) = 'zielgruppe' THEN 'zielgruppe=' || {_today("targetgroup", _VALUE)}
    WHEN split_part(which, '=', 1) = 'kategorie+ortsteil'
        THEN 'kategorie+ortsteil=' || {_TOGETHER[0]} || ':' || {_TOGETHER[1]}
    ELSE which
END"""
