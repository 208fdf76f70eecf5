"""Showing how far a long command is: a bar on a terminal, lines elsewhere."""

from types import TracebackType
from typing import Any, Self

from tqdm import tqdm

STEPS = 4
"""How many lines a stage writes where there is no terminal."""


class Bar:
    """`with Bar(stream) as bar: work(progress=bar.show)`; without a stream it draws on the terminal's stderr."""

    def __init__(self, stream: Any = None) -> None:
        self._stream = stream
        self._stage = ""
        self._said = -1
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def show(self, stage: str, done: int, total: int) -> None:
        """Say how far a stage is; to be called as often as one likes."""
        if self._stream is None:
            self._draw(stage, done, total)
            return
        step = STEPS * done // total if total else STEPS
        if stage != self._stage or step > self._said:
            self._stage, self._said = stage, step
            self._stream.write(f"{stage} … {done}/{total}", style_func=str)

    def _draw(self, stage: str, done: int, total: int) -> None:
        if self._bar is None or stage != self._stage:
            if self._bar is not None:
                self._bar.close()
            self._bar = tqdm(total=total, desc=stage, leave=False)
            self._stage = stage
        self._bar.update(done - self._bar.n)
