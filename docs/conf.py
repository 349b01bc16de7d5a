"""How Sphinx builds the documentation; warnings are errors (`make docs`)."""

from __future__ import annotations

import tomllib
from pathlib import Path

_project = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]

project = str(_project["name"])
author = "The goodstanding authors"
copyright = "The goodstanding authors"
release = str(_project["version"])

extensions = ["myst_parser"]
myst_enable_extensions = ["colon_fence", "deflist", "attrs_inline"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
nitpicky = True
suppress_warnings: list[str] = []

html_theme = "furo"
html_title = "goodstanding"
html_copy_source = False
