"""Each column of each database is in the retention table, with a way to its end or the legal ground for having none."""

import importlib
from pathlib import Path

import pytest
import yaml

import bot.tables  # noqa: F401
from backoffice.metadata import METADATA
from bot.model import Base as BotBase
from intake.drafts.tables import Base as IntakeBase

TABLE = yaml.safe_load((Path(__file__).parents[2] / "data/privacy/retention.yml").read_text(encoding="utf-8"))
DATABASES = {"bot": BotBase.metadata, "intake": IntakeBase.metadata, "backoffice": METADATA}


@pytest.mark.parametrize("database", sorted(DATABASES))
def test_every_column_has_a_row_or_is_said_to_hold_nothing_of_people(database: str) -> None:
    there = {f"{table.name}.{column.name}" for table in DATABASES[database].sorted_tables for column in table.columns}
    personal = [f"{table}.{column}" for table, rules in TABLE[database].items() for columns in rules.values() for column in columns]
    others = [f"{table}.{column}" for table, columns in TABLE["not_personal"][database].items() for column in columns]
    assert there == {*personal, *others}
    assert len(personal) + len(others) == len(there), "a column stands twice"


@pytest.mark.parametrize("name", sorted(TABLE["rules"]))
def test_each_rule_names_what_erases_or_the_ground_for_keeping(name: str) -> None:
    rule = TABLE["rules"][name]
    assert rule["kept"] and (rule["wish"] or rule["ground"])
    if rule["by"] is None:
        assert rule["ground"] and not rule["wish"]
        return
    module, _, function = rule["by"].rpartition(".")
    try:
        holder = importlib.import_module(module)
    except ModuleNotFoundError:  # a method
        module, _, owner = module.rpartition(".")
        holder = getattr(importlib.import_module(module), owner)
    assert callable(getattr(holder, function))


def test_every_rule_is_used_and_each_that_is_used_is_there() -> None:
    used = {rule for database in DATABASES for rules in TABLE[database].values() for rule in rules}
    assert used == set(TABLE["rules"])
