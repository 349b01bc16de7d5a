"""The advertising-enforcement desk of an online platform, as a library.

This module only names the library's face. Each name is loaded when it is first used (PEP 562), so that a gate worker
that imports `goodstanding` loads the gate and nothing else.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from goodstanding.errors import GoodstandingError
    from goodstanding.kernel.extents import Extent
    from goodstanding.kernel.instants import Period
    from goodstanding.kernel.scope import Scope

__version__ = "0.1.0"

__all__ = ["Extent", "GoodstandingError", "Period", "Scope", "__version__"]

_HOME = {
    "Extent": "goodstanding.kernel.extents",
    "GoodstandingError": "goodstanding.errors",
    "Period": "goodstanding.kernel.instants",
    "Scope": "goodstanding.kernel.scope",
}
"""Where each name of the face lives."""


def __getattr__(name: str) -> object:
    """Load a name of the face from its home, and keep it.

    Raises:
        AttributeError: the face has no such name.
    """
    if name not in _HOME:
        msg = f"module `goodstanding` has no attribute `{name}`"
        raise AttributeError(msg)
    value: object = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """The names of the face."""
    return sorted(__all__)
