"""`python -m launch run | test | bench | with-db | with-test-db | db`: what the Makefile calls."""

import argparse
import os
import sys
from collections.abc import Sequence

from launch import LaunchError, environment, run, testing
from launch.postgres import Cluster


def _database(verb: str) -> int:
    cluster = Cluster(environment.data_dir(os.environ) / "pg")
    if verb == "start":
        url = cluster.start()
        cluster.keep(running=True)
        print(url)
    elif verb == "stop":
        cluster.keep(running=False)
        cluster.stop()
    elif not cluster.running():
        raise LaunchError(f"No database runs in {cluster.home}: start it with `python -m launch db start`.")
    else:
        print(cluster.url)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m launch", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("run", help="start everything and watch it")
    database = verbs.add_parser("db", help="our own PostgreSQL, without the rest")
    database.add_argument("action", choices=["start", "stop", "url"])
    for name, text in (
        ("test", "run pytest with these arguments"),
        ("bench", "run the benchmarks"),
        ("with-db", "run a command with the database of `make run`"),
        ("with-test-db", "run a command with the database of the tests"),
    ):
        # Everything after the verb belongs to the command: argparse would claim its options.
        verbs.add_parser(name, help=text, add_help=False)
    return parser


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says; 1 with one line on stderr when refused, 2 for wrong usage."""
    parser = _parser()
    rest = list(arguments[1:])
    passing = {
        "test": testing.test,
        "bench": testing.bench,
        "with-db": testing.with_database,
        "with-test-db": testing.with_test_database,
    }
    try:
        if arguments and arguments[0] in passing:
            if arguments[0].startswith("with-") and not rest:
                parser.error(f"{arguments[0]} needs a command")
            return passing[arguments[0]](rest)
        options = parser.parse_args(arguments)
        return run.main() if options.verb == "run" else _database(options.action)
    except LaunchError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
