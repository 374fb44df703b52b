"""Writes a report as tables for XLSX, CSV and PDF; no citizen and no officer is named in them. Pure."""

from datetime import date

from backoffice.reports.parts import Spread
from backoffice.reports.period import Scope, columns, name_column
from backoffice.reports.queries import Report
from backoffice.web.tables import Cell
from backoffice.web.texts import label, text
from standard import complaints, reasons, stages
from standard.clock import write_date
from standard.reasons import ReasonList

Table = list[list[Cell]]


def minutes(seconds: int | None) -> float | None:
    """Seconds as minutes with one decimal."""
    return None if seconds is None else round(seconds / 60, 1)


def percent(share: float | None) -> float | None:
    """A share as a percentage with one decimal."""
    return None if share is None else round(share * 100, 1)


def tables_of(report: Report) -> dict[str, Table]:
    """Every table of the report by its title, each with its head."""
    scope = report.scope
    return {
        text("reports.summary"): [_head("figure", "value"), *(_row(*line) for line in summary(report))],
        text(f"reports.by_{scope.cut}"): [
            _head("from", "issued", "on_time", "overdue", "share"),
            *(
                _row(name_column(first, scope.cut), row.count, row.on_time, row.overdue, percent(row.share))
                for first, row in report.columns.items()
            ),
        ],
        text("reports.by_stage"): [_head("stage", "count", "median", "p90", "target"), *stage_rows(report)],
        text("reports.by_reason"): [
            _head("reason", "item", "count"),
            *(_row(reason_label(reason), label("item", item), count) for (reason, item), count in report.reasons.items()),
        ],
        text("reports.by_kecamatan"): [
            _head("kecamatan", "issued", "on_time", "overdue", "share", "median"),
            *(
                _row(place.title(), row.count, row.on_time, row.overdue, percent(row.share), minutes(row.median))
                for place, row in report.kecamatan.items()
            ),
        ],
        text("reports.by_complaint"): [
            _head("category", "count", "replied"),
            *(_row(category_label(category), count, replied) for category, (count, replied) in report.complaints.items()),
        ],
    }  # fmt: skip


def summary(report: Report) -> list[tuple[str, Cell]]:
    """The figures at the head of the report."""
    rows: list[tuple[str, Cell]] = [
        (text("reports.period"), f"{write_date(report.scope.first)} – {write_date(report.scope.last)}"),
        (text("reports.received"), report.received),
        (text("reports.issued"), report.issued.count),
        (text("reports.overdue"), report.issued.overdue),
        (text("reports.on_time"), report.issued.on_time),
        (text("reports.share"), percent(report.issued.share)),
        (text("reports.median"), minutes(report.spread.median)),
        (text("reports.p90"), minutes(report.spread.p90)),
        (text("reports.siak_down"), minutes(report.siak_down)),
        (text("reports.late_with_siak"), report.late_with_siak),
        (text("reports.returned"), report.returned_cases),
        (text("reports.closed"), report.closed),
    ]
    return [row for row in rows if row[1] is not None]


def stage_rows(report: Report) -> Table:
    """Each stage that a case left in these days, with the target of the SOP table in minutes."""
    return [
        [row.label, spread.count, minutes(spread.median), minutes(spread.p90), row.minutes]
        for row, spread in spreads_in_order(report)
    ]  # fmt: skip


def spreads_in_order(report: Report) -> list[tuple[stages.Stage, Spread]]:
    """Stages in the order of the way."""
    return [(row, report.stages[row.id]) for row in stages.stages().values() if row.id in report.stages]


def reason_label(code: str) -> str:
    """What staff read for a reason, older codes as they are."""
    row = reasons.reasons(ReasonList.BERKAS).get(code)
    return row.label if row else code


def category_label(code: str) -> str:
    """What staff read for what a complaint is about."""
    row = complaints.categories().get(code)
    return row.label if row else code


def name_of(kind: str, detail: str, scope: Scope, staff: dict[str, str]) -> str:
    """What a list is about besides its kind: the stage, the reason and item, the officer and stage, the category, the week; "" for all."""
    first, _, second = detail.partition(":")
    match kind:
        case "tahap":
            return _stage(first)
        case "alasan":
            return f"{reason_label(first)}, {label('item', second)}"
        case "petugas":
            return f"{staff.get(first, '–')}, {_stage(second)}"
        case "kecamatan" | "lewat_kecamatan":
            return first.title()
        case "aduan" | "dibalas":
            return category_label(first)
        case "masa" | "masa_tepat" | "lewat_masa" if first in {begin.isoformat() for begin, _ in columns(scope)}:
            return text(f"reports.since_{scope.cut}", day=name_column(date.fromisoformat(first), scope.cut))
    return ""


def _stage(code: str) -> str:
    return stages.stages()[code].label if code in stages.stages() else code


def _row(*cells: Cell) -> list[Cell]:
    return list(cells)


def _head(*names: str) -> list[Cell]:
    return [text(f"reports.column.{name}") for name in names]
