from __future__ import annotations

import pytest

from goodstanding.appeals.model import Citation, Cited


@pytest.mark.parametrize("text", ["fact:f-12", "evidence:bod:17", "clause:supply-forbidden"])
def test_a_citation_is_written_as_it_is_read(text: str) -> None:
    assert str(Citation.of(text)) == text
    assert Citation.of("fact:f-12") == Citation(Cited.FACT, "f-12")


@pytest.mark.parametrize("text", ["", "fact", "fact:", "fact: ", "rumour:f-12", "f-12"])
def test_what_cites_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cites nothing: write `fact:`"):
        Citation.of(text)
