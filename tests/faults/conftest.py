"""What is left of connections that were cut is cleared away before the session looks for it."""

from collections.abc import Iterator

import pytest

from tests.faults.sockets import collect_handshakes


@pytest.fixture(scope="session", autouse=True)
def handshakes() -> Iterator[None]:
    yield
    collect_handshakes()
