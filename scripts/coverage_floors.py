"""Hold the floors of branch coverage: 100 % in each pure package, 90 % in each other one; figures in pyproject.toml."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path

from coverage import Coverage
from coverage.exceptions import NoDataError

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "goodstanding"
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]


def pure() -> set[str]:
    """The pure packages, as the import contract lists them."""
    contract = next(c for c in SETTINGS["importlinter"]["contracts"] if c["id"] == "pure")
    return {name.removeprefix("goodstanding.") for name in contract["source_modules"]}


def rooms() -> list[str]:
    """Every package and top module, by name."""
    packages = {path.parent.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*/*.py")}
    return sorted(packages | {path.stem for path in PACKAGE.glob("*.py")})


def main() -> int:
    """Print the figure of every room, and what is missing where one is under its floor."""
    floors, pure_rooms = SETTINGS["goodstanding"]["coverage"], pure()
    measured, under = Coverage(config_file=str(ROOT / "pyproject.toml")), 0
    measured.load()
    for room in rooms():
        floor = floors["pure" if room in pure_rooms else "elsewhere"]
        missing = io.StringIO()
        include = [str(PACKAGE / f"{room}.py"), str(PACKAGE / room / "*")]
        try:
            reached = measured.report(include=include, file=missing)
        except NoDataError:
            reached = 0.0
        print(f"{room:12} {reached:6.2f} % (floor {floor} %)")
        if reached < floor:
            under += 1
            print(missing.getvalue())
    return 1 if under else 0


if __name__ == "__main__":
    sys.exit(main())
