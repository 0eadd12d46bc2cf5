"""Redis' address: one that cannot be read stops the start, and is not repeated."""

import pytest

from queue_server.config import BadSetting
from queue_server.realtime.nudges import connection_to


@pytest.mark.parametrize("url", ["redis://:s3cret/word@host:6379/0", "redis://host:6379/0?nonsense=1"])
def test_an_address_that_cannot_be_read_is_refused_without_being_repeated(url: str) -> None:
    with pytest.raises(BadSetting) as refused:
        connection_to(url).ping()
    assert "s3cret" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_a_right_address_is_taken_without_connecting() -> None:
    connection_to("redis://:p%2Fw@127.0.0.1:1/0").close()
