"""The command line: one row per command, with its arguments and what runs it."""

import argparse
from pathlib import Path

from backoffice.cases.retention import KEEP
from backoffice.cli import people, subject, upkeep, work
from runtime.commandline import add_json, add_yes
from runtime.release import add_release
from standard import roles


def make_parser() -> argparse.ArgumentParser:
    """The parser. Each command carries what runs it as `run`; `serve` and `openapi` carry none."""
    parser = argparse.ArgumentParser(prog="python -m backoffice", description="Starts the back office, or does an administrator's command.")
    add_release(parser)
    areas = parser.add_subparsers(dest="area")
    areas.add_parser("serve", help="serve pages and API (what happens without a command, too)")
    areas.add_parser("openapi", help="print the OpenAPI document of the service API")
    _people(areas.add_parser("user", help="accounts").add_subparsers(dest="command", required=True))
    _cases(areas.add_parser("case", help="single cases").add_subparsers(dest="command", required=True))
    _exports(areas.add_parser("export", help="tables for elsewhere").add_subparsers(dest="command", required=True))
    clean = areas.add_parser("purge", help="erase working copies of photos of ended cases")
    clean.add_argument("--days", type=upkeep.read_days, default=KEEP.days, help="after so many days (%(default)s)")
    clean.add_argument("--dry-run", action="store_true", help="only say how many")
    add_yes(clean)
    clean.set_defaults(run=upkeep.purge)
    areas.add_parser("reconcile", help="after a restore: notices on their way are sent again, and the work goes on").set_defaults(
        run=upkeep.reconcile
    )
    areas.add_parser("reseal", help="bring all that is encrypted to the newest key of BLOB_KEY, and encrypt what is plain").set_defaults(
        run=upkeep.reseal
    )
    filling = areas.add_parser("backfills", help="what the last update left to be filled in while the office works, and how far that is")
    add_json(filling)
    filling.set_defaults(run=upkeep.show_backfills)
    copy = areas.add_parser("subject", help="after `python -m bot subject`: the copy of one person's cases and complaints")
    copy.add_argument("folder", type=Path, metavar="FOLDER")
    copy.set_defaults(run=subject.write_copy)
    audit = areas.add_parser("audit", help="the hash chains").add_subparsers(dest="command", required=True)
    check = audit.add_parser("check", help="check every chain; 1 where one is broken")
    check.add_argument("--seen", metavar="HEAD", help="a head noted at an earlier check: is it still part of the chain?")
    add_json(check)
    check.set_defaults(run=upkeep.check_chains)
    reports = areas.add_parser("reports", help="the tables of the reports").add_subparsers(dest="command", required=True)
    reports.add_parser("rebuild", help="count them anew from the events").set_defaults(run=upkeep.rebuild_reports)
    alarms = areas.add_parser("alarms", help="what superiors are told of").add_subparsers(dest="command", required=True)
    alarms.add_parser("rebuild", help="set them anew, after deadlines.yml changed").set_defaults(run=upkeep.rebuild_alarms)
    return parser


def _people(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    commands.add_parser("demo", help="one account per role, for `make run`").set_defaults(run=people.demo)
    accounts = commands.add_parser("list", help="every account with its roles")
    add_json(accounts)
    accounts.set_defaults(run=people.show)
    create = commands.add_parser("create", help="a new account")
    create.add_argument("username", type=people.read_username)
    create.add_argument("name", type=people.read_name)
    create.add_argument("--role", action="append", required=True, choices=list(roles.roles()))
    create.set_defaults(run=people.create)
    reset = commands.add_parser("reset", help="a new password")
    reset.add_argument("username")
    reset.add_argument("--second-factor", action="store_true", help="take the second factor off, too")
    reset.set_defaults(run=people.reset)
    change = commands.add_parser("roles", help="own roles as named, no others")
    change.add_argument("username")
    change.add_argument("--role", action="append", required=True, choices=list(roles.roles()))
    add_yes(change)
    change.set_defaults(run=people.change_roles)
    for name, runs, what in (("close", people.close, "close an account"), ("open", people.reopen, "open a closed account")):
        command = commands.add_parser(name, help=what)
        command.add_argument("username")
        add_yes(command)
        command.set_defaults(run=runs)


def _cases(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, runs, what in (
        ("reassign", work.reassign, "put a case into somebody's hands"),
        ("release", work.release, "take a case out of all hands"),
        ("resend", work.resend, "try failed notices again, or send akta and KK again"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("number", metavar="NUMBER", type=work.read_number)
        if name == "reassign":
            command.add_argument("username")
        command.set_defaults(run=runs)


def _exports(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    for name, runs, what in (
        ("report", upkeep.export_report, "the report's tables as XLSX"),
        ("audit", upkeep.export_audit, "events and acts as CSV"),
        ("photos", upkeep.export_photos, "what the photo check measured and officers decided, as JSON lines without a word of a document"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("file", type=Path)
        command.add_argument("--from", dest="first", type=upkeep.read_day, required=True, metavar="DAY")
        command.add_argument("--to", dest="last", type=upkeep.read_day, required=True, metavar="DAY")
        command.set_defaults(run=runs)
