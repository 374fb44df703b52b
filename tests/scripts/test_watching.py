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
NAMED = re.compile(r"\b(?:bot|backoffice|actions|intake|documents)_[a-z_]+\b")
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


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool (Debian: prometheus) is not here")
def test_prometheus_takes_the_rules() -> None:
    done = subprocess.run(["promtool", "check", "rules", str(ALERTS)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
