"""As many processes of the board as are wanted, on ports of this machine one after another; a proxy stands before them.

Ends them when it is told to end. One that ends by itself is started anew. On SIGHUP they are restarted one after the
other, each when the one before can be used again, so that behind the proxy nobody meets an error.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
READY_WITHIN = 120.0
END_WITHIN = 15.0
AGAIN_AFTER = 5.0
"""Seconds between two starts of a process that ends by itself."""
LOOKED_AT_EVERY = 0.5


class Process:
    """One process of the board, on its port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.start()

    def start(self) -> None:
        """Begin to serve; whether it does is told by `is_ready`."""
        self.started = time.monotonic()
        words = ["--server.address", "127.0.0.1", "--server.port", str(self.port), "--server.headless", "true"]
        command = [sys.executable, "-m", "streamlit", "run", "app.py", *words]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.DEVNULL)

    def end(self) -> None:
        """Ask it to end, and wait; kill it where it does not."""
        self._process.terminate()
        try:
            self._process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def is_ready(self) -> bool:
        """Tell whether the board can be used at this port."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return b'"ready":true' in answer.read()
        except OSError:
            return False

    def wait_until_ready(self) -> bool:
        """Return False where it ended, or took too long."""
        give_up = time.monotonic() + READY_WITHIN
        while not self.is_ready():
            if self.has_ended() or time.monotonic() > give_up:
                return False
            time.sleep(LOOKED_AT_EVERY)
        return True


class Supervisor:
    """All of them."""

    def __init__(self, ports: range) -> None:
        self._is_to_end = self._is_to_restart = False
        for signal_number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signal_number, self._end)
        signal.signal(signal.SIGHUP, self._restart)
        self._processes = [Process(port) for port in ports]

    def run(self) -> int:
        """Serve until told to end; return the exit status."""
        try:
            if not all(process.wait_until_ready() for process in self._processes):
                say("有进程没有启动成功，原因见上；已全部停止。")
                return 1
            say(f"看板在 {'、'.join(f'127.0.0.1:{process.port}' for process in self._processes)} 提供服务。")
            while not self._is_to_end:
                if self._is_to_restart:
                    self._is_to_restart = False
                    self._one_after_the_other()
                for process in self._processes:
                    self._start_again_if_ended(process)
                time.sleep(LOOKED_AT_EVERY)
            return 0
        finally:
            for process in self._processes:
                process.end()

    def _one_after_the_other(self) -> None:
        for process in self._processes:
            if self._is_to_end:
                return
            process.end()
            process.start()
            if not process.wait_until_ready():
                say(f"127.0.0.1:{process.port} 重启后没有应答，其余进程没有重启，请检查日志。")
                return
            say(f"127.0.0.1:{process.port} 已重启。")

    def _start_again_if_ended(self, process: Process) -> None:
        if process.has_ended() and time.monotonic() - process.started > AGAIN_AFTER:
            say(f"127.0.0.1:{process.port} 意外停止，重新启动。")
            process.start()

    def _end(self, _: int, __: FrameType | None) -> None:
        self._is_to_end = True

    def _restart(self, _: int, __: FrameType | None) -> None:
        self._is_to_restart = True


def say(sentence: str) -> None:
    sys.stderr.write(f"==> {sentence}\n")
    sys.stderr.flush()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, required=True)
    parser.add_argument("--port", type=int, required=True)
    wanted = parser.parse_args()
    if not 1 <= wanted.processes <= 32 or not 1 <= wanted.port <= 65535 - wanted.processes:
        say("PROCESSES 应为 1 至 32，PORT 应为 1 至 65503。")
        return 2
    os.environ.setdefault("FORWARDED_ALLOW_IPS", "127.0.0.1")
    return Supervisor(range(wanted.port, wanted.port + wanted.processes)).run()


if __name__ == "__main__":
    sys.exit(main())
