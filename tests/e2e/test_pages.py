"""The demo's pages in Debian's Chromium: at desktop and phone width, in both themes, without a script."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

from played import Demo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

STATEMENT = "statements/C01-supply-forbidden-kaspersky.html"
PICTURES = {
    "statement": (STATEMENT, 1000, "light", "main, body"),
    "statement-phone": (STATEMENT, 390, "dark", "main, body"),
    "timeline": ("index.html", 1200, "light", "#case-C01 .drawing"),
    "timeline-phone": ("index.html", 390, "light", "#case-C01 .drawing"),
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
TALLEST = 1500


@pytest.fixture(scope="module")
def browser(chromium: Path) -> Iterator[Browser]:
    """Debian's Chromium, with scripts off."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=str(chromium), args=FLAGS)
        yield opened
        opened.close()


def _page(browser: Browser, address: str, width: int, theme: str) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if theme == "dark" else "light",
        java_script_enabled=False,
    )
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [320, 390, 1200])
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["index.html", STATEMENT])
def test_a_page_fits_its_width_and_logs_nothing(
    demo: Demo, browser: Browser, name: str, theme: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    logged: list[str] = []
    page.on("console", lambda message: logged.append(message.text))
    page.on("requestfailed", lambda request: logged.append(request.url))
    page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
    page.goto((demo.out / name).as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert logged == []


def test_the_statement_shows_what_is_off_and_what_still_works_first(demo: Demo, browser: Browser) -> None:
    page = _page(browser, (demo.out / STATEMENT).as_uri(), 1200, "light")
    text = page.inner_text("main")
    places = [text.index(words) for words in ("What is off", "What still works", "What would end it", "The rule")]
    assert places == sorted(places)


def test_the_index_leads_to_every_statement(demo: Demo, browser: Browser) -> None:
    page = _page(browser, (demo.out / "index.html").as_uri(), 1200, "light")
    linked = {link.get_attribute("href") for link in page.query_selector_all("a[href$='.html']:not([href^='http'])")}
    made = {f"{path.parent.name}/{path.name}" for path in demo.out.glob("*statements/*.html")}
    assert linked == made


def test_no_label_of_the_timeline_overlaps_another(demo: Demo, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    page.goto((demo.out / "index.html").as_uri())
    boxes = page.evaluate(
        """[...document.querySelectorAll('#case-C01 .drawing svg')].filter(s => s.getBoundingClientRect().width)
            .flatMap(s => [...s.querySelectorAll('text')].map(t => {
                const b = t.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]}))"""
    )
    assert len(boxes) > 40
    for at, one in enumerate(boxes):
        for other in boxes[at + 1 :]:
            across = min(one[2], other[2]) - max(one[0], other[0])
            down = min(one[3], other[3]) - max(one[1], other[1])
            assert across < 2 or down < 5, (one, other)


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_the_pictures_of_the_readme_can_be_drawn(
    demo: Demo, browser: Browser, name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    address, width, theme, part = PICTURES[name]
    page = _page(browser, (demo.out / address).as_uri(), width, theme)
    found = page.query_selector(part)
    assert found is not None
    box = found.bounding_box()
    assert box is not None
    drawn = tmp_path / f"{name}.png"
    clip = {"x": 0.0, "y": max(box["y"] - 16, 0), "width": float(width), "height": min(box["height"] + 32, TALLEST)}
    page.screenshot(path=drawn, full_page=True, clip=clip)  # type: ignore[arg-type]  # four floats, as it wants
    assert drawn.stat().st_size > 20_000
    kept = request.config.rootpath / "docs" / "pictures" / drawn.name
    if request.config.getoption("--write-golden"):
        kept.parent.mkdir(exist_ok=True)
        shutil.copyfile(drawn, kept)
    assert kept.exists(), "run with --write-golden, look at the picture, keep it"
