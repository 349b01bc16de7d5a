"""The demo, run once as a real process; every end-to-end test looks at what it made."""

from __future__ import annotations

import json

import pytest

from played import Demo, goodstanding


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """The demo, run in a folder that holds nothing else."""
    out = tmp_path_factory.mktemp("demo") / "out"
    ran = goodstanding("demo", "--out", str(out), "--json", cwd=out.parent)
    assert ran.returncode == 0, ran.stderr
    return Demo(out, json.loads(ran.stdout))
