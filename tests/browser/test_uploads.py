"""Files put on pages of the running board: only where the page offers a place, no more than it has places for, and no
more bytes than a sign-in and the server may hold.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from frame.uploads import NOWHERE, SERVER_FULL, TOO_LARGE, TOO_MANY
from tests.browser.entering import Answer, Caller, demonstrator
from tests.browser.serving import start_app, stop
from tests.browser.streaming import Tab, tab_of
from tests.engines import copied

OWN, MEGABYTE = "区人社局", 1024 * 1024


@pytest.fixture(scope="module")
def small_server(sample_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Holds eight megabytes of files in all, four of a sign-in."""
    folder = tmp_path_factory.mktemp("small")
    url, process = start_app(copied(sample_template, folder), folder / "server.log", UPLOAD_MEGABYTES="8")
    yield url
    stop(process)


def put(caller: Caller, tab: Tab, name: str, megabytes: float = 0.001, method: str = "PUT", **headers: str) -> Answer:
    if "_streamlit_xsrf" not in caller.cookies:
        caller.ask("/_stcore/health")  # gives the token that an upload must show
    sent_headers = {
        "Content_Type": "multipart/form-data; boundary=x",
        "X_Xsrftoken": caller.cookies["_streamlit_xsrf"].strip('"'),
    }
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
    body = head + b"1" * int(megabytes * MEGABYTE) + b"\r\n--x--\r\n"
    return caller.ask(f"/_stcore/upload_file/{tab.visit}/{name}", method, body, **sent_headers, **headers)


@pytest.mark.long
@pytest.mark.parametrize(
    ("role", "page"), [("leader", "plan"), ("leader", "upload"), ("unit", "plan"), ("unit", "accounts")]
)
def test_a_page_that_offers_no_place_takes_no_file(small_server: str, role: str, page: str) -> None:
    caller = demonstrator(small_server, role, OWN if role == "unit" else None)
    with tab_of(caller) as tab:
        tab.ask(page)
        answer = put(caller, tab, "file")
        assert (answer.status, answer.text) == (403, NOWHERE)


@pytest.mark.long
def test_a_page_that_was_left_takes_no_file(small_server: str) -> None:
    caller = demonstrator(small_server, "unit", OWN)
    with tab_of(caller) as tab:
        tab.ask("upload")
        assert put(caller, tab, "file").status == 204
        tab.ask("plan")
        assert put(caller, tab, "other").status == 403


@pytest.mark.long
def test_a_sign_in_holds_so_many_bytes_whatever_it_calls_them_and_they_go_with_the_page(small_server: str) -> None:
    caller = demonstrator(small_server, "unit", OWN)
    with tab_of(caller) as tab, tab_of(caller) as second:
        tab.ask("upload")
        second.ask("upload")
        assert [put(caller, tab, f"file-{number}", 1.5).status for number in range(3)] == [204, 204, 413]
        refused = put(caller, second, "file", 1.5)
        assert (refused.status, refused.text) == (413, TOO_MANY)
        tab.ask("plan")
        assert put(caller, second, "file", 1.5).status == 204


@pytest.mark.long
def test_all_together_hold_no_more_than_the_server_has_room_for(small_server: str) -> None:
    callers = [demonstrator(small_server, "unit", OWN) for _ in range(3)]
    with tab_of(callers[0]) as first, tab_of(callers[1]) as second, tab_of(callers[2]) as third:
        for tab in (first, second, third):
            tab.ask("upload")
        for caller, tab in zip(callers[:2], (first, second), strict=True):
            assert [put(caller, tab, name, 1.9).status for name in ("a", "b")] == [204, 204]
        refused = put(callers[2], third, "file", 1.9)
        assert (refused.status, refused.text) == (503, SERVER_FULL)
    with tab_of(callers[2]) as third:  # whose tab is closed holds nothing that others need
        third.ask("upload")
        assert put(callers[2], third, "file", 1.9).status == 204


@pytest.mark.long
def test_a_file_larger_than_its_place_says_is_refused_before_it_is_sent(small_server: str) -> None:
    caller = demonstrator(small_server, "unit", OWN)
    with tab_of(caller) as tab:
        tab.ask("upload")
        answer = put(caller, tab, "file", Content_Length=str(200 * MEGABYTE))
        assert (answer.status, answer.text) == (413, TOO_LARGE)


@pytest.mark.long
def test_a_place_for_twenty_files_holds_twenty(small_server: str) -> None:
    caller = demonstrator(small_server, "unit", OWN)
    with tab_of(caller) as tab:
        tab.ask("upload")
        for number in range(30):
            assert put(caller, tab, f"file-{number}", 0.19).status == 204  # 22 of them would be more than a sign-in may
        assert put(caller, tab, "larger", 0.3).status == 413  # beside 19 of them it would have room
