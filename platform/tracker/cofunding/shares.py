"""Who pays what, to the cent: the shares always make exactly the sum. No tables."""

from collections.abc import Sequence


def distribute(cents: int, weights: Sequence[int]) -> list[int]:
    """Share out so many cents by weights (none below 0), the cents that are left over to the largest remainders.

    Of equal remainders the earlier comes first, so the same question has one answer. Where no weight counts, all are
    alike.
    """
    if cents < 0 or any(weight < 0 for weight in weights):
        raise ValueError("Neither the sum nor a weight may be below zero.")
    if not weights:
        return []
    total = sum(weights)
    if total == 0:
        return distribute(cents, [1] * len(weights))
    shares = [cents * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: (-(cents * weights[at] % total), at))
    for at in order[: cents - sum(shares)]:
        shares[at] += 1
    return shares


def offered(cents: int, amounts: Sequence[int]) -> list[int]:
    """Shares where each says an amount of their own: those amounts, or less in proportion where they are too much."""
    return distribute(cents, amounts) if sum(amounts) > cents else list(amounts)
