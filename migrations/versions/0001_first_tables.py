"""The first tables, and a log that only grows.

There is no previous release. Times are integer microseconds since 1970 in UTC.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

#: The database itself refuses to change or drop a line of the log.
SQLITE_GUARDS = [
    f"CREATE TRIGGER events_no_{verb.lower()} BEFORE {verb} ON events "
    "BEGIN SELECT RAISE(ABORT, 'the event log is append-only'); END"
    for verb in ("UPDATE", "DELETE")
]
POSTGRESQL_GUARDS = [
    "CREATE FUNCTION refuse_change_of_log_v1() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the event log is append-only'; END $$",
    "CREATE TRIGGER events_no_change BEFORE UPDATE OR DELETE ON events "
    "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_log_v1()",
    "CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events "
    "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_log_v1()",
]


def upgrade() -> None:
    op.create_table(
        "halls",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("timezone", sa.String(length=40), nullable=False),
        sa.Column("demo", sa.Boolean(name="demo"), nullable=False),
        sa.Column("hours", sa.JSON(), nullable=False),
        sa.Column("issue_from", sa.String(length=5), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.Column("workdays", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_halls")),
    )
    op.create_table(
        "idempotency",
        sa.Column("scope", sa.String(length=64), nullable=False),
        sa.Column("key", sa.String(length=128), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("scope", "key", name=op.f("pk_idempotency")),
    )
    op.create_index(op.f("ix_idempotency_expires_at"), "idempotency", ["expires_at"], unique=False)
    op.create_table(
        "clerk_sessions",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("window", sa.String(length=8), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_clerk_sessions_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clerk_sessions")),
    )
    op.create_table(
        "days",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("opened_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.Column("manual", sa.Boolean(name="manual"), nullable=False),
        sa.Column("late", sa.Boolean(name="late"), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'closing', 'closed')", name=op.f("ck_days_state")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_days_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "date", name=op.f("pk_days")),
    )
    op.create_table(
        "devices",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("code_hash", sa.String(length=64), nullable=True),
        sa.Column("code_expires_at", sa.BigInteger(), nullable=True),
        sa.Column("enrolled_at", sa.BigInteger(), nullable=True),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("last_seen_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("kind IN ('kiosk', 'screen', 'pad')", name=op.f("ck_devices_kind")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_devices_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_devices")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_devices_code_hash")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_devices_token_hash")),
    )
    op.create_table(
        "events",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("actor", sa.String(length=48), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_events_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "seq", name=op.f("pk_events")),
    )
    op.create_index("ix_events_hall_id_day_seq", "events", ["hall_id", "day", "seq"], unique=False)
    op.create_table(
        "hall_head",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.String(length=32), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.Column("offset_us", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_hall_head_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", name=op.f("pk_hall_head")),
    )
    op.create_table(
        "lines",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("letter", sa.String(length=1), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("name_en", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("mean_minutes", sa.Integer(), nullable=False),
        sa.Column("open", sa.Boolean(name="open"), nullable=False),
        sa.CheckConstraint("kind IN ('zero', 'specialist')", name=op.f("ck_lines_kind")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_lines_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "letter", name=op.f("pk_lines")),
    )
    op.create_table(
        "series",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("line", sa.String(length=1), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_series_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "day", "line", name=op.f("pk_series")),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("username", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("must_change_password", sa.Boolean(name="must_change"), nullable=False),
        sa.Column("active", sa.Boolean(name="active"), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "role IN ('clerk', 'greeter', 'supervisor', 'manager', 'administrator', 'auditor')",
            name=op.f("ck_staff_role"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_staff_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("username", name=op.f("uq_staff_username")),
    )
    op.create_table(
        "tickets",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("origin", sa.String(length=1), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("ticket_class", sa.String(length=12), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=12), nullable=False),
        sa.Column("line", sa.String(length=1), nullable=False),
        sa.Column("issued_at", sa.BigInteger(), nullable=False),
        sa.Column("reference_at", sa.BigInteger(), nullable=False),
        sa.Column("turn_at", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("visit", sa.Integer(), nullable=False),
        sa.Column("window", sa.String(length=8), nullable=True),
        sa.Column("target_window", sa.String(length=8), nullable=True),
        sa.Column("first_called_at", sa.BigInteger(), nullable=True),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("missed_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("reinstatements", sa.Integer(), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.Column("because", sa.JSON(none_as_null=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('waiting', 'called', 'serving', 'missed', 'parked', 'done', 'left', 'expired', 'unfinished')",
            name=op.f("ck_tickets_state"),
        ),
        sa.CheckConstraint("ticket_class IN ('ordinary', 'care', 'appointment')", name=op.f("ck_tickets_ticket_class")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_tickets_hall_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tickets")),
        sa.UniqueConstraint("hall_id", "day", "ordinal", name=op.f("uq_tickets_hall_id_day_ordinal")),
        sa.UniqueConstraint("hall_id", "day", "origin", "serial", name=op.f("uq_tickets_hall_id_day_origin_serial")),
    )
    op.create_index(
        "ix_tickets_live",
        "tickets",
        ["hall_id", "ordinal"],
        unique=False,
        sqlite_where=sa.text("state IN ('waiting', 'called', 'serving', 'missed', 'parked')"),
        postgresql_where=sa.text("state IN ('waiting', 'called', 'serving', 'missed', 'parked')"),
    )
    op.create_index(
        "ix_tickets_turn",
        "tickets",
        ["hall_id", "line", "turn_at", "ordinal"],
        unique=False,
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "uq_tickets_hall_id_window_active",
        "tickets",
        ["hall_id", "window"],
        unique=True,
        sqlite_where=sa.text("state IN ('called', 'serving')"),
        postgresql_where=sa.text("state IN ('called', 'serving')"),
    )
    op.create_table(
        "windows",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=False),
        sa.Column("lines", sa.JSON(), nullable=False),
        sa.Column("secondary", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=True),
        sa.Column("session", sa.String(length=32), nullable=True),
        sa.Column("pause_reason", sa.String(length=16), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=True),
        sa.Column("served", sa.Integer(), nullable=False),
        sa.Column("handling_s", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('zero', 'specialist')", name=op.f("ck_windows_kind")),
        sa.CheckConstraint("state IN ('closed', 'open', 'paused')", name=op.f("ck_windows_state")),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_windows_hall_id")),
        sa.PrimaryKeyConstraint("hall_id", "code", name=op.f("pk_windows")),
    )
    op.create_index("uq_windows_hall_id_clerk", "windows", ["hall_id", "clerk"], unique=True)
    op.create_table(
        "announcements",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("ticket_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.String(length=8), nullable=False),
        sa.Column("line", sa.String(length=1), nullable=False),
        sa.Column("window", sa.String(length=8), nullable=False),
        sa.Column("repeat", sa.Boolean(name="repeat"), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("zone", sa.String(length=16), nullable=False),
        sa.Column("device", sa.String(length=32), nullable=True),
        sa.CheckConstraint(
            "state IN ('queued', 'started', 'ended', 'failed', 'unspoken', 'replaced')",
            name=op.f("ck_announcements_state"),
        ),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_announcements_hall_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_announcements_ticket_id")),
        sa.PrimaryKeyConstraint("hall_id", "seq", name=op.f("pk_announcements")),
    )
    op.create_index(
        "ix_announcements_open",
        "announcements",
        ["hall_id", "seq"],
        unique=False,
        sqlite_where=sa.text("state IN ('queued', 'unspoken', 'started')"),
        postgresql_where=sa.text("state IN ('queued', 'unspoken', 'started')"),
    )
    op.create_index("ix_announcements_hall_id_day_seq", "announcements", ["hall_id", "day", "seq"], unique=False)
    op.create_table(
        "notes",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=32), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("clerk", sa.String(length=32), nullable=False),
        sa.Column("window", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_notes_hall_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_notes_ticket_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notes")),
    )
    op.create_index(op.f("ix_notes_ticket_id"), "notes", ["ticket_id"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("staff_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["staff_id"], ["staff.id"], name=op.f("fk_sessions_staff_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_staff_id"), "sessions", ["staff_id"], unique=False)
    op.create_table(
        "visits",
        sa.Column("hall_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=32), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("line", sa.String(length=1), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("turn_at", sa.BigInteger(), nullable=False),
        sa.Column("called_at", sa.BigInteger(), nullable=True),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("window", sa.String(length=8), nullable=True),
        sa.Column("clerk", sa.String(length=32), nullable=True),
        sa.Column("outcome", sa.String(length=16), nullable=True),
        sa.ForeignKeyConstraint(["hall_id"], ["halls.id"], name=op.f("fk_visits_hall_id")),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_visits_ticket_id")),
        sa.PrimaryKeyConstraint("ticket_id", "n", name=op.f("pk_visits")),
    )
    op.create_index("ix_visits_hall_id_day_line", "visits", ["hall_id", "day", "line"], unique=False)
    guards = SQLITE_GUARDS if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_GUARDS
    for statement in guards:
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_visits_hall_id_day_line", table_name="visits")
    op.drop_table("visits")
    op.drop_index(op.f("ix_sessions_staff_id"), table_name="sessions")
    op.drop_table("sessions")
    op.drop_index(op.f("ix_notes_ticket_id"), table_name="notes")
    op.drop_table("notes")
    op.drop_index("ix_announcements_hall_id_day_seq", table_name="announcements")
    op.drop_index(
        "ix_announcements_open",
        table_name="announcements",
        sqlite_where=sa.text("state IN ('queued', 'unspoken', 'started')"),
        postgresql_where=sa.text("state IN ('queued', 'unspoken', 'started')"),
    )
    op.drop_table("announcements")
    op.drop_index("uq_windows_hall_id_clerk", table_name="windows")
    op.drop_table("windows")
    op.drop_index(
        "uq_tickets_hall_id_window_active",
        table_name="tickets",
        sqlite_where=sa.text("state IN ('called', 'serving')"),
        postgresql_where=sa.text("state IN ('called', 'serving')"),
    )
    op.drop_index(
        "ix_tickets_turn",
        table_name="tickets",
        sqlite_where=sa.text("state = 'waiting'"),
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.drop_index(
        "ix_tickets_live",
        table_name="tickets",
        sqlite_where=sa.text("state IN ('waiting', 'called', 'serving', 'missed', 'parked')"),
        postgresql_where=sa.text("state IN ('waiting', 'called', 'serving', 'missed', 'parked')"),
    )
    op.drop_table("tickets")
    op.drop_table("staff")
    op.drop_table("series")
    op.drop_table("lines")
    op.drop_table("hall_head")
    op.drop_index("ix_events_hall_id_day_seq", table_name="events")
    op.drop_table("events")
    op.drop_table("devices")
    op.drop_table("days")
    op.drop_table("clerk_sessions")
    op.drop_index(op.f("ix_idempotency_expires_at"), table_name="idempotency")
    op.drop_table("idempotency")
    op.drop_table("halls")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_change_of_log_v1()")
