"""Wait until the board at a port of this machine can be used; fail where it takes too long."""

import sys
import time
import urllib.request

SECONDS = 120


def main(port: str) -> int:
    give_up = time.monotonic() + SECONDS
    while time.monotonic() < give_up:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{int(port)}/readyz", timeout=2) as answer:
                if b'"ready":true' in answer.read():
                    return 0
        except OSError:
            time.sleep(0.5)
    sys.stderr.write(f"127.0.0.1:{port} 在 {SECONDS} 秒内没有就绪。\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
