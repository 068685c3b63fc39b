"""The command line: ``deban --help``. Each command loads only what it needs."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from service.accounts.rules import Role
from service.outbox.rules import Closing

app = typer.Typer(
    help="Deban: find a place, agree on a trial, forget nobody.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
accounts = typer.Typer(help="Accounts of staff.", no_args_is_help=True)
app.add_typer(accounts, name="account")
audit = typer.Typer(help="Who saw whom, and that nobody changed it.", no_args_is_help=True)
app.add_typer(audit, name="audit")
retention = typer.Typer(help="The end of what is kept.", no_args_is_help=True)
app.add_typer(retention, name="retention")
keys = typer.Typer(help="The keys of what is sealed.", no_args_is_help=True)
app.add_typer(keys, name="keys")
dead_letters = typer.Typer(help="Notices that did not arrive.", no_args_is_help=True)
app.add_typer(dead_letters, name="dead-letters")

CatalogueFile = Annotated[Path, typer.Argument(metavar="CATALOGUE", help="deban-catalogue/1")]
PeopleFile = Annotated[Path, typer.Argument(metavar="PEOPLE", help="deban-people/1")]
Day = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Default: the day of the people file."),
]
Municipality = Annotated[
    str | None, typer.Option("--municipality", help="Which one, where the database holds several.")
]


@app.command()
def match(
    catalogue: CatalogueFile,
    people: PeopleFile,
    *,
    person: Annotated[
        list[str] | None, typer.Option("--person", help="Only this id; may be repeated.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="Proposals for each person.")] = 10,
    as_of: Day = None,
    json: Annotated[bool, typer.Option("--json", help="The same input, the same bytes.")] = False,
) -> None:
    """Say for each person which activities fit, why, and what would have to be arranged."""
    from service.cli.matches import print_matches

    day = as_of.date() if as_of else None
    print_matches(catalogue, people, persons=person or [], limit=limit, as_of=day, as_json=json)


@app.command()
def evaluate(
    catalogue: CatalogueFile,
    people: PeopleFile,
    judgements: Annotated[Path, typer.Argument(metavar="JUDGEMENTS")],
    as_of: Day = None,
    folds: Annotated[
        int, typer.Option(min=0, help="Also judge weights learned from the other folds; 0: no.")
    ] = 0,
) -> None:
    """Hold the matching against graded judgements, beside plain baselines."""
    from service.cli.figures import print_figures

    day = as_of.date() if as_of else None
    print_figures(catalogue, people, judgements, as_of=day, folds=folds)


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 or a taken one: any free.")] = 8000,
) -> None:
    """Show the example town: matches here, then a running service on a throw-away database."""
    from service.cli.town import show_town
    from service.demo.running import run_demo

    show_town()
    run_demo(port=port)


@app.command()
def serve(
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(min=1, max=64)] = 1,
) -> None:
    """Serve the database that DEBAN_DATABASE_URL names."""
    from service.cli.office import serve_office

    serve_office(host=host, port=port, workers=workers)


@app.command()
def migrate() -> None:
    """Bring the database to the newest form; safe to repeat and to run at once elsewhere."""
    from service.cli.office import migrate_database

    migrate_database()


@app.command(name="import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="deban-catalogue/1")],
    municipality: Municipality = None,
) -> None:
    """Take catalogues in. A faulty file changes nothing, and neither does a second time."""
    from service.cli.office import import_files

    import_files(files, municipality=municipality)


@keys.command()
def status() -> None:
    """Say how many values and keys there are, and how many of them hang on an older key."""
    from service.cli.keys import print_status

    print_status()


@keys.command()
def rotate(
    *,
    data: Annotated[
        bool, typer.Option("--data", help="Also a new key for each owner; every row sealed anew.")
    ] = False,
    rest: Annotated[
        bool, typer.Option("--rest", help="No new keys: only what is stale since the last time.")
    ] = False,
) -> None:
    """Put new keys in the place of the old ones, while the service works; run again if stopped."""
    from service.cli.keys import rotate_keys

    rotate_keys(data=data, rest=rest)


@keys.command()
def retire(
    grace_minutes: Annotated[
        int, typer.Option(min=0, help="What was replaced more recently stays.")
    ] = 60,
) -> None:
    """Drop the keys that nothing hangs on any more. Backups from before need them: keep a copy."""
    from service.cli.keys import retire_keys

    retire_keys(grace_minutes=grace_minutes)


@accounts.command(name="add")
def add_account(
    username: Annotated[str, typer.Argument()],
    *,
    role: Annotated[Role, typer.Option("--role")],
    password_file: Annotated[
        Path, typer.Option("--password-file", help="A file, or - for standard input.")
    ],
    area: Annotated[str | None, typer.Option("--area", help="Its id or name; none: all.")] = None,
    name: Annotated[str, typer.Option("--name", help="The name shown on pages.")] = "",
    municipality: Municipality = None,
) -> None:
    """Open an account for a colleague."""
    from service.cli.office import NewAccount, open_staff_account

    new = NewAccount(username, role=role, area=area, display_name=name, municipality=municipality)
    open_staff_account(new, password_file=password_file)


AnchorFile = Annotated[
    Path | None, typer.Option("--anchor", help="The file of deban audit anchor.")
]
FromDay = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"])]
ToDay = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="With this day.")]


@audit.command(name="verify")
def verify_audit(anchor: AnchorFile = None) -> None:
    """Go through every line of the audit and say where it does not hold."""
    from service.cli.auditing import verify_chains

    verify_chains(anchor)


@audit.command(name="anchor")
def anchor_audit(
    file: Annotated[Path, typer.Argument(help="Kept outside the database; only added to.")],
) -> None:
    """Write down outside the database how far the audit has come; daily, and with each backup."""
    from service.cli.auditing import anchor_chains

    anchor_chains(file)


@audit.command(name="who")
def who_saw_whom(
    *,
    first: FromDay,
    last: ToDay,
    csv: Annotated[Path, typer.Option("--csv", help="Where to write, for a spreadsheet.")],
    person: Annotated[str | None, typer.Option("--person", help="Only looks at this code.")] = None,
    account: Annotated[str | None, typer.Option("--account", help="Only this user name.")] = None,
    municipality: Municipality = None,
) -> None:
    """Write who looked at whom, when, why and on what ground; never what they saw."""
    from service.cli.auditing import Question, write_looks

    write_looks(Question(first, last, person, account, municipality), csv)


@app.command()
def schema(
    which: Annotated[str, typer.Argument(help="catalogue, people, or all of them.")] = "all",
) -> None:
    """Print the JSON Schema of an exchange format."""
    from service.cli.formats import print_schema

    print_schema(which)


@app.command()
def doctor() -> None:
    """Look at everything that this installation rests on, and say what is amiss."""
    from service.cli.doctor import examine

    examine()


@retention.command(name="list")
def list_due() -> None:
    """Print what is due and not held: ids, classes and days, no content."""
    from service.cli.retention import print_due

    print_due()


@retention.command(name="draw")
def draw(
    by: Annotated[str, typer.Option("--by", help="The account that draws; another approves.")],
) -> None:
    """Store what is due as a list."""
    from service.cli.retention import draw_list

    draw_list(by=by)


@retention.command(name="run")
def run_retention() -> None:
    """Erase what is approved, still due and not held; safe to repeat and to run twice at once."""
    from service.cli.retention import run_lists

    run_lists()


@retention.command(name="replay")
def replay(
    file: Annotated[Path, typer.Argument(help="Notes of erasures (DEBAN_ERASURES_FILE).")],
) -> None:
    """Erase again what a restored older backup brought back."""
    from service.cli.retention import replay_notes

    replay_notes(file)


@app.command()
def deliver(
    *,
    every: Annotated[
        int | None, typer.Option("--every", min=1, help="Again after so many seconds, for ever.")
    ] = None,
    once: Annotated[
        bool, typer.Option("--once", help="One round; so it is without --every.")
    ] = False,
) -> None:
    """Send what waits in the outbox: mails, webhooks, the daily digests."""
    from service.cli.delivering import deliver_notices

    deliver_notices(every=None if once else every)


By = Annotated[str, typer.Option("--by", help="The account in whose name.")]
LineId = Annotated[str, typer.Argument(metavar="ID", help="As deban dead-letters list prints it.")]


@dead_letters.command(name="list")
def list_dead(municipality: Municipality = None) -> None:
    """Print what did not arrive: ids, kinds and why; no address and no name."""
    from service.cli.delivering import print_dead

    print_dead(municipality=municipality)


@dead_letters.command(name="retry")
def retry_dead(letter: LineId, by: By) -> None:
    """Let one be tried again from the start."""
    from service.cli.delivering import send_again

    send_again(letter, by=by)


@dead_letters.command(name="close")
def close_dead(letter: LineId, reason: Annotated[Closing, typer.Option()], by: By) -> None:
    """Let one go, with the reason."""
    from service.cli.delivering import close

    close(letter, reason=reason, by=by)
