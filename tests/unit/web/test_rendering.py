"""The demo's page in Debian's Chromium, under a strict content security policy and without scripts of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2 import Environment
from playwright.sync_api import Browser, Page, Route, sync_playwright

import goodstanding
from goodstanding.web.pages import Demo, demo_index

CSS = Path(goodstanding.__file__).parent / "web" / "templates" / "demo.css"
POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"
WIDTHS = pytest.mark.parametrize("wide", [320, 390, 768, 1200])

OUTSIDE = """() => [...document.querySelectorAll('g.tl-event')].flatMap(card => {
    const box = card.querySelector('rect').getBBox();
    return [...card.querySelectorAll('text')].filter(text => {
        const at = text.getBBox();
        return at.width && (at.x < box.x || at.y < box.y
            || at.x + at.width > box.x + box.width || at.y + at.height > box.y + box.height);
    }).map(text => text.textContent);
})"""


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        yield started
        started.close()


def opened(browser: Browser, html: str, wide: int) -> tuple[Page, list[str]]:
    """The page at a width, and what the browser complained of."""
    page = browser.new_page(viewport={"width": wide, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    def answer(route: Route) -> None:
        if route.request.url.endswith("/demo.css"):
            route.fulfill(body=CSS.read_text(encoding="utf-8"), content_type="text/css")
        else:
            headers = {"content-security-policy": POLICY, "content-type": "text/html; charset=utf-8"}
            route.fulfill(body=html, headers=headers)

    page.route("**/*", answer)
    page.goto("http://demo.test/index.html")
    return page, complaints


@pytest.fixture
def html(demo: Demo, environment: Environment) -> str:
    return demo_index(demo, environment=environment)


@WIDTHS
def test_the_page_fits_its_width_and_breaks_no_rule_of_the_policy(browser: Browser, html: str, wide: int) -> None:
    page, complaints = opened(browser, html, wide)
    assert page.evaluate("document.documentElement.scrollWidth") == wide
    assert [complaint for complaint in complaints if "favicon" not in complaint] == []
    page.close()


@WIDTHS
def test_one_drawing_is_shown_and_its_words_stay_on_their_cards(browser: Browser, html: str, wide: int) -> None:
    page, _ = opened(browser, html, wide)
    shown = page.evaluate(
        "[...document.querySelectorAll('#case-C01 svg')].filter(s => s.clientWidth).map(s => s.classList[1])"
    )
    assert shown == (["timeline-wide"] if wide > 1140 else ["timeline-tall"])
    assert page.evaluate(OUTSIDE) == []
    page.close()


def test_the_words_of_a_drawing_are_legible(browser: Browser, html: str) -> None:
    for wide in (320, 390, 1200):
        page, _ = opened(browser, html, wide)
        smallest = page.evaluate(
            """() => Math.min(...[...document.querySelectorAll('.timeline')].filter(s => s.clientWidth).map(
                s => 11 * s.clientWidth / s.viewBox.baseVal.width))"""
        )
        assert smallest >= 8.5
        assert wide == 320 or smallest >= 10.9
        page.close()
