"""The order of reading: what stands in two columns beside one another is read one after the other."""

from dataclasses import dataclass

# A gap within a line that is so many times as wide as the writing is high divides columns.
WIDE = 1.6
# Lines of columns follow one another; further apart than so many heights a new part begins.
FAR = 4.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A word and its box."""

    text: str
    sure: float
    left: float
    top: float
    right: float
    bottom: float


Spots = list[Spot]


def in_order(lines: list[Spots]) -> list[Spots]:
    """Lines as they are read. A run of lines around one empty gutter is read column by column."""
    ordered: list[Spots] = []
    run: list[list[Spots]] = []
    gutter = (0.0, 0.0)
    for line in lines:
        parts = _parts(line)
        fitting = _side(line, gutter) is not None and run and _near(run[-1], line)
        if len(parts) == 2 and (joint := _joint(gutter if run else (0.0, float("inf")), _gap(parts))):
            run, gutter = [*run, parts], joint
        elif fitting:
            run.append([line])
        else:
            ordered += [*_read(run, gutter), *parts]
            run, gutter = [], (0.0, 0.0)
    return [*ordered, *_read(run, gutter)]


def _read(run: list[list[Spots]], gutter: tuple[float, float]) -> list[Spots]:
    """Columns of a run; one divided line is only a line with a hole, such as “Wann:      12. März”."""
    if sum(len(parts) == 2 for parts in run) < 2:
        return [[spot for part in parts for spot in part] for parts in run]
    every = [part for parts in run for part in parts]
    return [each for each in every if _side(each, gutter) == 0] + [each for each in every if _side(each, gutter) != 0]


def _parts(line: Spots) -> list[Spots]:
    parts: list[Spots] = [[]]
    for spot in sorted(line, key=lambda each: each.left):
        if parts[-1] and spot.left - parts[-1][-1].right > WIDE * _height(line):
            parts.append([])
        parts[-1].append(spot)
    # More than two are a table: its rows belong together.
    return parts if len(parts) <= 2 else [[spot for part in parts for spot in part]]


def _gap(parts: list[Spots]) -> tuple[float, float]:
    return parts[0][-1].right, parts[1][0].left


def _joint(first: tuple[float, float], second: tuple[float, float]) -> tuple[float, float] | None:
    low, high = max(first[0], second[0]), min(first[1], second[1])
    return (low, high) if low < high else None


def _side(line: Spots, gutter: tuple[float, float]) -> int | None:
    """Left 0 or right 1 of a gutter; None: across it."""
    if max(spot.right for spot in line) <= gutter[0] + 2:
        return 0
    if min(spot.left for spot in line) >= gutter[1] - 2:
        return 1
    return None


def _near(parts: list[Spots], line: Spots) -> bool:
    last = max(spot.bottom for part in parts for spot in part)
    return min(spot.top for spot in line) - last <= FAR * _height(line)


def _height(line: Spots) -> float:
    heights = sorted(spot.bottom - spot.top for spot in line)
    return max(1.0, heights[len(heights) // 2])
