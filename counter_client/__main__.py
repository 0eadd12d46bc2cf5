"""``python -m counter_client``: orders of one window, or a whole day."""

import argparse
import sys
from collections.abc import Sequence

from counter_client import counter, day
from counter_client.api import Refusal, UnreachableError
from counter_client.crew import CredentialsError


def parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--server", default="http://127.0.0.1:8000")
    common.add_argument("--hall", default="demo")
    whole = argparse.ArgumentParser(prog="counter_client", description=__doc__)
    commands = whole.add_subparsers(dest="command", required=True)
    counter.add_commands(commands, common)
    day.add_options(commands.add_parser("day", help="drive a whole day and compare the figures", parents=[common]))
    return whole


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when it worked, 1 when refused, 2 for wrong options."""
    options = parser().parse_args(arguments)
    try:
        return day.run(options) if options.command == "day" else counter.run(options)
    except Refusal as refusal:
        print(f"refused: {refusal}", file=sys.stderr)
    except UnreachableError as error:
        print(f"no answer: {error}", file=sys.stderr)
    except (CredentialsError, counter.NoTicketError, counter.NoWindowError, day.DayError) as error:
        print(error, file=sys.stderr)
    except KeyboardInterrupt:
        return 130
    return 1


if __name__ == "__main__":
    sys.exit(main())
