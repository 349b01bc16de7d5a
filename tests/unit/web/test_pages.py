from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from jinja2 import Environment
from msgspec.structs import replace

import goodstanding
from goodstanding.reasons.notices.model import Element
from goodstanding.web.pages import ELEMENT_WORDS, STYLESHEET, Demo, Nearest, day, demo_index
from goodstanding.web.timeline import Tone

CSS = (Path(goodstanding.__file__).parent / "web" / "templates" / STYLESHEET).read_text(encoding="utf-8")
STATEMENT_CSS = (Path(goodstanding.__file__).parent / "reasons" / "templates" / "statement.css").read_text("utf-8")
VOID = frozenset("meta link".split())


class Page(HTMLParser):
    """The elements of a page; fails when tags do not close in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """It closes what was opened last."""
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Gather the text."""
        self.text += data

    def all(self, attribute: str) -> list[str]:
        """Every value of an attribute."""
        return [attributes[attribute] for _, attributes in self.found if attribute in attributes]


@pytest.fixture
def html(demo: Demo, environment: Environment) -> str:
    return demo_index(demo, environment=environment)


@pytest.fixture
def page(html: str) -> Page:
    return Page(html)


def test_the_page_is_as_it_was_read(html: str, golden: Callable[[str, str], None]) -> None:
    golden("web/demo.html", html)


def test_the_page_obeys_a_strict_content_security_policy(page: Page) -> None:
    assert not {"script", "style", "iframe", "img"} & {tag for tag, _ in page.found}
    names = {name for _, attributes in page.found for name in attributes}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]
    assert [a["href"] for tag, a in page.found if tag == "link"] == ["demo.css"]


def test_ids_stand_once_and_what_points_to_them_finds_them(page: Page) -> None:
    ids = Counter(page.all("id"))
    assert max(ids.values()) == 1
    pointed = [href[1:] for href in page.all("href") if href.startswith("#")]
    pointed += [name for names in page.all("aria-labelledby") for name in names.split()]
    assert set(pointed) <= set(ids)


def test_headings_never_skip_a_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.found if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert levels.count(1) == 1


def test_what_is_off_stands_beside_what_still_works(page: Page) -> None:
    text = " ".join(page.text.split())
    assert "Off promote posts and run ads where United States about antivirus software, security software" in text
    assert "from 29 September 2024 rule Products whose supply to the public is forbidden Statement Receipt" in text
    assert "Still works post and reply, everywhere ads for training and threat intelligence" in text
    assert "c01/statement.receipt" in page.all("href")


def test_why_the_nearest_rule_was_not_met_is_said_once() -> None:
    nearest = Nearest(clause="x", title="X", why_not="a is so; no b: c; no b: c.")
    assert nearest.reasons == ("A is so", "No b: c")


def test_missing_elements_stand_beside_ours(page: Page) -> None:
    text = " ".join(page.text.split())
    assert "what is done there there the rule missing there" in text
    assert "how to go to court there did not exist then" in text
    assert set(ELEMENT_WORDS) == set(Element)


def test_a_case_without_notice_and_statement_has_no_table_of_elements(page: Page) -> None:
    text = " ".join(page.text.split())
    assert "not known" not in text[text.index("Case C09") :]


def test_an_unknown_notice_is_not_said_to_lack_anything(demo: Demo, environment: Environment) -> None:
    first, second = demo.cases
    changed = Demo(cases=(first, replace(second, has=("measure",))), mark="x")
    text = " ".join(Page(demo_index(changed, environment=environment)).text.split())
    assert "what is done not known there the rule not known did not exist then" in text


def test_where_nothing_was_restricted_no_element_is_owed(demo: Demo, environment: Environment) -> None:
    first, _ = demo.cases
    changed = Demo(cases=(replace(first, has=()),), mark="x")
    text = " ".join(Page(demo_index(changed, environment=environment)).text.split())
    assert "the rule missing none owed" in text


def test_text_from_outside_is_never_markup_and_no_script_is_linked(html: str) -> None:
    assert "<b>taken" not in html
    assert 'href="javascript' not in html


def test_the_same_is_told_by_a_table(page: Page) -> None:
    assert sum(tag == "tr" for tag, _ in page.found) == 18 + 12
    assert sum(tag == "time" for tag, _ in page.found) == 17 + 3 + 1


def test_what_stands_in_backticks_is_code(html: str) -> None:
    assert "was never told <code>bod-17-01</code>" in html
    assert "half a ` is plain" in html


def test_a_day_is_written_in_full() -> None:
    assert day(datetime(2018, 1, 31, tzinfo=UTC)) == "31 January 2018"


# ---------------------------------------------------------------------------------------------------------- stylesheet


def colours(css: str, theme: int) -> dict[str, str]:
    """The custom properties of the first (light) or second (dark) theme."""
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css.split(":root {")[theme].partition("}")[0]))


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2, relative luminance)."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


TEXT_ON = (
    ("ink", "paper card off-paper on-paper mark-paper"),
    ("soft", "paper card off-paper on-paper mark-paper"),
    ("link", "paper card off-paper"),
    ("off", "card off-paper paper"),
    ("on", "card on-paper paper"),
    ("mark", "mark-paper"),
)


@pytest.mark.parametrize("theme", [1, 2])
def test_every_text_is_read_on_its_ground_in_both_themes(theme: int) -> None:
    named = colours(CSS, theme)
    poor = [
        (text, ground)
        for text, grounds in TEXT_ON
        for ground in grounds.split()
        if contrast(named[text], named[ground]) < 4.5
    ]
    assert poor == []


@pytest.mark.parametrize("theme", [1, 2])
def test_the_colours_are_those_of_the_statement_s_page(theme: int) -> None:
    assert colours(CSS, theme) == colours(STATEMENT_CSS, theme)


def test_the_stylesheet_asks_the_network_for_nothing() -> None:
    assert not re.search(r"@import|url\(|https?:", CSS)


def test_every_class_that_carries_a_meaning_has_its_look() -> None:
    for tone in Tone:
        if tone not in {Tone.FACT, Tone.SAID}:
            assert f".tl-{tone.name.lower()} " in CSS
