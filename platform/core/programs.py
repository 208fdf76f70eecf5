"""Programs that act for organisations of a municipality, by a token an administrator gave them (`portal.tokens`).

A program is no account, and no command of the operator's either: it may do for its organisations what their people do,
goes through the same approval, and stands in the log under its own name.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Program:
    """`token` is the number of its token; `providers` are the organisations it acts for, None: all of them."""

    token: int
    name: str
    providers: frozenset[int] | None

    def __str__(self) -> str:
        return self.name

    def acts_for(self, provider: int) -> bool:
        """Whether it may do anything for this organisation."""
        return self.providers is None or provider in self.providers
