"""The part of the import contracts that import-linter can't state while one side of a contract does not exist yet."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

from repository import PACKAGE, PURE, ROOT, modules, shown, tree


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, anywhere in it."""
    for node in ast.walk(tree(path)):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str(origin), names=names):
                yield origin
                yield from (f"{origin}.{name.name}" for name in names)


def importers(target: str) -> set[str]:
    """The files outside a package that import it."""
    prefix = f"goodstanding.{target}"
    place = PACKAGE.joinpath(*target.split("."))
    return {
        shown(path)
        for path in modules(PACKAGE)
        if place not in path.parents
        and path != place.with_suffix(".py")
        and any(name == prefix or name.startswith(f"{prefix}.") for name in imported(path))
    }


def test_every_pure_package_that_exists_is_under_the_contract_of_purity() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    listed = next(contract["source_modules"] for contract in contracts if contract["id"] == "pure")
    exist = {f"goodstanding.{name}" for name in PURE if (PACKAGE / name).is_dir() or (PACKAGE / f"{name}.py").is_file()}
    assert exist <= set(listed)


def test_delivery_and_storage_are_imported_by_bootstrap_only() -> None:
    for package in ("storage", "delivery"):
        assert importers(package) <= {"src/goodstanding/bootstrap.py"}


def test_the_two_storages_do_not_know_each_other() -> None:
    for one, other in (("sqlite", "postgres"), ("postgres", "sqlite")):
        assert not {path for path in importers(f"storage.{one}") if f"storage/{other}" in path}


def test_every_folder_of_modules_is_a_package() -> None:
    folders = {path.parent for path in modules(PACKAGE)}
    assert [shown(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
