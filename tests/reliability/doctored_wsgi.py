"""The server as it is, but for what a test took out of it or planted in it.

Only tests start it, in place of ``wsgi``: ``WITHOUT`` names the guards that ``sabotage`` takes out,
``DIE_AT`` where and at which order the process kills itself (``death``).
"""

import os

from tests.reliability import death, sabotage

sabotage.take_out(os.environ.get("WITHOUT", "").split())
if "DIE_AT" in os.environ:
    death.plan(os.environ["DIE_AT"], os.environ["DEATH_NOTE"])

from wsgi import app  # noqa: E402

__all__ = ["app"]
