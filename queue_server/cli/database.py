"""Bringing a database to this release."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from queue_server.store.engine import Store

ROOT = Path(__file__).resolve().parents[2]


def config(store: Store) -> Config:
    made = Config(ROOT / "alembic.ini")
    made.set_main_option("script_location", str(ROOT / "migrations"))
    made.set_main_option("sqlalchemy.url", store.url.replace("%", "%%"))
    return made


def upgrade(store: Store) -> None:
    """Build or bring up the tables, in one transaction."""
    made = config(store)
    with store.writer.begin() as connection:
        made.attributes["connection"] = connection
        command.upgrade(made, "head")


def is_current(store: Store) -> bool:
    wanted = ScriptDirectory.from_config(config(store)).get_current_head()
    with store.reading() as connection:
        return MigrationContext.configure(connection).get_current_revision() == wanted
