"""What the board takes from Streamlit without a promise, held against the Streamlit that is installed: after an upgrade
the failing test names what is no longer there.
"""

import inspect
import re
from pathlib import Path

import pytest
import streamlit
from starlette.routing import Route, WebSocketRoute
from streamlit import runtime
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.runtime import Runtime
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.session_manager import SessionClient
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.web.server.starlette.starlette_app import create_streamlit_routes

from frame.streamlit_internals import addresses, index_page, runs, uploads, websocket_messages
from frame.streamlit_internals.visits import visit_resumed

ROOT = Path(__file__).resolve().parents[3]
STATIC = Path(streamlit.__file__).parent / "static"
INDEX = (STATIC / "index.html").read_text(encoding="utf-8")
BUNDLE = INDEX + "\n".join(path.read_text(encoding="utf-8", errors="ignore") for path in STATIC.rglob("*.js"))
SCREEN = (ROOT / "frame" / "streamlit_internals" / "screen.js").read_text(encoding="utf-8")
WORDS = re.findall(r'"((?:[^"\\]|\\.)+)": "', SCREEN.partition("const WORDS = {")[2].partition("\n  };")[0])
COMPOSED = {"add icon": " icon", "empty icon": " icon"}
"""Words that Streamlit puts together → the piece of them that stands in its bundle."""
STYLED = {
    "frame/streamlit_internals/parts.css",
    "frame/streamlit_internals/paper.js",
    "frame/streamlit_internals/screen.js",
    "frame/streamlit_internals/unsent.js",
    "components/upload/wide_columns.html",
}

CLASSES = re.compile(r"\.(st[A-Z]\w+|react-aria-\w+)")


class Anything:
    """Stands for a runtime while Streamlit makes its list of routes."""

    def __getattr__(self, _: str) -> "Anything":
        return self


def routes() -> set[str]:
    made = create_streamlit_routes(Anything())  # type: ignore[arg-type]
    return {route.path for route in made if isinstance(route, Route | WebSocketRoute)}


@pytest.mark.parametrize("pattern", ["INLINE_SCRIPT", "WEB_FONT", "AGENT_LINK", "FAVICON"])
def test_the_page_has_what_is_taken_out_of_it(pattern: str) -> None:
    assert getattr(index_page, pattern).search(INDEX)


@pytest.mark.parametrize("piece", ['<html lang="en">', "<title>Streamlit</title>", "</head>", '<script type="module"'])
def test_the_page_has_once_what_is_replaced_in_it(piece: str) -> None:
    assert INDEX.count(piece) == 1


@pytest.mark.parametrize("name", ["__streamlit", "BACKEND_BASE_URL", "HOST_CONFIG", "useExternalAuthToken"])
def test_streamlit_still_reads_where_the_server_is_from_the_page(name: str) -> None:
    script = (ROOT / "frame/streamlit_internals/connection.js").read_text(encoding="utf-8")
    assert name in script and name in BUNDLE


def test_there_are_words_to_translate() -> None:
    assert len(WORDS) > 100


@pytest.mark.parametrize("word", WORDS)
def test_every_translated_word_is_still_one_of_streamlits(word: str) -> None:
    assert COMPOSED.get(word, word) in BUNDLE


@pytest.mark.parametrize("path", sorted(STYLED))
def test_every_test_id_that_is_styled_or_looked_for_is_still_there(path: str) -> None:
    test_ids = set(re.findall(r"data-testid\^?=[\"']?(st\w+)", (ROOT / path).read_text(encoding="utf-8")))
    assert test_ids and sorted(name for name in test_ids if name not in BUNDLE) == []


def test_every_class_of_streamlits_that_is_styled_is_still_there() -> None:
    sheet = (ROOT / "frame/streamlit_internals/parts.css").read_text(encoding="utf-8")
    classes = set(CLASSES.findall(sheet))
    assert len(classes) > 4 and sorted(name for name in classes if name not in BUNDLE) == []


def test_no_other_style_sheet_knows_classes_of_streamlits() -> None:
    sheets = [path for folder in ("components", "frame") for path in (ROOT / folder).rglob("*.css")]
    knowing = {path.name for path in sheets if CLASSES.search(path.read_text(encoding="utf-8"))}
    assert knowing == {"parts.css"}


def test_no_other_file_of_the_screen_knows_test_ids() -> None:
    sources = [
        path
        for folder in ("components", "pages", "frame")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".css", ".js", ".html"}
    ]
    knowing = {path.relative_to(ROOT).as_posix() for path in sources if "data-testid" in path.read_text("utf-8")}
    assert len(sources) > 100 and knowing == STYLED


@pytest.mark.parametrize("kind", websocket_messages.NEEDED)
def test_every_message_that_a_tab_may_send_is_still_a_kind_of_message(kind: str) -> None:
    assert kind in {field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields}


def test_every_address_of_streamlit_is_known_as_one() -> None:
    known = routes()
    assert len(known) > 8
    assert sorted(path for path in known if path not in ("", "/") and not addresses.OF_STREAMLIT.fullmatch(path)) == []


@pytest.mark.parametrize(
    "path",
    ["/_stcore/health", "/_stcore/host-config", "/_stcore/stream", "/_stcore/upload_file/{session_id}/{file_id}"],
)
def test_the_addresses_that_the_board_needs_are_still_there(path: str) -> None:
    assert path in routes() and not addresses.is_unneeded(path)


def test_the_visit_of_an_upload_is_read_from_its_address() -> None:
    upload = addresses.UPLOAD.fullmatch("/_stcore/upload_file/visit-1/file-2")
    assert upload and upload["visit"] == "visit-1"


def test_an_open_visit_tells_the_cookies_it_was_opened_with() -> None:
    assert callable(runtime.exists) and callable(runtime.get_instance)
    assert "session_id" in inspect.signature(Runtime.get_client).parameters
    assert "client_context" in dir(SessionClient)


def test_a_websocket_names_the_visit_it_goes_on_with_third() -> None:
    scope = {"type": "websocket", "headers": [(b"sec-websocket-protocol", b"streamlit, xsrf, visit-1")]}
    assert visit_resumed(scope) == "visit-1"
    assert visit_resumed({"type": "websocket", "headers": []}) is None
    websocket = (Path(streamlit.__file__).parent / "web/server/starlette/starlette_websocket.py").read_text("utf-8")
    assert "existing_session_id" in websocket


def test_the_files_of_visits_are_held_and_dropped_by_visit_and_number(monkeypatch: pytest.MonkeyPatch) -> None:
    files = MemoryUploadedFileManager("/_stcore/upload_file")
    monkeypatch.setattr(uploads, "_files", lambda: files)
    for number in ("first", "second"):
        files.add_file("visit-1", UploadedFileRec(number, "a.csv", "text/csv", b"12345"))
    files.add_file("visit-2", UploadedFileRec("third", "a.csv", "text/csv", b"1"))
    assert uploads.sizes_by_visit() == {"visit-1": {"first": 5, "second": 5}, "visit-2": {"third": 1}}
    uploads.drop("visit-1", "first")
    uploads.drop_all("visit-2")
    assert uploads.sizes_by_visit() == {"visit-1": {"second": 5}}
    assert "uploaded_file_mgr" in dir(Runtime)


def test_a_run_that_a_newer_one_replaces_is_told_from_one_that_ended() -> None:
    assert runs.is_cut_short(RerunException(RerunData()))
    assert not runs.is_cut_short(StopException()) and not runs.is_cut_short(ValueError())


def test_nothing_else_of_the_product_imports_streamlits_private_parts() -> None:
    private = re.compile(r"(?:from|import) streamlit\.(?!testing|delta_generator)")
    leaning = {
        path.relative_to(ROOT).as_posix()
        for folder in ("components", "pages", "frame")
        for path in (ROOT / folder).rglob("*.py")
        if private.search(path.read_text(encoding="utf-8"))
    }
    assert leaning <= {
        "frame/streamlit_internals/websocket_messages.py",
        "frame/streamlit_internals/recorded_run.py",
        "frame/streamlit_internals/runs.py",
        "frame/streamlit_internals/uploads.py",
        "frame/streamlit_internals/visits.py",
        "components/upload/checking.py",  # the type of an uploaded file
    }
    assert "frame/streamlit_internals/websocket_messages.py" in leaning
