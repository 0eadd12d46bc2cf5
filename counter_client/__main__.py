"""``python -m counter_client``: orders of one window, a keypad, a ticket printer, or a whole day."""

import argparse
import sys
from collections.abc import Collection, Sequence

from counter_client import counter
from counter_client.api import Refusal, UnreachableError


def parser(wanted: Collection[str] = ("day", "keypad", "printer")) -> argparse.ArgumentParser:
    """``wanted``: the large commands whose options are needed. A hot key shall not wait for what they import."""
    whole = argparse.ArgumentParser(prog="counter_client", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True)
    common = counter.desk_options()
    counter.add_commands(commands, common)
    keypad = commands.add_parser("keypad", help="a numeric keypad and a display, for ever", parents=[common])
    printer = commands.add_parser("printer", help="print the hall's sheets on a ticket printer, for ever")
    drive = commands.add_parser("day", help="drive a whole day and compare the figures")
    if "keypad" in wanted:
        from counter_client import keypad_program

        keypad_program.add_options(keypad)
    if "printer" in wanted:
        from counter_client.printer import program

        program.add_options(printer)
    if "day" in wanted:
        from counter_client import day

        drive.add_argument("--server", default="http://127.0.0.1:8000")
        drive.add_argument("--hall", default="demo")
        day.add_options(drive)
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it worked, 1 when refused, 2 for wrong options, 3 when the server did not answer."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = parser(given).parse_args(given)
    try:
        return {"day": _day, "keypad": _keypad, "printer": _printer}.get(options.command, counter.run)(options)
    except KeyboardInterrupt:
        return 130


def _keypad(options: argparse.Namespace) -> int:
    from counter_client import keypad_program

    return keypad_program.run(options)


def _printer(options: argparse.Namespace) -> int:
    from counter_client.printer import program

    return program.run(options)


def _day(options: argparse.Namespace) -> int:
    from counter_client import crew, day

    try:
        return day.run(options)
    except Refusal as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
    except UnreachableError as error:
        print(f"no answer: {error}", file=sys.stderr)
    except (crew.CredentialsError, day.DayError) as error:
        print(error, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
