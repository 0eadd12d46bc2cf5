"""Behind a proxy that ends HTTPS, browsers' orders pass; a foreign page's do not."""

from pathlib import Path

import pytest
import requests

from tests.support.served import small_hall

HEADERS = {"Host": "hall.example", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("origin", "code"),
    [("https://hall.example", "bad_credentials"), ("https://other.example", "csrf_failed")],
)
def test_an_order_through_https_is_judged_by_the_browser_s_own_address(
    tmp_path: Path, sqlite_template: Path, origin: str, code: str
) -> None:
    hall = small_hall(tmp_path, sqlite_template)
    hall.server.start()
    try:
        answer = requests.post(
            f"{hall.server.address}/api/sessions",
            json={"username": "nobody", "password": "wrong"},
            headers=HEADERS | {"Origin": origin},
            timeout=10,
        )
    finally:
        hall.server.kill()
    assert answer.json()["error"] == code
