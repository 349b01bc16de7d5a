from __future__ import annotations

from collections.abc import Callable

import pytest

from goodstanding.reasons.notices import check_notice, render_check

CASES = {
    "vague": ("Your account was disabled due to suspicious activity.", ()),
    "specific": (
        (
            "Your ad 48211 of 3 May shows a photo from a clinic's page, which rule 4.2 forbids. It is removed in "
            "Austria until 31 December. You can appeal here, choose an out-of-court body or go to court."
        ),
        (),
    ),
    "repeated": (
        "Your account was disabled due to unusual activity. [NAME]",
        ("It was disabled due to unusual activity.",),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_check_reads_as_its_golden_file(name: str, golden: Callable[[str, str], None]) -> None:
    text, earlier = CASES[name]
    golden(f"notices/{name}.txt", render_check(check_notice(text, earlier=earlier)))
