"""A staged desk for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from unit.app.staged import Staged, staged


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Staged]:
    """A desk under the policy pack, with one open case."""
    with staged(tmp_path / "desk") as here:
        yield here
