"""What every test may ask for: `shared`, `golden`, `chromium`; and a loud word on whatever was skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from counts import FULL, count
from played import Demo

if TYPE_CHECKING:
    from _pytest.terminal import TerminalReporter

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"

# `too_slow` measures the machine, not the test; both cores of a small one may be busy.
for name, derandomize in (("dev", True), ("ci", False)):
    settings.register_profile(
        name,
        max_examples=count("property_examples"),
        deadline=None,
        derandomize=derandomize,
        print_blob=True,
        suppress_health_check=[HealthCheck.too_slow],
    )
settings.load_profile("ci" if FULL else "dev")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write what the tests produce into tests/golden")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of other people's texts beside the repository; they are read, never kept."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("shared/ is absent: put the folder of real notices, policies and cases beside the repository")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Debian's Chromium; a browser is never downloaded."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("chromium is absent: install the Debian package `chromium`")
    return Path(found)


@pytest.fixture(scope="session")
def compiler() -> Path:
    """A C compiler with the C library's headers."""
    found = shutil.which("gcc")
    if found is None or not Path("/usr/include/stdio.h").exists():
        pytest.skip("no C compiler: install the Debian packages `gcc` and `libc6-dev`")
    return Path(found)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, played once by each process of tests, in a folder that holds nothing else."""
    return Demo.played(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Hold a text against `tests/golden/<name>`; `--write-golden` writes it instead, to be read before it is kept."""
    write = bool(request.config.getoption("--write-golden"))

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if write:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden file `{name}`: run with --write-golden, read it, keep it"
        assert text == path.read_text(encoding="utf-8"), f"`{name}` differs: --write-golden if the new text is right"

    return check


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name every skipped test with its reason, so that a green run never hides what it did not look at."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not skipped:
        return
    terminalreporter.section(f"NOT LOOKED AT: {len(skipped)} skipped", yellow=True, bold=True)
    for report in skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        terminalreporter.line(f"{report.nodeid}: {reason.removeprefix('Skipped: ')}", yellow=True)
