"""References to where a rectification comes from are read as they are written, or not at all."""

import pytest

from models.rectifications import Source
from rules.rectifications.sources import Reference, read_reference


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("spot-check:2023-1:云岭镇|81234567", Reference(Source.SPOT_CHECK, "2023-1", "云岭镇|81234567")),
        ("spot-check:2023-1:区人社局|a:b", Reference(Source.SPOT_CHECK, "2023-1", "区人社局|a:b")),
        ("measure:1.3.2", Reference(Source.MEASURE, "1.3.2")),
        ("case:tickets:GD0691", Reference(Source.CASE, "tickets", "GD0691")),
        ("bulletin:2023-1", Reference(Source.BULLETIN, "2023-1")),
        ("notice:2023-12", Reference(Source.NOTICE, "2023-12")),
        ("lead:群众来信：窗口无人", Reference(Source.LEAD, "群众来信：窗口无人")),
        ("instruction:王区长 8月2日", Reference(Source.INSTRUCTION, "王区长 8月2日")),
        ("other", Reference(Source.OTHER)),
    ],
)
def test_a_reference_is_read_and_written_back_the_same(text: str, reference: Reference) -> None:
    assert read_reference(text) == reference
    assert str(reference) == text


@pytest.mark.parametrize(
    "text",
    ["", "measure", "measure:", "spot-check:2023-1", "spot-check:2023-01:k", "case:tickets", "notice:1", "elsewhere:x"],
)
def test_what_lacks_its_number_or_object_is_no_reference(text: str) -> None:
    assert read_reference(text) is None
