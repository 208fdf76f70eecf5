"""The start: what turns a fresh clone into a running service, test run or benchmark with one command."""


class LaunchError(Exception):
    """A start that cannot go on; the message is one whole sentence for a person, saying what to do next."""
