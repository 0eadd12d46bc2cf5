"""The app as tests/web has it, for the tests of what it must never do."""

from tests.web.conftest import quick_hashing, shared_site, site

__all__ = ["quick_hashing", "shared_site", "site"]
