"""The pages a person opens, in a real browser: they show their numbers and ask the network for nothing."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from orchestration.gate.judge import judge
from orchestration.publication.release import publish
from orchestration.settings import Settings
from tests.gate.handmade import build, settings_at

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = settings_at(tmp_path_factory.mktemp("screens") / "data")
    build(settings.warehouse)
    for year in (2017, 2018):
        assert judge(settings, year).passed
    publish(settings)
    return settings


@pytest.mark.parametrize("page", ["publication/current/index.html", "gate/2017/report.html"])
def test_a_page_opens_from_its_file_and_asks_nobody(page: str, published: Settings, browser: Browser) -> None:
    path = (published.data_root / page).resolve()
    tab = browser.new_page()
    asked: list[str] = []
    errors: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(Path(path).as_uri())
    assert "2017" in tab.inner_text("body")
    assert tab.locator("h1").is_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert errors == []
    tab.close()
