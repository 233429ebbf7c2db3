"""engineering_notes.md, trap 1: whoever comes first, and however, meets the frame and not a page file."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.browser.entering import demonstrator, state_of_a_visitor
from tests.browser.serving import start_app, stop

pytestmark = pytest.mark.long


@pytest.fixture
def fresh_board(sample_file: Path, tmp_path: Path) -> Iterator[str]:
    """A process that nobody has visited yet."""
    url, process = start_app(sample_file, tmp_path / "server.log")
    yield url
    stop(process)


def sections_sent_for(address: str, page_name: str, page_script_hash: str = "") -> list[str]:
    """What a bare websocket that names a page is told of the navigation, in the first run of the process."""
    ask = BackMsg()
    ask.rerun_script.page_name = page_name
    ask.rerun_script.page_script_hash = page_script_hash
    sections: list[str] = []
    with connect(
        stream(address), max_size=None, origin=address, additional_headers={"Cookie": demonstrator(address).cookie}
    ) as socket:
        socket.send(ask.SerializeToString())
        while True:
            message = ForwardMsg.FromString(socket.recv(timeout=60))
            if message.WhichOneof("type") == "navigation":
                sections = list(message.navigation.sections)
            if message.WhichOneof("type") == "script_finished":
                return sections


def stream(address: str) -> str:
    return address.replace("http://", "ws://") + "/_stcore/stream"


def test_a_bare_websocket_that_names_a_page_runs_the_frame_first(fresh_board):
    assert "重点领域" in sections_sent_for(fresh_board, "reviews")


def test_a_bare_websocket_that_names_a_page_by_its_hash_runs_the_frame_first(fresh_board):
    assert "重点领域" in sections_sent_for(fresh_board, "", calc_hash("reviews"))


def test_a_deep_link_into_a_fresh_process_shows_the_navigation(fresh_board, browser: Browser):
    page = browser.new_page(storage_state=state_of_a_visitor(browser, fresh_board))
    page.goto(f"{fresh_board}/reviews")
    navigation = page.wait_for_selector("[data-testid=stSidebarNav]", timeout=60_000)
    assert "数据报送" in navigation.inner_text()
    assert page.title().startswith("好差评")
    page.close()


def test_a_compressed_deep_link_comes_in_chinese_and_with_security_headers(server):
    answer = demonstrator(server).ask("/reviews", Accept_Encoding="gzip")
    assert '<html lang="zh-CN">' in answer.text and "<title>政务服务督查看板</title>" in answer.text
    assert "unsafe-eval" not in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_page_of_another_site_gets_no_websocket(server):
    cookie = {"Cookie": demonstrator(server).cookie}
    for origin in ("http://elsewhere.example", "null", None):
        with pytest.raises(InvalidStatus), connect(stream(server), origin=origin, additional_headers=cookie):
            pass
