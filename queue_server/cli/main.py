"""The commands."""

import os
import sys
from pathlib import Path

import click
from tqdm import tqdm

from queue_server.cli import database
from queue_server.cli import demo as demonstration
from queue_server.cli.plan import BadPlan, Plan
from queue_server.cli.plan import read as read_plan
from queue_server.cli.voice import voice
from queue_server.config import BadSetting, Settings
from queue_server.domain.errors import Refused
from queue_server.exclusive import InUse, hold
from queue_server.parts import Parts, assemble, require_hall
from queue_server.services import access, catalogue, doctor, layouts, maintenance, restoring, setup
from queue_server.store import log
from queue_server.store.engine import Away, Busy, DiskFull

#: Characters that a first password needs.
SHORTEST_PASSWORD = 8
#: Where the demonstration's rating pad stands.
PAD_WINDOW = "1"


class Commands(click.Group):
    """Says what went wrong and what to do, without a trace."""

    def invoke(self, context: click.Context) -> object:
        os.umask(0o077)
        try:
            return super().invoke(context)
        except OSError as error:
            hint = "; HALL_DATA must be a folder that this user may write to"
            raise click.ClickException(f"{error.filename or ''} {error.strerror or error}{hint}".strip()) from None
        except BadSetting as error:
            raise click.ClickException(str(error)) from None
        except Refused as refusal:
            hint = "; HALL_HALL names the hall to use" if refusal.code == "unknown_hall" else ""
            raise click.ClickException(f"refused: {refusal}{hint}") from None
        except Away as error:
            hint = "; is it running, and are host, port, name and role in HALL_DATABASE_URL right?"
            raise click.ClickException(f"the database does not answer: {error}{hint}") from None
        except Busy:
            raise click.ClickException("the database is busy; try again, or stop the server first") from None
        except DiskFull:
            raise click.ClickException("the disk is full; make room and try again") from None


@click.group(cls=Commands)
def hall() -> None:
    """Window Zero: run, check, copy and restore a hall. Settings: HALL_* variables (docs/operations.md).

    Also, through bin/hall: `day` drives a demonstration day, `speak` is the voice, `counter` gives a
    clerk's orders from a terminal; each has its own --help.
    """


def ready() -> Parts:
    """The parts on a database that is known to be of this release; no async library."""
    settings = Settings.from_env()
    parts = assemble(Settings(**{**vars(settings), "async_mode": "threading"}))
    parts.store.take_time()
    if not database.is_current(parts.store):
        ways = "`bin/hall init PLAN` (a hall of your own), `bin/hall demo` or `bin/hall migrate`"
        raise click.ClickException(f"the database is not set up: run {ways}")
    return parts


def prepared() -> Parts:
    settings = Settings.from_env()
    parts = assemble(Settings(**{**vars(settings), "async_mode": "threading"}))
    parts.store.take_time()
    database.upgrade(parts.store)
    return parts


@hall.command()
def migrate() -> None:
    """Build or bring up the tables."""
    prepared()
    click.echo("the tables are those of this release")


@hall.command()
@click.option("--set-up-only", is_flag=True, help="do not serve it")
def demo(set_up_only: bool) -> None:
    """Set up the demonstration hall if there is none, and serve it."""
    parts = prepared()
    with parts.store.reading() as connection:
        exists = demonstration.HALL in log.hall_ids(connection)
    if not exists:
        click.echo("setting up the demonstration hall: 16 lines, 50 windows, 55 accounts")
        demonstration.seed(parts)
    stepped = demonstration.wake_up(parts)
    _welcome(parts, stepped)
    if not set_up_only:
        _serve(parts)


def _welcome(parts: Parts, stepped: str | None) -> None:
    address = f"http://{parts.settings.host}:{parts.settings.port}"
    with parts.uow(demonstration.HALL) as uow:
        kiosk = access.prepare_device(uow, "kiosk", "取号机", parts.sign)
        screen = access.prepare_device(uow, "screen", "播报", parts.sign)
        pad = access.prepare_device(uow, "pad", "评价器", parts.sign, PAD_WINDOW)
    kept = demonstration.credentials(parts.settings.data)
    if stepped:
        click.echo(f"outside working hours: the hall's clock was stepped to {stepped}")
    click.echo(
        f"""
  零号窗 Window Zero  {address}

  取号机 kiosk    {address}/kiosk#code={kiosk}   (the code works once, for 15 minutes)
  综合屏 board    {address}/board
  窗口   counter  {address}/counter      user clerk01 … clerk45
  零号窗 zero     {address}/zero         user zero1 … zero5, greeter
  评价器 pad      {address}/pad#code={pad}   (at window {PAD_WINDOW})
  管理   manager  {address}/manager      user manager, supervisor, admin, auditor
  password of all demonstration accounts: {kept["staff"][0]["password"]}

  a voice (in another terminal)   bin/hall speak --code {screen}
  a whole day                     bin/hall day
  stop                            Ctrl-C
"""
    )


@hall.command()
def serve() -> None:
    """Serve the halls of the database."""
    _serve(ready())


def _serve(parts: Parts) -> None:
    """Become gunicorn: the process that systemd or the terminal started is the one that serves."""
    require_hall(parts)
    parts.store.dispose()
    sys.stdout.flush()
    os.environ["HALL_DATA"] = str(parts.settings.data.resolve())
    os.chdir(database.ROOT)
    command = [sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py", "wsgi:app"]
    os.execv(sys.executable, command)  # noqa: S606 # nosec B606 - our own program, no shell


@hall.command()
@click.argument("plan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.password_option("--password", envvar="HALL_PASSWORD", help="first password of every account, changed at sign-in")
def init(plan: Path, password: str) -> None:
    """Set up a hall of your own from a PLAN (an example is in deploy/hall.example.json)."""
    if len(password) < SHORTEST_PASSWORD:
        raise click.ClickException(f"the password needs at least {SHORTEST_PASSWORD} characters")
    planned = _planned(plan)
    parts = prepared()
    with parts.store.reading() as connection:
        if planned.id in log.hall_ids(connection):
            raise click.ClickException(f"hall {planned.id} exists: serve it with HALL_HALL={planned.id} bin/hall serve")
    _found(parts, planned, password)
    click.echo(f"hall {planned.id} is set up; serve it with HALL_HALL={planned.id} bin/hall serve")


def _planned(plan: Path) -> Plan:
    try:
        return read_plan(plan)
    except BadPlan as error:
        raise click.ClickException(str(error)) from None


@hall.command()
@click.argument("plan", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def services(plan: Path) -> None:
    """Bring a hall's catalogue to its PLAN: new services are added, others changed, none is taken away."""
    planned = _planned(plan)
    with ready().uow(planned.id) as uow:
        count = catalogue.put(uow, planned.hall_services())
    click.echo(f"hall {planned.id}: {count} services added or changed")


def _found(parts: Parts, planned: Plan, password: str) -> None:
    members = [
        setup.NewMember(account.username, account.name, account.role, access.hasher.hash(password), True)
        for account in tqdm(planned.accounts, desc="accounts", unit="", leave=False)
    ]
    try:
        lines, windows, stock = planned.hall_lines(), planned.hall_windows(), planned.hall_services()
        setup.found(parts.store, parts.clock, planned.hall(), lines, windows, members, stock, planned.hall_zones())
    except setup.NameTaken as error:
        raise click.ClickException(f"the user name {error} is taken in this database; nothing was set up") from None


@hall.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), required=False)
def layout(file: Path | None) -> None:
    """Print what the hall's screens look like; with FILE, make them look so. A wrong file changes nothing."""
    parts = ready()
    with parts.uow(parts.settings.hall) as uow:
        if file is None:
            click.echo(layouts.written(layouts.of(uow.hall().layout)), nl=False)
            return
        try:
            layouts.put(uow, layouts.read(file.read_text(encoding="utf-8")))
        except (layouts.BadLayout, UnicodeDecodeError) as error:
            raise click.ClickException(f"{file}: {error}; nothing was changed") from None
    click.echo(f"hall {parts.settings.hall}: its screens follow {file}")


@hall.command()
@click.option("--statistics", is_flag=True, help="also recompute every day's figures")
def verify(statistics: bool) -> None:
    """Check the log's chain, that the tables are its fold, and on request the figures."""
    parts = ready()
    with parts.store.reading() as connection:
        total = sum(log.head(connection, hall_id).seq for hall_id in log.hall_ids(connection))
        with tqdm(total=total, unit=" events", desc="log") as bar:
            faults = list(maintenance.verify(connection, bar.update))
        if statistics:
            faults += maintenance.verify_statistics(connection)
    for fault in faults:
        click.echo(f"{fault.hall_id}: {fault.what}", err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} faults: keep this database as it is and restore a backup")
    also = ", and every day's figures are those of the tables" if statistics else ""
    click.echo(f"{total} events: the chain is whole and the tables are its fold{also}")


@hall.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def backup(target: Path) -> None:
    """Copy the database of a running hall to TARGET and verify the copy."""
    parts = ready()
    if target.exists():
        raise click.ClickException(f"{target} exists; give the copy a name of its own")
    if not parts.store.is_sqlite:
        raise click.ClickException("PostgreSQL is copied with pg_dump; see docs/operations.md")
    with tqdm(unit=" pages", desc="copy", leave=False) as bar:

        def moved(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        count = maintenance.backup(parts.store, target, moved)
    click.echo(f"{target}: {count} events, verified")


@hall.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
def restore(source: Path) -> None:
    """Put the backup SOURCE in the place of the database. Stop the server first."""
    settings = Settings.from_env()
    if settings.database_url and not settings.database_url.startswith("sqlite"):
        raise click.ClickException("PostgreSQL is restored with pg_restore, then `bin/hall renew`")
    parts = assemble(Settings(**{**vars(settings), "async_mode": "threading"}))
    path = parts.store.path
    parts.store.dispose()
    try:
        hold(path)
        how = restoring.restore(source, path, parts.clock)
    except InUse:
        raise click.ClickException(f"a server uses {path}: stop it first; nothing was changed") from None
    except maintenance.BrokenCopy as error:
        raise click.ClickException(f"{source} is not a whole backup, nothing was changed: {error}") from None
    click.echo("restored; what was replaced is kept beside it with the ending .replaced-1 and so on")
    if how == "skipped":
        click.echo("the replaced database could not be read: every line goes on behind the next thousand")


@hall.command()
def renew() -> None:
    """After pg_restore: give every hall a new epoch and skip the numbers that may be on paper."""
    parts = ready()
    if parts.store.is_sqlite:
        try:
            hold(parts.store.path)
        except InUse:
            raise click.ClickException("a server uses this hall: stop it first; nothing was changed") from None
    restoring.renew(parts.store, parts.clock, restoring.Lost())
    click.echo("every hall has a new epoch")


@hall.command(name="doctor")
def examine() -> None:
    """Say what is good and what is missing on this machine."""
    settings = Settings.from_env()
    parts = assemble(Settings(**{**vars(settings), "async_mode": "threading"}))
    marks = {"ok": "ok  ", "note": "note", "warning": "WARN"}
    for finding in doctor.examine(settings, parts.store, database.is_current(parts.store)):
        click.echo(f"{marks[finding.level]}  {finding.text}")


@hall.command()
@click.argument("kind", type=click.Choice(["kiosk", "screen", "pad", "printer"]))
@click.argument("name")
@click.option("--window", help="where a rating pad or a ticket printer stands")
@click.option("--zone", help="where a screen stands; without it: in the whole hall")
def device(kind: str, name: str, window: str | None, zone: str | None) -> None:
    """Prepare a device and print the code that enrols it."""
    parts = ready()
    with parts.uow(parts.settings.hall) as uow:
        code = access.prepare_device(uow, kind, name, parts.sign, window, zone)
    click.echo(f"{code}   (once, within 15 minutes)")


hall.add_command(voice)


def main() -> None:
    hall()
