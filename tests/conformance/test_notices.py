"""Invented notices with labels by hand: each element and warning is found where it is, and only there."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from goodstanding.reasons.notices import check_notice


class Vector(msgspec.Struct, frozen=True):
    """A labelled notice: `either` lists codes on which two readers could differ, `missed` those that no rule finds yet.

    `earlier` are the messages before it; `half` says when it was written.
    """

    id: str
    half: str
    text: str
    present: list[str]
    warnings: list[str]
    either: list[str]
    earlier: list[str] = []
    missed: list[str] = []


FILES = tuple(Path(__file__).parent / name for name in ("notices.jsonl", "notices_second.jsonl"))
VECTORS = msgspec.json.Decoder(Vector)
ALL = [VECTORS.decode(line) for file in FILES for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("vector", ALL, ids=lambda vector: vector.id)
def test_the_elements_and_warnings_are_those_of_the_labels(vector: Vector) -> None:
    check = check_notice(vector.text, earlier=vector.earlier)
    found = {present.code.value for present in check.present} | {warning.value for warning in check.warnings}
    assert found - set(vector.either) == {*vector.present, *vector.warnings} - set(vector.missed)


@pytest.mark.parametrize("vector", ALL, ids=lambda vector: vector.id)
def test_every_quote_is_literal(vector: Vector) -> None:
    assert all(present.quote in vector.text for present in check_notice(vector.text).present)
