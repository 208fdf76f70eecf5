"""Why a paper cannot be made, as its page will say it."""

from portal.printing.models import Paper


class TroubleError(Exception):
    """`number` is what there is too much of."""

    def __init__(self, trouble: Paper.Trouble, number: int = 0) -> None:
        super().__init__(trouble.value)
        self.trouble, self.number = trouble, number
