"""Makes the Grafana dashboard, `deploy/watching/dashboard.json`: `python scripts/dashboard.py --write`."""

import argparse
import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent.parent / "deploy" / "watching" / "dashboard.json"
PANELS: tuple[tuple[str, str, str, str], ...] = (
    ("Processes that answer", 'up{job=~"landa-mewa.*"}', "{{job}}", "short"),
    ("Citizens wait: the oldest turn", "bot_oldest_turn_seconds", "oldest turn", "s"),
    ("Turns by end, a minute", "sum by (end) (rate(bot_turns_total[5m])) * 60", "{{end}}", "short"),
    ("From a turn to its answer", "histogram_quantile(0.95, sum by (le) (rate(bot_turn_seconds_bucket[5m])))", "95 of 100", "s"),
    ("Messages in the outbox", "sum by (state) (bot_outbox_messages)", "{{state}}", "short"),
    ("The oldest message not sent", "bot_oldest_unsent_seconds", "oldest send", "s"),
    ("Send attempts by outcome, a minute", "sum by (outcome) (rate(bot_sends_total[5m])) * 60", "{{outcome}}", "short"),
    ("Webhook bodies, a minute", "rate(bot_webhook_deliveries_total[5m]) * 60", "stored", "short"),
    ("Webhook bodies refused, a minute", "sum by (why) (rate(bot_webhook_refused_total[5m])) * 60", "{{why}}", "short"),
    ("Files fetched, a minute", "sum by (outcome) (rate(bot_media_total[5m])) * 60", "{{outcome}}", "short"),
    ("Updates that wait for a person", "bot_updates_parked", "parked", "short"),
    ("Bot: jobs due", "bot_jobs_due", "{{jobs}}", "short"),
    ("Back office: jobs due", "backoffice_jobs_due", "{{jobs}}", "short"),
    ("Turns stopped", "increase(actions_turns_stopped_total[1h])", "{{kind}} {{limit}}", "short"),
    ("Hand-overs whose pages are gone", "intake_lost_pages", "lost", "short"),
    ("Pages by status, a second", "sum by (status) (rate(backoffice_requests_total[5m]))", "{{status}}", "reqps"),
    ("Pages: 95 of 100 within", "histogram_quantile(0.95, sum by (le) (rate(backoffice_request_seconds_bucket[5m])))", "95 of 100", "s"),
    ("Cases by stage", "backoffice_cases", "{{stage}}", "short"),
    ("Cases near their end and late", "sum by (clock, state) (backoffice_case_clocks)", "{{clock}} {{state}}", "short"),
    ("Complaints by state", "backoffice_complaints", "{{state}}", "short"),
    ("Complaints near their end and late", "backoffice_complaint_clocks", "{{clock}} {{state}}", "short"),
    ("Notices on their way, and failed since a day", "backoffice_notices", "{{state}}", "short"),
    ("The oldest notice not handed over", "backoffice_oldest_notice_seconds", "oldest notice", "s"),
    ("Hand-overs that wait or were refused", "intake_dispatches", "{{state}}", "short"),
    ("The oldest hand-over", "intake_oldest_dispatch_seconds", "oldest hand-over", "s"),
    ("Intake: jobs due", "intake_jobs_due", "{{jobs}}", "short"),
    ("Photos by verdict, a minute", 'sum by (verdict) (rate(documents_checks_total{round="first"}[5m])) * 60', "{{verdict}}", "short"),
    (
        "Photos: 95 of 100 within",
        "histogram_quantile(0.95, sum by (le, round) (rate(documents_check_seconds_bucket[15m])))",
        "{{round}}",
        "s",
    ),
    ("Workers lost at files", "sum by (cause) (increase(documents_workers_lost_total[1h]))", "{{cause}}", "short"),
    ("Free on the disk", "landa_mewa_disk_free_bytes / landa_mewa_disk_bytes", "{{job}}", "percentunit"),
    ("Age of the last back-up", "time() - intake_last_backup_timestamp_seconds", "last back-up", "s"),
    ("What Meta refuses", "bot_sending_stopped", "{{what}}", "short"),
    ("Templates that Meta does not take", "bot_templates_stuck", "error {{code}}", "short"),
    ("Forms that Meta does not take", "bot_form_refused", "error {{code}}", "short"),
    ("Release of each process", "landa_mewa_build_info", "{{job}} {{release}}", "short"),
    ("Model of the dialogue", "bot_dialogue_model_info", "{{model}}", "short"),
    ("Messages that Meta priced this month", "sum by (category) (bot_messages_priced_this_month)", "{{category}}", "short"),
)
"""Title, expression, legend, unit: two panels a row."""


def dashboard() -> dict[str, Any]:
    """The dashboard in Grafana's form, for any Prometheus data source."""
    source = {"type": "prometheus", "uid": "${source}"}
    panels = [
        {
            "id": place + 1,
            "type": "timeseries",
            "title": title,
            "datasource": source,
            "gridPos": {"h": 8, "w": 12, "x": place % 2 * 12, "y": place // 2 * 8},
            "targets": [{"refId": "A", "expr": expression, "legendFormat": legend, "datasource": source}],
            "fieldConfig": {"defaults": {"unit": unit, "min": 0}, "overrides": []},
        }
        for place, (title, expression, legend, unit) in enumerate(PANELS)
    ]
    return {
        "title": "Landa Mewa",
        "uid": "landa-mewa",
        "schemaVersion": 39,
        "time": {"from": "now-24h", "to": "now"},
        "refresh": "1m",
        "templating": {"list": [{"name": "source", "type": "datasource", "query": "prometheus"}]},
        "panels": panels,
    }


def written() -> str:
    """The file's content."""
    return json.dumps(dashboard(), indent=1) + "\n"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", required=True)
    parser.parse_args()
    FILE.write_text(written())
