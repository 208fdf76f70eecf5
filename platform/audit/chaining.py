"""What is hashed of an entry, for those who make a chain anew outside of the database: as `audit_entry_hash` does."""

from hashlib import sha256

SEPARATOR = "\x1f"


def said_sql(*, actor_id: str = "actor_id", actor: str = "actor") -> str:
    """The expression of the text that is hashed of an entry, behind the hash of the one before; with another actor's
    name for those who must not be named."""
    return (
        f"concat_ws(chr(31), id::text, extract(epoch FROM at)::text, coalesce(({actor_id})::text, '-'), {actor}, "
        "action, target_type, target_id, target, changes::text)"
    )


def hash_of(previous: str, said: str) -> str:
    """The hash of an entry."""
    return sha256(f"{previous}{SEPARATOR}{said}".encode()).hexdigest()


class Rechaining:
    """Follows a log from its beginning and gives each entry the hashes of the same log with other words.

    What does not fit in the log does not fit afterwards either: an entry that somebody changed keeps its hash, one with
    a wrong predecessor keeps that. So a forged log is no better for having been told anew.
    """

    def __init__(self) -> None:
        self.original_head = self.head = ""

    def follow(self, previous: str, own: str, *, said: str, told: str) -> tuple[str, str]:
        """The next entry's two hashes as stored, what is hashed of it and what is to be: its two new hashes."""
        before = self.head if previous == self.original_head else previous
        fits = own == hash_of(previous, said)
        self.head = hash_of(before, told) if fits else own
        self.original_head = own
        return before, self.head
