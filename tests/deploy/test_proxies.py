"""Two processes behind a real nginx and a real Caddy with the files that are shipped, over HTTPS: a visit stays with
its process, what one process is told the other knows, and a process that is restarted is nobody's error.
"""

import hmac
import json
import os
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import TypeAlias

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.sync_api import Browser, Page, expect

from tests.browser.confirming import confirm, lamp_word, write_problem
from tests.browser.entering import Caller, demonstrator
from tests.browser.serving import free_port, start_app, stop
from tests.browser.streaming import tab_of
from tests.engines import copied

ROOT = Path(__file__).resolve().parents[2]
NAME = "board.example.gov"
SECRET = "secret-of-the-cookies"

Configured: TypeAlias = tuple[list[str], dict[str, str], dict[str, str]]
"""A proxy's command, its environment, and what its cookie has for each process."""

pytestmark = pytest.mark.browser  # it serves the board, as those tests do


@dataclass
class Behind:
    """The address of the proxy, and by their names the processes behind it and what the proxy's cookie has for them."""

    address: str
    ports: dict[str, int]
    cookies: dict[str, str]
    database: Path
    logs: Path
    processes: dict[str, subprocess.Popen[bytes]]

    def start(self, name: str) -> None:
        log = self.logs / f"{name}.log"
        self.processes[name] = start_app(
            self.database, log, port=self.ports[name], FORWARDED_ALLOW_IPS="127.0.0.1", DEMONSTRATION="everyone"
        )[1]


@pytest.fixture(scope="module", params=["nginx", pytest.param("caddy", marks=pytest.mark.long)])
def behind(
    request: pytest.FixtureRequest, sample_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Behind]:
    program = program_of(request.param)
    folder = tmp_path_factory.mktemp("behind")
    database = copied(sample_template, folder)
    ports = {f"p{number}": free_port() for number in range(1, 5)}
    address = f"https://localhost:{free_port()}"
    certify(folder)
    command, settings, cookies = (of_nginx if request.param == "nginx" else of_caddy)(program, folder, address, ports)
    behind = Behind(address, ports, cookies, database, folder, {})
    for name in ("p1", "p2"):  # of the four that the file names two do not run, as where PROCESSES=2
        behind.start(name)
    proxy = started(command, settings, folder, address)
    wait_until_led_to(behind, "p1", "p2")
    yield behind
    stop(proxy)
    for process in behind.processes.values():
        stop(process)


def program_of(proxy: str) -> str:
    program = os.environ.get(proxy.upper()) or shutil.which(proxy)
    if not program:
        pytest.skip(f"no {proxy} here (Debian: apt-get install {proxy}), and none could be unpacked")
    return program


def of_nginx(program: str, folder: Path, address: str, ports: dict[str, int]) -> Configured:
    """The file that is shipped, with this test's ports and certificate."""
    site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for number, port in enumerate(ports.values(), 8501):
        site = site.replace(f":{number}", f":{port}")
    https = address.rpartition(":")[2]
    site = site.replace("listen 80;", f"listen 127.0.0.1:{free_port()};").replace(
        "listen 443 ssl;", f"listen {https} ssl;"
    )
    site = site.replace("/etc/ssl/board", str(folder / "board"))
    path = folder / "nginx.conf"
    own = f"pid {folder}/nginx.pid; error_log stderr; events {{}}\n"
    places = "".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path.write_text(f"daemon off; {own}http {{ access_log off; {places}\n{site}\n}}\n", encoding="utf-8")
    command = [program, "-p", str(folder), "-c", str(path)]
    assert subprocess.run([*command, "-t"], capture_output=True, check=False).returncode == 0
    return command, {}, {name: name for name in ports}


def of_caddy(program: str, folder: Path, address: str, ports: dict[str, int]) -> Configured:
    """The file that is shipped, with the line for an office's own certificate."""
    site = (ROOT / "deploy" / "Caddyfile").read_text(encoding="utf-8")
    assert "# tls /etc/ssl/board.crt /etc/ssl/board.key" in site
    site = site.replace("# tls /etc/ssl/board.crt /etc/ssl/board.key", f"tls {folder}/board.crt {folder}/board.key")
    path = folder / "Caddyfile"
    path.write_text(f"{{\n admin off\n auto_https disable_redirects\n}}\n{site}", encoding="utf-8")
    upstreams = {name: f"127.0.0.1:{port}" for name, port in ports.items()}
    settings = {
        "BOARD_HOST": address.removeprefix("https://"),
        "BOARD_PROCESSES": " ".join(upstreams.values()),
        "BOARD_COOKIE_SECRET": SECRET,
        "HOME": str(folder),
    }
    cookies = {
        name: hmac.new(SECRET.encode(), place.encode(), "sha256").hexdigest() for name, place in upstreams.items()
    }
    return [program, "run", "--config", str(path), "--adapter", "caddyfile"], settings, cookies


def certify(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME), x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "board.crt").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    form = serialization.PrivateFormat.PKCS8
    (folder / "board.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))


def started(command: list[str], settings: dict[str, str], folder: Path, address: str) -> subprocess.Popen[bytes]:
    """The proxy once it leads to a process that is ready."""
    log = folder / "proxy.log"
    process = subprocess.Popen(command, env=os.environ | settings, stdout=log.open("wb"), stderr=subprocess.STDOUT)
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up and process.poll() is None:
        with suppress(OSError):
            if Caller(address).ask("/readyz").status == 200:
                return process
        time.sleep(0.1)
    process.kill()
    raise AssertionError(log.read_text())


def wait_until_led_to(behind: Behind, *processes: str) -> None:
    """Caddy leads nobody to a process before that has said that it is ready; nginx leads there, and it says not yet."""
    give_up = time.monotonic() + 60
    for process in processes:
        caller = Caller(behind.address, {"board_process": behind.cookies[process]})
        while caller.ask("/readyz").status != 200 or caller.cookies["board_process"] != behind.cookies[process]:
            assert time.monotonic() < give_up
            caller.cookies["board_process"] = behind.cookies[process]
            time.sleep(0.1)


def visitor(behind: Behind, process: str, role: str = "bureau", unit: str | None = None) -> Caller:
    """Somebody signed in whom the proxy's cookie leads to this process."""
    caller = demonstrator(behind.address, role, unit)
    caller.cookies["board_process"] = behind.cookies[process]
    return caller


def requests_logged(behind: Behind, process: str, path: str) -> int:
    """Return how many requests of this path the process has answered, by its log."""
    lines = (behind.logs / f"{process}.log").read_text(errors="replace").splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    return sum(line["event"] == "request" and line["path"] == path for line in events)


def test_caddy_asks_whether_a_process_is_ready_by_the_boards_name_for_it_answers_to_no_containers_name(
    tmp_path: Path,
) -> None:
    hosts = []

    class Ready(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hosts.append((self.headers["Host"], self.headers["X-Forwarded-For"]))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Ready) as process:
        Thread(target=process.serve_forever, daemon=True).start()
        address = f"https://localhost:{free_port()}"
        certify(tmp_path)
        command, settings, _ = of_caddy(program_of("caddy"), tmp_path, address, {"p1": process.server_port})
        proxy = started(command, settings, tmp_path, address)
        stop(proxy)
        process.shutdown()
    own = address.removeprefix("https://")
    assert (own, None) in hosts, "Caddy's own question"
    assert {host for host, _ in hosts} == {own}


@pytest.mark.parametrize("process", ["p1", "p2"])
def test_whoever_has_been_to_a_process_is_led_to_it_again(behind: Behind, process: str) -> None:
    caller = visitor(behind, process)
    before = requests_logged(behind, process, "/account")
    for _ in range(5):
        assert caller.ask("/account").status == 200
    give_up = time.monotonic() + 30  # a request's line is written after its answer has gone
    while (logged := requests_logged(behind, process, "/account") - before) < 5 and time.monotonic() < give_up:
        time.sleep(0.1)
    assert logged == 5
    assert caller.cookies["board_process"] == behind.cookies[process]


def test_whoever_comes_first_is_given_a_process_and_keeps_it(behind: Behind) -> None:
    callers = [Caller(behind.address) for _ in range(12)]
    given = set()
    for caller in callers:
        caller.ask("/login")
        first = caller.cookies["board_process"]
        caller.ask("/login")
        assert caller.cookies["board_process"] == first
        given.add(first)
    assert given == {behind.cookies["p1"], behind.cookies["p2"]}


def test_the_boards_cookies_are_for_https_alone_because_the_proxy_is_believed(behind: Behind) -> None:
    answer = Caller(behind.address).ask("/login")
    own = [cookie for cookie in answer.set_cookies if not cookie.startswith("board_process=")]  # which says no secret
    assert own and all("Secure" in cookie for cookie in own)
    assert "strict-transport-security" in answer.headers


@pytest.mark.parametrize("process", ["p1", "p2"])
def test_a_page_runs_over_the_proxys_websocket(behind: Behind, process: str) -> None:
    with tab_of(visitor(behind, process)) as tab:
        assert "云岭区" in tab.ask() or "总览" in tab.ask()


def test_what_is_counted_is_not_told_through_the_proxy(behind: Behind) -> None:
    assert visitor(behind, "p1").ask("/metrics").status == 404


def test_a_sign_in_is_known_to_the_other_process_and_so_is_signing_out(behind: Behind) -> None:
    caller = visitor(behind, "p1")
    assert caller.ask("/account").status == 200
    caller.cookies["board_process"] = behind.cookies["p2"]
    assert caller.ask("/account").status == 200
    stolen = Caller(behind.address, {**caller.cookies, "board_process": behind.cookies["p1"]})
    assert caller.send("/logout", "/account").status == 303
    assert stolen.ask("/account").status == 303


@pytest.mark.long
def test_forty_who_write_at_once_in_two_processes_all_get_in_and_the_chain_is_whole(behind: Behind) -> None:
    def entries() -> int:
        with sqlite3.connect(behind.database) as connection:
            return int(connection.execute("SELECT entries FROM audit_head").fetchone()[0])

    before = entries()
    with ThreadPoolExecutor(40) as crowd:
        made = list(crowd.map(lambda number: visitor(behind, f"p{1 + number % 2}"), range(40)))
    assert len(made) == 40 and entries() - before >= 40
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{behind.database}"}
    command = [str(ROOT / ".venv" / "bin" / "python"), "manage.py", "audit", "verify"]
    assert subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False).returncode == 0


@contextmanager
def page_of(browser: Browser, caller: Caller) -> Iterator[Page]:
    """A page of a browser that has the caller's cookies."""
    context = browser.new_context(base_url=caller.address, locale="zh-CN", ignore_https_errors=True)
    context.set_default_timeout(60_000)
    cookies = [{"name": name, "value": value, "url": caller.address} for name, value in caller.cookies.items()]
    context.add_cookies(cookies)  # type: ignore[arg-type]  # as Playwright writes it in its own examples
    yield context.new_page()
    context.close()


@pytest.mark.slow
def test_a_workbook_sent_through_the_proxy_to_one_process_turns_the_lamp_in_the_other(
    behind: Behind, browser: Browser, tmp_path: Path
) -> None:
    done = write_problem(tmp_path / "已整改.xlsx", rectified_on="2023-07-20")
    undone = write_problem(tmp_path / "未整改.xlsx", rectified_on=None)
    with page_of(browser, visitor(behind, "p1")) as first, page_of(browser, visitor(behind, "p2")) as second:
        assert lamp_word(first) == lamp_word(second) == "缺报"
        for page, other, workbook, word in ((first, second, done, "已完成"), (second, first, undone, "推进中")):
            page.goto("/upload?dataset=assessment_problems")
            page.locator("input[type=file]").set_input_files(workbook)
            confirm(page)
            expect(page.get_by_text("报送成功")).to_be_visible()
            assert lamp_word(other) == lamp_word(page) == word
        first.goto("/upload?dataset=assessment_problems")
        first.locator("input[type=file]").set_input_files(undone)
        expect(first.get_by_text("不必再报")).to_be_visible()
    assert requests_logged(behind, "p1", "/lamp") and requests_logged(behind, "p2", "/lamp")


@pytest.mark.long
def test_a_process_that_is_restarted_is_nobodys_error(behind: Behind) -> None:
    caller = visitor(behind, "p1")
    stop(behind.processes["p1"])
    for _ in range(5):
        assert caller.ask("/account").status == 200
    assert caller.cookies["board_process"] == behind.cookies["p2"], (
        "what belongs to a visit goes where the visit is now"
    )
    with tab_of(caller) as tab:
        assert tab.ask()
    behind.start("p1")
    give_up, answering = time.monotonic() + 60, ""
    while answering != behind.cookies["p1"] and time.monotonic() < give_up:
        caller.cookies["board_process"] = behind.cookies["p1"]
        assert caller.ask("/account").status == 200
        answering = caller.cookies["board_process"]
        time.sleep(0.2)  # the proxy leaves a process alone for two seconds that did not answer
    assert answering == behind.cookies["p1"]
