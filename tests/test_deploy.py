"""What a host copies from here: the settings, the container, the unit, the alerts, the dashboard fit this version."""

import json
import re
import shutil
import subprocess
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest
import yaml
from prometheus_client import CollectorRegistry

from bot.errors import StartError
from bot.monitoring.doctor_discord import PERMISSIONS
from bot.monitoring.metrics import Metrics
from bot.settings import CONTENT, Settings, read_settings
from docs import env_example, icon

ROOT = CONTENT.parent
PAGE = (ROOT / "docs/self-hosting.md").read_text(encoding="utf-8")
UNIT = (ROOT / "deploy/limber@.service").read_text(encoding="utf-8")


def codes() -> dict[int, str]:
    """The exit codes of errors that have one of their own, by number."""
    kinds = [StartError]
    for kind in kinds:
        kinds += kind.__subclasses__()
    return {kind.exit_code: kind.__name__ for kind in kinds}


def measured() -> set[str]:
    """The names Prometheus sees, without what a histogram adds."""
    registry = CollectorRegistry()
    Metrics(registry)
    return {
        f"{family.name}{'_total' if family.type == 'counter' else '_info' if family.type == 'info' else ''}"
        for family in registry.collect()
    }


def named(text: str) -> set[str]:
    return {re.sub(r"_(bucket|count|sum)$", "", name) for name in re.findall(r"\blimber_[a-z_]+", text)}


def test_the_example_of_settings_is_what_make_docs_writes() -> None:
    assert env_example.FILE.read_text(encoding="utf-8") == env_example.written()


def test_the_example_shows_what_holds_without_a_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = env_example.written().replace("\n#", "\n").splitlines()
    given = [line for line in lines if re.fullmatch(r"[A-Z_]+=.+", line) and "KEY_FILE" not in line]
    for field in Settings.model_fields:
        monkeypatch.delenv(env_example.name_of(field), raising=False)
    (tmp_path / ".env").write_text("\n".join(given), encoding="utf-8")
    monkeypatch.chdir(tmp_path)

    assert read_settings() == Settings()
    assert len(given) > 10


def test_the_container_runs_without_root_and_copies_what_is_there() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copies = [line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line]
    copied = [name for names in copies for name in names]
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line[0] == "!"}

    assert "USER limber" in lines
    assert set(copied) == let_in
    assert all((ROOT / name).exists() for name in copied)


class Healthy(BaseHTTPRequestHandler):
    """Answers /healthz alone, as a bot does."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None: ...


def test_the_container_is_healthy_where_the_bot_answers_or_is_not_to_answer() -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    command = json.loads(re.findall(r"(?m)^HEALTHCHECK.*CMD (\[.+\])$", text)[0])

    def exit_code(**environment: str) -> int:
        return subprocess.run(
            [sys.executable, *command[1:]], env=environment, capture_output=True, check=False
        ).returncode

    with ThreadingHTTPServer(("127.0.0.1", 0), Healthy) as server:
        Thread(target=server.serve_forever).start()
        port = str(server.server_port)
        for host in ({}, {"LIMBER_HTTP_HOST": "0.0.0.0"}, {"LIMBER_HTTP_HOST": "localhost"}):  # noqa: S104
            assert exit_code(LIMBER_HTTP_PORT=port, **host) == 0
        server.shutdown()
    assert exit_code(LIMBER_HTTP_PORT=port) == 1
    assert exit_code(LIMBER_HTTP_PORT="0") == 0


def test_the_composed_container_can_write_nothing_but_its_volumes() -> None:
    service = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]["limber"]

    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["volumes"] == ["data:/data", "key:/key"]
    assert "ports" not in service


def test_the_composed_clusters_are_every_share_of_shards_that_all_agree_on() -> None:
    services = yaml.safe_load((ROOT / "deploy/compose.clusters.yaml").read_text(encoding="utf-8"))["services"]
    clusters = [service for service in services.values() if service["command"][0] == "run"]
    given = [service["environment"] for service in clusters]

    assert [service["command"] for service in clusters] == [["run", "--cluster", share] for share in ("1/2", "2/2")]
    assert given[0] == given[1]
    assert given[0]["LIMBER_SHARD_COUNT"] >= len(clusters)
    assert all(service["read_only"] and service["cap_drop"] == ["ALL"] for service in clusters)


def test_on_postgresql_the_keys_have_a_server_and_a_volume_of_their_own() -> None:
    services = yaml.safe_load((ROOT / "compose.postgres.yaml").read_text(encoding="utf-8"))["services"]
    bot, entries, keys = services["limber"], services["entries"], services["keys"]
    given = {
        name.lower().removeprefix("limber_"): url.replace("${POSTGRES_PASSWORD:?}", "x")
        for name, url in bot["environment"].items()
    }
    server = Settings(**given).server

    assert server
    assert [urlsplit(url).hostname for url in server] == ["entries", "keys"] == [*bot["depends_on"]]
    assert [urlsplit(url).path[1:] for url in server] == [one["environment"]["POSTGRES_DB"] for one in (entries, keys)]
    assert entries["volumes"] != keys["volumes"]
    assert not any("ports" in service for service in services.values())
    assert "asyncpg" in (ROOT / bot["build"]["args"]["LOCK"]).read_text(encoding="utf-8")


def test_what_waiting_cannot_mend_is_not_started_again() -> None:
    never = re.search(r"(?m)^RestartPreventExitStatus=(.+)$", UNIT)

    assert never
    assert {int(code) for code in never[1].split()} == {2, *codes()} - {1}


def test_every_exit_code_is_explained() -> None:
    explained = {int(code) for code in re.findall(r"(?m)^\| (\d) \| [A-Z]", PAGE)}

    assert explained == {0, 1, 2, *codes()}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze here")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path: Path) -> None:
    unit = tmp_path / "limber@.service"
    unit.write_text(re.sub(r"(?m)^(ExecStart=).*$", r"\1/bin/true", UNIT), encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )

    assert "limber@" not in done.stderr, done.stderr


def test_five_alerts_ask_for_metrics_that_are_there_and_each_is_explained() -> None:
    text = (ROOT / "deploy/alerts.yaml").read_text(encoding="utf-8")
    rules = yaml.safe_load(text)["groups"][0]["rules"]

    assert len(rules) == 5
    assert named(" ".join(rule["expr"] for rule in rules)) <= measured()
    assert [rule["alert"] for rule in rules if f"| `{rule['alert']}` |" not in PAGE] == []


def test_the_dashboard_shows_every_metric_and_no_other() -> None:
    text = (ROOT / "deploy/grafana.json").read_text(encoding="utf-8")
    panels = json.loads(text)["panels"]

    assert named(" ".join(target["expr"] for panel in panels for target in panel["targets"])) == measured()
    assert len({panel["id"] for panel in panels}) == len(panels)


def test_every_metric_is_explained() -> None:
    assert named(" ".join(re.findall(r"(?m)^\| `(limber_\w+)", PAGE))) == measured()


def test_the_descriptions_fit_and_the_icon_is_what_it_is_drawn_from() -> None:
    page = (ROOT / "docs/publish/README.md").read_text(encoding="utf-8")
    _server, _own, short, _long = re.findall(r"(?ms)^```text\n(.*?)\n```$", page)

    assert len(short) <= 400
    assert (icon.FOLDER / "icon.svg").read_text(encoding="utf-8") == icon.icon()
    assert (icon.FOLDER / "icon.png").read_bytes().startswith(b"\x89PNG")
    assert f"permissions={PERMISSIONS.value}&" in page
