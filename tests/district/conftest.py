"""Districts of two and of four processes, each for a whole module: starting one takes seconds."""

from collections.abc import Iterator

import pytest

from tests.conftest import fresh_database
from tests.district.district import District, district_on


@pytest.fixture(scope="module")
def patch() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        yield patch


def _district(
    request: pytest.FixtureRequest, folders: pytest.TempPathFactory, patch: pytest.MonkeyPatch, **settings: str
) -> Iterator[District]:
    folder = folders.mktemp("district")
    with district_on(fresh_database(request, "postgresql", folder), folder, patch, **settings) as district:
        yield district


@pytest.fixture(scope="module")
def two(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch
) -> Iterator[District]:
    yield from _district(request, tmp_path_factory, patch, HALL_WORKERS="2")


@pytest.fixture(scope="module")
def four(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, patch: pytest.MonkeyPatch
) -> Iterator[District]:
    """What deploy/compose.yaml says, and nothing else."""
    yield from _district(request, tmp_path_factory, patch)
