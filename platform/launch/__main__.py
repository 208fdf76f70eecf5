"""`python -m launch run`: what `make run` calls."""

import sys

from launch import LaunchError, run

if sys.argv[1:] != ["run"]:
    sys.exit("usage: python -m launch run")
try:
    sys.exit(run.main())
except LaunchError as error:
    sys.exit(str(error))
