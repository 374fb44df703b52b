"""Alert rules and the dashboard name metrics that there are, and each alert has its page in the runbook."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from scripts import dashboard

ROOT = Path(__file__).resolve().parents[2]
ALERTS = ROOT / "deploy" / "watching" / "alerts.yml"
RULES = [rule for group in yaml.safe_load(ALERTS.read_text(encoding="utf-8"))["groups"] for rule in group["rules"]]
ROOMS = ("bot", "backoffice", "actions", "intake", "documents", "runtime", "storage")
MADE = re.compile(r'(Counter|Gauge|Histogram)\(\s*"([a-z_]+)"')
NAMED = re.compile(r"\b(?:bot|backoffice|actions|intake|documents|landa_mewa)_[a-z_]+\b")
SERIES = {"Counter": ("_total",), "Gauge": ("",), "Histogram": ("_bucket", "_sum", "_count")}


def series() -> set[str]:
    """Every series that a process shows, by its name in Prometheus."""
    sources = [path.read_text(encoding="utf-8") for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    made = [found for source in sources for found in MADE.findall(source)]
    return {name.removesuffix("_total") + end for kind, name in made for end in SERIES[kind]}


@pytest.mark.parametrize("expression", [rule["expr"] for rule in RULES] + [panel[1] for panel in dashboard.PANELS])
def test_an_expression_names_only_metrics_that_there_are(expression: str) -> None:
    named = set(NAMED.findall(expression))
    assert named or "up{" in expression
    assert named <= series()


def test_the_dashboard_is_what_its_generator_makes() -> None:
    assert dashboard.FILE.read_text(encoding="utf-8") == dashboard.written(), "run: python scripts/dashboard.py --write"


def test_each_alert_has_its_page_in_the_runbook_and_no_page_is_left_over() -> None:
    pages = re.findall(r"(?m)^## (\w+)$", (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8"))
    assert pages == [rule["alert"] for rule in RULES]
    assert [rule["alert"] for rule in RULES if rule["annotations"]["runbook"] != f"docs/runbook.md#{rule['alert'].lower()}"] == []


PROMTOOL = pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not here (Debian's prometheus): make setup-test")


@PROMTOOL
def test_prometheus_takes_the_rules() -> None:
    done = subprocess.run(["promtool", "check", "rules", str(ALERTS)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


BAD = {
    "ProcessDown": {'up{job="landa-mewa-bot"}': "0x300"},
    "SendingStopped": {'bot_sending_stopped{what="payment"}': "1x300", 'bot_sending_stopped{what="token"}': "0x300"},
    "CitizensWait": {"bot_oldest_turn_seconds": "301x300"},
    "WebhooksNotSplit": {"bot_oldest_unsplit_seconds": "301x300"},
    "SendsWait": {"bot_oldest_unsent_seconds": "901x300"},
    "UpdatesParked": {"bot_updates_parked": "1x300"},
    "WebhooksRefused": {'bot_webhook_refused_total{why="signature"}': "0+10x300"},
    "JobsLate": {'intake_jobs_oldest_seconds{jobs="hand_over"}': "901x300"},
    "TurnsStopped": {'actions_turns_stopped_total{kind="text", limit="cpu"}': "0+1x300"},
    "PagesLost": {"intake_lost_pages": "1x300"},
    "OfficeFails": {'backoffice_requests_total{status="500"}': "0+10x300", 'backoffice_requests_total{status="200"}': "0+99x300"},
    "OfficeSlow": {'backoffice_request_seconds_bucket{le="2"}': "0+1x300", 'backoffice_request_seconds_bucket{le="5"}': "0+9x300",
                   'backoffice_request_seconds_bucket{le="+Inf"}': "0+9x300"},
    "TemplatesStuck": {'bot_templates_stuck{code="132001"}': "3x300"},
    "FormRefused": {'bot_form_refused{code="132068"}': "1x300"},
    "HandOversWait": {"intake_oldest_dispatch_seconds": "901x300"},
    "HandOversRefused": {'intake_dispatches{state="refused"}': "1x300", 'intake_dispatches{state="waiting"}': "40x300"},
    "NoticesWait": {"backoffice_oldest_notice_seconds": "901x300"},
    "NoticesFail": {'backoffice_notices{state="failed"}': "1x300", 'backoffice_notices{state="queued"}': "9x300"},
    "CasesLate": {'backoffice_case_clocks{clock="layanan", state="late"}': "1x300"},
    "CasesNearTheirEnd": {'backoffice_case_clocks{clock="layanan", state="near"}': "1x300"},
    "ComplaintsLate": {'backoffice_complaint_clocks{clock="answer", state="late"}': "1x300"},
    "PhotosSlow": {'documents_check_seconds_bucket{round="first", le="8"}': "0+1x300",
                   'documents_check_seconds_bucket{round="first", le="16"}': "0+9x300",
                   'documents_check_seconds_bucket{round="first", le="+Inf"}': "0+9x300"},
    "WorkersLost": {'documents_workers_lost_total{cause="died"}': "0+1x300"},
    "DiskFull": {"landa_mewa_disk_free_bytes": "9x300", "landa_mewa_disk_bytes": "100x300"},
    "BackupOld": {"intake_last_backup_timestamp_seconds": "-90000x300"},
    "ReleasesDiffer": {'landa_mewa_build_info{release="0.1.0"}': "1x300", 'landa_mewa_build_info{release="0.2.0"}': "1x300"},
}  # fmt: skip
"""By alert, series in which something is wrong for five hours, a value a minute."""


@PROMTOOL
def test_each_alert_sounds_for_what_it_is_made_for_and_no_other_does(tmp_path: Path) -> None:
    assert BAD.keys() == {rule["alert"] for rule in RULES}
    tests = [
        {
            "interval": "1m",
            "input_series": [{"series": name, "values": values} for name, values in series.items()],
            "promql_expr_test": [
                {
                    "expr": 'count by (alertname) (ALERTS{alertstate="firing"})',
                    "eval_time": "4h",
                    "exp_samples": [{"labels": f'{{alertname="{alert}"}}', "value": 1}],
                }
            ],
        }
        for alert, series in BAD.items()
    ]
    file = tmp_path / "alerts_test.yml"
    file.write_text(yaml.safe_dump({"rule_files": [str(ALERTS)], "evaluation_interval": "1m", "tests": tests}))
    done = subprocess.run(["promtool", "test", "rules", str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
