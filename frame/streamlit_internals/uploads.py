"""The files that visits have put on their pages, which Streamlit holds in memory until a visit is over."""

from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager


def sizes_by_visit() -> dict[str, dict[str, int]]:
    """Return visit → file → bytes, the files of a visit in the order in which they came."""
    if (files := _files()) is None:
        return {}
    with files._lock:
        return {
            visit: {number: len(file.data) for number, file in files_of_visit.items()}
            for visit, files_of_visit in files.file_storage.items()
        }


def drop(visit: str, number: str) -> None:
    """Forget one file of a visit."""
    if (files := _files()) is not None:
        files.remove_file(visit, number)


def drop_all(visit: str) -> None:
    """Forget every file of a visit."""
    if (files := _files()) is not None:
        files.remove_session_files(visit)


def _files() -> MemoryUploadedFileManager | None:
    """None where no server runs, as in tests of one page."""
    files = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    return files if isinstance(files, MemoryUploadedFileManager) else None
