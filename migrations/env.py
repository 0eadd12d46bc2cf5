"""Alembic's environment. The caller hands over a connection, or a URL in ``sqlalchemy.url``."""

from alembic import context
from sqlalchemy.engine import Connection

from queue_server.store.engine import open_store
from queue_server.store.records import metadata


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, compare_type=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    store = open_store(context.config.get_main_option("sqlalchemy.url", ""))
    with store.writer.connect() as connection:
        run(connection)
        connection.commit()
    store.dispose()
