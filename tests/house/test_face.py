"""The library's face: `goodstanding.__all__`, complete, sorted and lazy."""

from __future__ import annotations

import subprocess
import sys

import pytest

import goodstanding

PROBE = """
import sys, goodstanding
print(sorted(name for name in sys.modules if name.startswith("goodstanding.")))
"""


def test_importing_the_package_loads_none_of_its_modules() -> None:
    probe = [sys.executable, "-c", f"import sys; sys.path[:0] = {sys.path!r}\n{PROBE}"]
    assert subprocess.run(probe, capture_output=True, check=True, text=True).stdout.strip() == "[]"


def test_the_face_is_sorted_and_complete() -> None:
    assert list(goodstanding.__all__) == sorted(goodstanding.__all__)
    assert {*goodstanding._HOME, "__version__"} == set(goodstanding.__all__)
    assert dir(goodstanding) == list(goodstanding.__all__)


@pytest.mark.parametrize("name", sorted(goodstanding._HOME))
def test_each_name_of_the_face_comes_from_its_home(name: str) -> None:
    vars(goodstanding).pop(name, None)
    value = getattr(goodstanding, name)
    assert getattr(value, "__module__", goodstanding._HOME[name]) == goodstanding._HOME[name]
    assert vars(goodstanding)[name] is value


def test_a_name_that_is_not_on_the_face_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module `goodstanding` has no attribute `nothing`"):
        goodstanding.nothing  # noqa: B018  reading it is the act
