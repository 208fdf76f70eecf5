from pathlib import Path
import pytest
from portal.exchange.typo3.dump import Dump
from portal.exchange.typo3.takeover import take_over

F = Path(__file__).parent / "fixtures"


@pytest.mark.parametrize(
    "name",
    [
        "fixtures/small.sql",
        "/work/shared/data/typo3-chancenportal-empty.sql",
        "/work/shared/data/typo3-chancenportal-filled.sql",
    ],
)
def test_smoke(ahausen, name):
    path = Path(name) if name.startswith("/") else Path(__file__).parent / name
    import time

    for i in range(2):
        t = time.time()
        report = take_over(ahausen, Dump(path))
        print("\n".join(l for l in report.lines() if i == 0 or not l.startswith("  ")))
        print("TIME", time.time() - t)
    assert not report.unaccounted
