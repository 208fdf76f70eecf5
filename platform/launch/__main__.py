"""`python -m launch run | test | bench | with-test-db`: what the Makefile calls."""

import sys
from collections.abc import Sequence

from launch import LaunchError, run, testing

_VERBS = {
    "run": lambda _rest: run.main(),
    "test": testing.test,
    "bench": testing.bench,
    "with-test-db": testing.with_test_database,
}


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says with all that follows; 1 with one line on stderr when refused, 2 for wrong usage."""
    verb, rest = (arguments[0] if arguments else ""), list(arguments[1:])
    if verb not in _VERBS or (verb == "with-test-db" and not rest):
        print(f"usage: python -m launch {' | '.join(_VERBS)} …", file=sys.stderr)
        return 2
    try:
        return _VERBS[verb](rest)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
