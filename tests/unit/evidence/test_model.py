from __future__ import annotations

import msgspec
import pytest

from goodstanding.evidence.model import Quotation
from goodstanding.kernel.digests import digest_of_text
from unit.decisions.world import evidence, fact

PIECE = evidence("a", {}, text="the order binds agencies").evidence[0]


def quoted(text: str, start: int, *, end: int | None = None, of: str | None = None) -> Quotation:
    stop = start + len(text) if end is None else end
    return Quotation(text=text, start=start, end=stop, digest=digest_of_text(of or text))


def test_a_quotation_holds_position_text_and_digest_together() -> None:
    assert quoted("order", 4).text == "order"
    with pytest.raises(ValueError, match="has 5 characters"):
        quoted("order", 4, end=11)
    with pytest.raises(ValueError, match="has 5 characters"):
        quoted("order", -1)
    with pytest.raises(ValueError, match="digest is not that of its text"):
        quoted("order", 4, of="another")


def test_a_quotation_stands_where_it_says_in_the_text_that_is_kept() -> None:
    assert msgspec.structs.replace(PIECE, quotation=quoted("order", 4)).quotation is not None
    with pytest.raises(ValueError, match="does not stand at characters 3 to 8"):
        msgspec.structs.replace(PIECE, quotation=quoted("order", 3))


def test_what_is_kept_has_the_digest_that_is_stated() -> None:
    with pytest.raises(ValueError, match="not that of the text kept"):
        msgspec.structs.replace(PIECE, kept="another text")


def test_where_only_the_digest_is_kept_a_quotation_is_taken_at_its_word() -> None:
    assert msgspec.structs.replace(PIECE, kept="", quotation=quoted("order", 99)).kept == ""


def test_a_fact_says_its_value() -> None:
    assert fact("a", "order:x.in_force", value=True).says is True
