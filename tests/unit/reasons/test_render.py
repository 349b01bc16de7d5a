from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import UTC, timedelta, timezone
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import sync_playwright

import goodstanding.reasons
from goodstanding.kernel.canonical import canonical
from goodstanding.kernel.instants import instant
from goodstanding.reasons.model import Statement
from goodstanding.reasons.plain import columns, link_to, paragraphs, visible, when, wrapped
from goodstanding.reasons.render import read_statement, render_html, render_text, statement_document
from unit.reasons.samples import (
    NOWHERE,
    VIENNA,
    composed,
    decision,
    effect,
    environment,
    hold,
    issue,
    legal_order,
    reconstructed,
    restriction,
)

SAMPLES = {
    "restriction": restriction,
    "hold": hold,
    "legal-order": legal_order,
    "reconstructed-2018": reconstructed,
}
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "\u202eevil\u2066",
    "\x1b[2J",
    "x" * 2000,
    "{{ 7 }}",
)
STYLE = Path(next(iter(goodstanding.reasons.__path__))) / "templates" / "statement.css"
replace = msgspec.structs.replace


def page(statement: Statement) -> str:
    return render_html(statement, environment=environment(), zone=VIENNA)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_statement_as_text_page_and_document(name: str, golden: Callable[[str, str], None]) -> None:
    statement = SAMPLES[name]()
    golden(f"statements/{name}.txt", render_text(statement, zone=VIENNA))
    golden(f"statements/{name}.html", page(statement))
    golden(f"statements/{name}.json", json.dumps(statement_document(statement), indent=2, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("name", SAMPLES)
def test_a_document_reads_back_as_the_same_statement_and_is_canonical(name: str) -> None:
    document = statement_document(SAMPLES[name]())
    assert read_statement(document) == SAMPLES[name]()
    assert json.loads(canonical(document)) == document


@pytest.mark.parametrize("document", [[], {}, {"format": 2}])
def test_a_document_of_another_format_is_refused(document: list[object] | dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a statement of format 1"):
        read_statement(document)  # type: ignore[arg-type]  # what comes from outside has no type yet


def test_a_document_that_lacks_a_part_is_refused() -> None:
    document = statement_document(restriction())
    del document["clause"]
    with pytest.raises(ValueError, match="clause"):
        read_statement(document)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_line_of_mail_takes_at_most_78_columns(name: str) -> None:
    assert max(map(columns, render_text(SAMPLES[name](), zone=VIENNA).splitlines())) <= 78


def test_a_statement_without_an_answer_from_billing_says_so() -> None:
    statement = replace(restriction(), money=None)
    assert "There is no answer from billing yet." in render_text(statement, zone=UTC)
    assert "There is no answer from billing yet." in page(statement)


def test_what_a_platform_does_not_offer_is_not_shown_as_a_link() -> None:
    statement = composed(decision(effect()), issue(), platform=NOWHERE)
    assert "not available. The platform is a micro enterprise" in page(statement)
    assert "disputes.example" not in page(statement)
    assert "Out-of-court settlement: An out-of-court settlement" in render_text(statement, zone=UTC)


def test_unset_ends_are_left_out_of_page_and_text() -> None:
    bare = replace(
        restriction(),
        duration=replace(restriction().duration, ends_when="", review_at=None),
        clause=replace(restriction().clause, guidance="", condition=""),
        boxes=(replace(restriction().boxes[0], starts_at=None, ends_at=instant("2025-01-01")),),
        evidence=(replace(restriction().evidence[0], valid_from=None, valid_to=instant("2025-01-01")),),
        remedy=replace(restriction().remedy, yours=(), others=()),
    )
    text = render_text(bare, zone=UTC)
    assert "Looked at again by" not in text
    assert "How to stay within it" not in text
    assert "Only others can change" not in text
    assert "When: to 1 January 2025, 00:00 UTC" in text
    assert "Looked at again" not in page(bare)


class Elements(HTMLParser):
    """What a page is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep each element with its attributes."""
        self.tags.append((tag, dict(attrs)))


def elements(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Elements()
    parser.feed(html)
    return parser.tags


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_has_no_script_no_inline_style_and_landmarks_and_language(name: str) -> None:
    tags = elements(page(SAMPLES[name]()))
    names = [tag for tag, _ in tags]
    assert not {"script", "style", "iframe", "object", "img"} & set(names)
    assert not [attrs for _, attrs in tags if "style" in attrs or any(key.startswith("on") for key in attrs)]
    assert {"header", "main", "footer"} <= set(names)
    assert names.count("h1") == 1
    assert ("html", {"lang": "en", "dir": "ltr"}) in tags
    assert ("a", {"class": "skip", "href": "#main"}) in tags


@pytest.mark.parametrize("name", SAMPLES)
def test_every_link_inside_the_page_leads_somewhere_and_ids_are_unique(name: str) -> None:
    tags = elements(page(SAMPLES[name]()))
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    inside = {attrs["href"] for tag, attrs in tags if tag == "a" and (attrs["href"] or "").startswith("#")}
    assert inside <= {f"#{name}" for name in ids}


def filled(value: object, text: str) -> object:
    """A document with a text in every place that can hold any."""
    match value:
        case str() if value == "all" or re.fullmatch(r"\d{4}-\d\d-\d\dT.*", value):
            return value
        case str():
            return text
        case dict():
            return {key: item if key in CLOSED else filled(item, text) for key, item in value.items()}
        case list():
            return [filled(item, text) for item in value]
        case _:
            return value


CLOSED = {"kind", "forms", "grade", "handling", "changed_by", "language"}


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("autoescape", [True, False])
def test_hostile_texts_change_nothing_around_them(text: str, autoescape: bool) -> None:
    statement = msgspec.convert(filled(statement_document(legal_order()), text), Statement)
    html = render_html(statement, environment=environment(autoescape=autoescape), zone=VIENNA, stylesheet=text)
    plain = render_text(statement, zone=VIENNA)
    expected = {"aside"} | {tag for tag, _ in elements(page(legal_order()))}
    assert {tag for tag, _ in elements(html)} <= expected
    assert not [attrs for _, attrs in elements(html) if any(key.startswith("on") for key in attrs)]
    assert max(map(columns, plain.splitlines())) <= 78
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08\x0b-\x1f]", plain)


def test_characters_that_act_are_shown_by_their_code_point() -> None:
    named = replace(restriction(), platform="a\u202eb\x1b\tc\u200dd\u2028e\r\nf")
    assert visible(named).platform == "a[U+202E]b[U+001B] c\u200dd\ne\nf"


def test_text_in_another_direction_is_kept() -> None:
    assert visible(replace(restriction(), platform="שלום")).platform == "שלום"


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("https://plaza.example/a?b=1", "https://plaza.example/a?b=1"),
        ("HTTP://plaza.example", "HTTP://plaza.example"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("a@b.example", "mailto:a@b.example"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("javascript:a@b", ""),
        ("https://plaza.example/ x", ""),
        ("http://[broken", ""),
        ("Marxergasse 1a", ""),
        ("", ""),
    ],
)
def test_only_web_and_mail_addresses_become_links(address: str, leads: str) -> None:
    assert link_to(address) == leads


@pytest.mark.parametrize(
    ("hours", "name", "said"),
    [
        (0, "UTC", "31 August 2024, 23:30 UTC"),
        (-4, "EDT", "31 August 2024, 19:30 EDT (23:30 UTC)"),
        (2, "CEST", "1 September 2024, 01:30 CEST (31 August 2024, 23:30 UTC)"),
    ],
)
def test_a_time_is_said_in_the_readers_zone_with_utc_beside(hours: int, name: str, said: str) -> None:
    assert when(instant("2024-08-31T23:30:00Z"), timezone(timedelta(hours=hours), name)) == said


def test_wide_characters_take_two_columns_and_combining_ones_none() -> None:
    assert (columns("ab"), columns("日本"), columns("e\u0301"), columns("a\u200db")) == (2, 4, 1, 2)
    assert wrapped("日本日本 ab", width=5) == ["日本", "日本", "ab"]
    assert wrapped("", first="- ") == ["-"]
    assert wrapped("abc", width=3) == ["abc"]


def test_paragraphs_are_parted_by_empty_lines() -> None:
    assert paragraphs("a\nb\n\n \n c ") == ("a b", "c")


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


PAIRS = [
    *((text, paper) for text in ("ink", "soft", "link") for paper in ("paper", "card")),
    *((text, f"{side}-paper") for side in ("off", "on") for text in (side, "ink", "link")),
    ("mark", "mark-paper"),
]


def test_every_theme_has_the_contrast_of_wcag_aa() -> None:
    themes = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in STYLE.read_text().split(":root")[1:]]
    assert len(themes) == 3
    for theme in themes:
        assert [pair for pair in PAIRS if contrast(theme[pair[0]], theme[pair[1]]) < 4.5] == []


def test_the_page_fits_a_phone_in_both_themes(chromium: Path, tmp_path: Path) -> None:
    shutil.copy(STYLE, tmp_path / "statement.css")
    long = replace(legal_order(), platform="x" * 300)
    (tmp_path / "statement.html").write_text(page(long), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width, scheme, paper in ((320, "light", "rgb(251, 250, 247)"), (390, "dark", "rgb(20, 24, 28)")):
            tab = browser.new_page(viewport={"width": width, "height": 800})
            tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            tab.goto((tmp_path / "statement.html").as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") == width
            assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == paper
        browser.close()
