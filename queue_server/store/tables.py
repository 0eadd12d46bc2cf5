"""The tables. Alembic's migrations must build exactly these; a test compares them."""

import sqlalchemy as sa

from queue_server.store import columns, voice_tables
from queue_server.store.columns import Code, Id, Instant, ZoneCode, hall_column, one_of

metadata = columns.metadata
announcements, zones = voice_tables.announcements, voice_tables.zones

halls = sa.Table(
    "halls",
    metadata,
    sa.Column("id", Id, primary_key=True),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("name_en", sa.String(120), nullable=False),
    sa.Column("timezone", sa.String(40), nullable=False),
    sa.Column("demo", sa.Boolean(name="demo"), nullable=False),
    sa.Column("hours", sa.JSON, nullable=False),
    sa.Column("issue_from", sa.String(5), nullable=False),
    sa.Column("closes", sa.String(5), nullable=False),
    sa.Column("workdays", sa.JSON, nullable=False),
    #: What the hall decided otherwise than the defaults of domain/rules.py.
    sa.Column("rules", sa.JSON(none_as_null=True)),
    #: Another one after every change of the services; none before the first.
    sa.Column("services_version", sa.String(24)),
    #: What the hall's screens look like, where it differs from the defaults of services/layouts.py.
    sa.Column("layout", sa.JSON(none_as_null=True)),
)

#: One row per hall: what every order locks. ``hash`` is that of event ``seq``.
hall_head = sa.Table(
    "hall_head",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("seq", sa.BigInteger, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Column("epoch", Id, nullable=False),
    #: Time of the last event: the hall's clock never shows less.
    sa.Column("last_at", Instant, nullable=False),
    #: How far a demonstration's clock was stepped ahead, in microseconds.
    sa.Column("offset_us", sa.BigInteger, nullable=False),
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("type", sa.String(40), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("day", sa.Date),
    sa.Column("actor", sa.String(48), nullable=False),
    sa.Column("data", sa.Text, nullable=False),
    sa.Column("hash", sa.String(64), nullable=False),
    sa.Index("ix_events_hall_id_day_seq", "hall_id", "day", "seq"),
)

lines = sa.Table(
    "lines",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("letter", sa.String(1), primary_key=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("name_en", sa.String(60), nullable=False),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("mean_minutes", sa.Integer, nullable=False),
    sa.Column("open", sa.Boolean(name="open"), nullable=False),
    #: Closed for this day only: the next day opens it.
    sa.Column("closed_on", sa.Date),
    #: From when a service counts as too long, in seconds (p99 of the line).
    sa.Column("long_service_s", sa.Integer),
    one_of("kind", "zero specialist"),
)

#: The catalogue: what people come for.
services = sa.Table(
    "services",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("code", sa.String(16), primary_key=True),
    sa.Column("line", sa.String(1), nullable=False),
    sa.Column("area", sa.String(40), nullable=False),
    sa.Column("name", sa.String(80), nullable=False),
    sa.Column("name_en", sa.String(160), nullable=False),
    sa.Column("initials", sa.String(80), nullable=False),
    sa.Column("papers", sa.JSON, nullable=False),
    sa.Column("fee", sa.String(120), nullable=False),
    sa.Column("fee_en", sa.String(200), nullable=False),
    sa.Column("place", sa.String(80), nullable=False),
    sa.Column("legal_days", sa.Integer),
    sa.Column("channels", sa.JSON, nullable=False),
    sa.Column("guide_url", sa.String(300)),
    sa.Column("owner", sa.String(60), nullable=False),
    sa.Column("popular", sa.Integer, nullable=False),
    sa.Column("active", sa.Boolean(name="active"), nullable=False),
    sa.Column("aliases", sa.JSON(none_as_null=True)),
)

windows = sa.Table(
    "windows",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("code", Code, primary_key=True),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("area", sa.String(20), nullable=False),
    sa.Column("lines", sa.JSON, nullable=False),
    sa.Column("secondary", sa.JSON, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("clerk", Id),
    sa.Column("session", Id),
    sa.Column("pause_reason", sa.String(16)),
    sa.Column("since", Instant),
    sa.Column("served", sa.Integer, nullable=False),
    sa.Column("handling_s", sa.Integer, nullable=False),
    #: Letters that the clerk who sits here may serve; null for all.
    sa.Column("skills", sa.JSON(none_as_null=True)),
    #: Where its calls are heard; null for the zone ``hall``.
    sa.Column("zone", ZoneCode),
    sa.Column("direction", sa.String(8)),
    sa.Column("place", sa.String(20)),
    sa.Column("place_en", sa.String(40)),
    one_of("kind", "zero specialist"),
    one_of("state", "closed open paused"),
    sa.Index("uq_windows_hall_id_clerk", "hall_id", "clerk", unique=True),
)

clerk_sessions = sa.Table(
    "clerk_sessions",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("window", Code, nullable=False),
    sa.Column("clerk", Id, nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
)

days = sa.Table(
    "days",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("date", sa.Date, primary_key=True),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("opened_at", Instant, nullable=False),
    sa.Column("closed_at", Instant),
    sa.Column("manual", sa.Boolean(name="manual"), nullable=False),
    sa.Column("late", sa.Boolean(name="late"), nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    one_of("state", "open closing closed"),
)

#: The last serial each line gave on a day.
series = sa.Table(
    "series",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("line", sa.String(1), primary_key=True),
    sa.Column("last", sa.Integer, nullable=False),
)

tickets = sa.Table(
    "tickets",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("origin", sa.String(1), nullable=False),
    sa.Column("serial", sa.Integer, nullable=False),
    sa.Column("ticket_class", sa.String(12), nullable=False),
    sa.Column("number", Code, nullable=False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("channel", sa.String(12), nullable=False),
    sa.Column("line", sa.String(1), nullable=False),
    sa.Column("issued_at", Instant, nullable=False),
    sa.Column("reference_at", Instant, nullable=False),
    sa.Column("turn_at", Instant, nullable=False),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("state", sa.String(12), nullable=False),
    sa.Column("visit", sa.Integer, nullable=False),
    sa.Column("window", Code),
    sa.Column("target_window", Code),
    sa.Column("first_called_at", Instant),
    sa.Column("called_at", Instant),
    sa.Column("started_at", Instant),
    sa.Column("missed_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("calls", sa.Integer, nullable=False),
    sa.Column("reinstatements", sa.Integer, nullable=False),
    sa.Column("notes", sa.Integer, nullable=False),
    sa.Column("because", sa.JSON(none_as_null=True)),
    sa.Column("stops", sa.JSON(none_as_null=True)),
    sa.Column("target_clerk", Id),
    sa.Column("return_at", Instant),
    sa.Column("promoted", sa.String(16)),
    sa.Column("cases", sa.Integer),
    #: What the person brings from the zero window: services, missing papers, who goes along.
    sa.Column("brings", sa.JSON(none_as_null=True)),
    sa.Column("lang", sa.String(2)),
    one_of("ticket_class", "ordinary care appointment"),
    one_of("state", "waiting called serving missed parked done left expired unfinished"),
    # The second line behind the hall's lock: no number twice in a day, no two tickets at a window.
    sa.UniqueConstraint("hall_id", "day", "origin", "serial"),
    sa.UniqueConstraint("hall_id", "day", "ordinal"),
)
sa.Index(
    "uq_tickets_hall_id_window_active",
    tickets.c.hall_id,
    tickets.c.window,
    unique=True,
    sqlite_where=sa.text("state IN ('called', 'serving')"),
    postgresql_where=sa.text("state IN ('called', 'serving')"),
)
#: What calling reads: the head of a line costs the same with 10 and with 600 waiting.
sa.Index(
    "ix_tickets_turn",
    tickets.c.hall_id,
    tickets.c.line,
    tickets.c.turn_at,
    tickets.c.ordinal,
    sqlite_where=sa.text("state = 'waiting'"),
    postgresql_where=sa.text("state = 'waiting'"),
)
#: Live tickets, for snapshots and the close of the day.
sa.Index(
    "ix_tickets_live",
    tickets.c.hall_id,
    tickets.c.ordinal,
    sqlite_where=sa.text("state IN ('waiting', 'called', 'serving', 'missed', 'parked')"),
    postgresql_where=sa.text("state IN ('waiting', 'called', 'serving', 'missed', 'parked')"),
)

visits = sa.Table(
    "visits",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), nullable=False),
    sa.Column("ticket_id", Id, sa.ForeignKey("tickets.id"), primary_key=True),
    sa.Column("n", sa.Integer, primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    sa.Column("line", sa.String(1), nullable=False),
    sa.Column("joined_at", Instant, nullable=False),
    sa.Column("turn_at", Instant, nullable=False),
    sa.Column("called_at", Instant),
    sa.Column("started_at", Instant),
    sa.Column("ended_at", Instant),
    sa.Column("window", Code),
    sa.Column("clerk", Id),
    sa.Column("outcome", sa.String(16)),
    sa.Column("result", sa.String(16)),
    sa.Column("reason", sa.String(16)),
    sa.Column("cases", sa.Integer),
    sa.Column("services", sa.JSON(none_as_null=True)),
    sa.Column("walk_at", Instant),
    sa.Index("ix_visits_hall_id_day_line", "hall_id", "day", "line"),
    sa.Index("ix_visits_hall_id_day_window", "hall_id", "day", "window", "started_at"),
)

#: Silent calls for help from a window.
alarms = sa.Table(
    "alarms",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("window", Code, nullable=False),
    sa.Column("clerk", Id, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("accepted_by", Id),
    sa.Column("accepted_at", Instant),
    sa.Column("ended_at", Instant),
)
sa.Index(
    "ix_alarms_open",
    alarms.c.hall_id,
    alarms.c.at,
    sqlite_where=sa.text("ended_at IS NULL"),
    postgresql_where=sa.text("ended_at IS NULL"),
)

#: One for each journey: what the person said of it.
ratings = sa.Table(
    "ratings",
    metadata,
    sa.Column("hall_id", Id, sa.ForeignKey("halls.id"), nullable=False),
    sa.Column("ticket_id", Id, sa.ForeignKey("tickets.id"), primary_key=True),
    sa.Column("day", sa.Date, nullable=False),
    #: The visit it is about.
    sa.Column("n", sa.Integer, nullable=False),
    sa.Column("line", sa.String(1), nullable=False),
    sa.Column("window", Code, nullable=False),
    sa.Column("clerk", Id, nullable=False),
    sa.Column("level", sa.Integer, nullable=False),
    sa.Column("reasons", sa.JSON(none_as_null=True)),
    sa.Column("channel", sa.String(12), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.CheckConstraint("level BETWEEN 1 AND 5", name="level"),
    sa.Index("ix_ratings_hall_id_day", "hall_id", "day"),
)

# Side tables: what names or may name a person. Never in the log, never folded; rows may be deleted.

notes = sa.Table(
    "notes",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("ticket_id", Id, sa.ForeignKey("tickets.id"), nullable=False, index=True),
    sa.Column("text", sa.String(300), nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("clerk", Id, nullable=False),
    sa.Column("window", Code),
)

staff = sa.Table(
    "staff",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("username", sa.String(40), nullable=False, unique=True),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("role", sa.String(16), nullable=False),
    sa.Column("password_hash", sa.String(200), nullable=False),
    sa.Column("must_change_password", sa.Boolean(name="must_change"), nullable=False),
    sa.Column("active", sa.Boolean(name="active"), nullable=False),
    #: These two are of the releases before ``sign_in_attempts``, which count nowhere else.
    sa.Column("failures", sa.Integer, nullable=False),
    sa.Column("locked_until", Instant),
    #: Letters of the lines this clerk may serve; null for all.
    sa.Column("skills", sa.JSON(none_as_null=True)),
    one_of("role", "clerk greeter supervisor manager administrator auditor"),
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("staff_id", Id, sa.ForeignKey("staff.id"), nullable=False, index=True),
    sa.Column("created_at", Instant, nullable=False),
    sa.Column("expires_at", Instant, nullable=False),
)

devices = sa.Table(
    "devices",
    metadata,
    sa.Column("id", Id, primary_key=True),
    hall_column(),
    sa.Column("kind", sa.String(12), nullable=False),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("token_hash", sa.String(64), unique=True),
    sa.Column("code_hash", sa.String(64), unique=True),
    sa.Column("code_expires_at", Instant),
    sa.Column("enrolled_at", Instant),
    sa.Column("revoked_at", Instant),
    sa.Column("last_seen_at", Instant),
    #: The window that a rating pad or a ticket printer stands at.
    sa.Column("window", Code),
    #: Where a screen stands; null for the whole hall.
    sa.Column("zone", ZoneCode),
    #: What it last said of itself: the newest announcement drawn, whether it can be heard, whether what it
    #: shows is old, and whether it is a box or a page.
    sa.Column("shown_seq", sa.BigInteger),
    sa.Column("sound", sa.String(8)),
    sa.Column("stale", sa.Boolean(name="stale")),
    sa.Column("form", sa.String(8)),
    one_of("kind", "kiosk screen pad printer"),
)

#: The answer to every order, by actor, method, path and key, so that a retry is answered alike.
idempotency = sa.Table(
    "idempotency",
    metadata,
    sa.Column("scope", sa.String(64), primary_key=True),
    sa.Column("key", sa.String(128), primary_key=True),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("status", sa.Integer, nullable=False),
    sa.Column("body", sa.Text, nullable=False),
    sa.Column("expires_at", Instant, nullable=False, index=True),
)
