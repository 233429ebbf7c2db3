"""A file's size is told the same way wherever it stands."""

from rules.file_sizes import MEGABYTE, size_in_words


def test_kilobytes_below_a_megabyte_of_1024_times_1024_and_megabytes_from_there() -> None:
    assert [size_in_words(size) for size in (812, 2048, MEGABYTE - 1024, MEGABYTE, 20 * MEGABYTE + MEGABYTE // 2)] == [
        "812 字节",
        "2 KB",
        "1,023 KB",
        "1 MB",
        "20.5 MB",
    ]
