"""A hall's own voice: a phrase is said into Chromium's made-up microphone, and a box opens what the page packs."""

import math
import wave
import zipfile
from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from queue_server.voice.library import RATE, Library
from tests.browser.conftest import OpenPage, sign_in
from tests.security.axe import violations
from tests.support.chromium import chromium

pytestmark = [pytest.mark.browser, pytest.mark.timeout(150)]
#: What the microphone hears, in seconds: silence, a tone, silence.
BEFORE, TONE, AFTER = 0.6, 0.8, 6.0
RECORDER = "/manager/voice"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    heard = said(tmp_path_factory.mktemp("microphone") / "said.wav")
    flags = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream")
    with chromium(*flags, f"--use-file-for-fake-audio-capture={heard}") as browser:
        if browser is None:
            pytest.skip("Chromium is not installed")
        yield browser


def said(path: Path) -> Path:
    rate = 48_000
    tone = [round(9000 * math.sin(math.tau * 300 * n / rate)) for n in range(int(rate * TONE))]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        silence = [[0] * int(rate * seconds) for seconds in (BEFORE, AFTER)]
        file.writeframes(array("h", silence[0] + tone + silence[1]).tobytes())
    return path


def opened(open_page: OpenPage, password: str, who: str = "manager") -> Page:
    page = open_page(RECORDER, 1280, 900)
    sign_in(page, who, password)
    return page


def downloaded(page: Page, folder: Path) -> Library:
    with page.expect_download() as started:
        page.locator("[data-action=download]").click()
    started.value.save_as(folder / "bank.zip")
    with zipfile.ZipFile(folder / "bank.zip") as packed:
        assert packed.testzip() is None
        packed.extractall(folder)
    return Library([folder])


def test_a_phrase_is_recorded_by_key_kept_and_packed_as_a_bank(
    open_page: OpenPage, password: str, tmp_path: Path
) -> None:
    page = opened(open_page, password)
    record = page.locator("[data-action=record]")
    first, second = (page.locator(".phrases li").nth(n) for n in (0, 1))
    key = str(first.get_attribute("data-key"))
    record.focus()
    page.keyboard.press("Space")
    expect(page.locator(".outcome .said")).to_have_attribute("data-tone", "good")
    expect(first).to_have_attribute("data-kept", "true")
    expect(second).to_have_attribute("aria-current", "true")
    expect(record).to_be_focused()
    page.locator("[data-action=listen]").first.click()
    assert violations(page) == []
    page.reload()
    expect(first).to_have_attribute("data-kept", "true")
    page.locator("input[name=voice]").fill("本地方言")

    bank = downloaded(page, tmp_path)

    assert list(bank.clips) == [key]
    samples = bank.samples(key)
    assert abs(1000 * len(samples) / RATE - bank.clips[key].ms) < 1
    # The silence is gone but for 15 ms before and 40 ms after, to a frame of 10 ms.
    assert abs(bank.clips[key].ms - (1000 * TONE + 55)) <= 25
    loud = samples[RATE // 10 : RATE // 2]
    assert abs(math.sqrt(sum(value * value for value in loud) / len(loud)) / 32768 - 0.12) < 0.01
    first.locator("[data-action=delete]").click()
    expect(first).to_have_attribute("data-kept", "false")
    expect(page.locator("[data-action=download]")).to_be_disabled()


def test_a_take_that_was_stopped_at_once_is_not_kept(open_page: OpenPage, password: str) -> None:
    page = opened(open_page, password)
    record = page.locator("[data-action=record]")
    record.click()
    expect(page.locator(".stage[data-doing=recording]")).to_be_visible()
    record.click()
    expect(page.locator(".outcome .said")).to_have_attribute("data-tone", "bad")
    expect(page.locator("[data-kept=true]")).to_have_count(0)


def test_a_page_that_may_not_listen_says_where_to_go(open_page: OpenPage, password: str) -> None:
    page = opened(open_page, password)
    expect(page.locator(".phrases li").first).to_be_visible()
    page.add_init_script("Object.defineProperty(globalThis, 'isSecureContext', { value: false })")
    page.reload()
    expect(page.locator("[role=alert]")).to_contain_text("https")
    expect(page.locator("[data-action=record]")).to_be_disabled()


def test_no_other_page_may_listen(open_page: OpenPage, password: str) -> None:
    page = opened(open_page, password)
    ask = (
        "() => navigator.mediaDevices.getUserMedia({audio: true})"
        ".then((stream) => stream.getTracks().length, (error) => error.name)"
    )
    expect(page.locator(".phrases li").first).to_be_visible()
    assert page.evaluate(ask) == 1
    page.goto(page.url.replace(RECORDER, "/manager"))
    link = page.locator(f"a[href^='{RECORDER}']")
    expect(link).to_be_visible()
    assert page.evaluate(ask) == "NotAllowedError"
    link.click()
    expect(page.locator(".phrases li").first).to_be_visible()


def test_only_a_manager_sees_it(open_page: OpenPage, password: str) -> None:
    page = opened(open_page, password, "clerk01")
    expect(page.locator(".not-yours .notice")).to_be_visible()
    expect(page.locator("[data-action=record]")).to_have_count(0)
