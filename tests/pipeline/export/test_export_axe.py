"""Pages in a real browser: axe finds nothing serious, the keyboard reaches, the script helps."""

import importlib.util
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.export.files import write_report, write_shortlists
from pipeline.export.report import NightReport
from pipeline.export.settings import ExportSettings

PAGES = ("index.html", "portfolio.html", "report.html", "shortlists/B1.html", "shortlists/B2.html")
LONG = "Maximiliaan-Alexander van der Heijden-Vandenbroucke de Montmorency"


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium; the tests of this module skip where there is none."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None or importlib.util.find_spec("playwright") is None:
        pytest.skip("skipped: no Chromium (apt-get install chromium) or no playwright")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as play:
        yield play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def axe():
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None:
        pytest.skip("skipped: no axe-core (package axe-playwright-python)")
    return (Path(found.origin).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture
def night(shortlists, as_of, tmp_path):
    first = shortlists[0].explanations[0]
    named = replace(first, person=replace(first.person, name=LONG))
    shown = replace(shortlists[0], explanations=(named, *shortlists[0].explanations[1:]))
    everything = (shown, *shortlists[1:])
    write_shortlists(tmp_path, everything, as_of, ExportSettings(language="nl"))
    write_report(tmp_path, NightReport(as_of=as_of, night="n"), everything, "nl")
    return tmp_path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_violation(browser, axe, night, scheme):
    page = browser.new_context(bypass_csp=True, color_scheme=scheme).new_page()
    for name in PAGES:
        page.goto((night / name).as_uri())
        page.evaluate(axe)

        found = page.evaluate("axe.run()")["violations"]

        assert [(name, each["id"]) for each in found if each["impact"] != "minor"] == []


@pytest.mark.parametrize(("width", "script"), [(360, True), (360, False), (1100, True)])
def test_no_page_is_wider_than_its_screen(browser, night, width, script):
    viewport = {"width": width, "height": 800}
    page = browser.new_context(viewport=viewport, java_script_enabled=script).new_page()
    for name in PAGES:
        page.goto((night / name).as_uri())

        wide = page.locator("html").evaluate("e => e.scrollWidth") if script else width

        assert wide <= width
        assert page.locator("main").inner_text().strip()


def test_the_script_is_let_through_by_its_hash_and_complains_of_nothing(browser, night):
    page = browser.new_context().new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))

    for name in PAGES:
        page.goto((night / name).as_uri())

    assert said == []


def test_the_keyboard_sorts_and_filters(browser, night):
    page = browser.new_context().new_page()
    page.goto((night / "index.html").as_uri())
    rows = page.locator("table.index tbody tr:visible")

    page.keyboard.press("Tab")
    skipped = page.evaluate("document.activeElement.getAttribute('href')")
    page.get_by_role("searchbox").fill("notary")
    filtered = rows.count()
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Ouderdom").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")

    assert skipped == "#main"
    assert filtered == 1
    assert rows.count() == 3
    assert page.locator("th[aria-sort]").get_attribute("aria-sort") == "descending"
    assert "Notary" in rows.first.inner_text()  # of unknown age, so last when rising
