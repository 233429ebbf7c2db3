"""From a notice and its matters to the 催办单 or 督办单 as an official document. Source: supervision.md 5.2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from models.lamps import FACES
from models.notices import Matter, MatterKind, Notice
from models.official_document import Annex, DocumentTable, Heading, Level, OfficialDocument, Paragraph, TableColumn
from rules.as_of import day_of
from rules.bulletins.words import day_in_words
from rules.numbering import number_printed

USUAL_REQUEST = "请按期办理并答复。"
KIND_WORDS = {MatterKind.MEASURE: "举措", MatterKind.REPORT: "报送", MatterKind.RECTIFICATION: "整改"}
MATTERS = (
    TableColumn("序号", 2),
    TableColumn("事项", 12),
    TableColumn("期限", 4),
    TableColumn("情况", 4),
)
RECEIPT = (TableColumn("项目", 3), TableColumn("填写", 10))
RECEIPT_ROWS = ("签收单位（盖章）", "签收人", "签收时间", "办理情况", "责任领导", "答复时间")


@dataclass(frozen=True, slots=True)
class Office:
    """Who sends, as settings have it."""

    masthead: str
    issuer: str


def notice_document(notice: Notice, matters: Sequence[Matter], plan_year: int, office: Office) -> OfficialDocument:
    """Return the notice's document. `matters`: as they were when the notice was sent, in the order of the notice."""
    word, sent_on = notice.level.word, day_of(notice.sent_at)
    rows = tuple(
        (str(index), _matter(matter), matter.due.isoformat(), _state_in_words(matter))
        for index, matter in enumerate(matters, 1)
    )
    return OfficialDocument(
        tuple(part.strip() for part in office.masthead.split("、") if part.strip()),
        number_printed(word, notice.number),
        (f"关于{_about(matters)}的{word}单",),
        notice.unit,
        (
            Heading(Level.FIRST, f"一、{word}事项"),
            DocumentTable("", MATTERS, rows),
            Heading(Level.FIRST, "二、依据"),
            Paragraph(
                f"《{plan_year}年政务服务能力提升工作方案》，以及截至{day_in_words(sent_on)}看板受理的报送和核验。"
            ),
            Heading(Level.FIRST, "三、要求"),
            Paragraph(notice.text or USUAL_REQUEST),
            Heading(Level.FIRST, "四、时限"),
            Paragraph(f"请于{day_in_words(notice.reply_by)}前答复。报送、进展、整改答复在看板上办理即为答复。"),
            Heading(Level.FIRST, "五、联系人"),
            Paragraph(notice.sent_by),
        ),
        office.issuer,
        day_in_words(sent_on),
        "",
        office.issuer,
        day_in_words(sent_on),
        (
            Annex(
                "回执",
                (
                    Paragraph(f"{number_printed(word, notice.number)}已收到。"),
                    DocumentTable("", RECEIPT, tuple((item, "") for item in RECEIPT_ROWS)),
                ),
                wide=False,
            ),
        ),
    )


def _about(matters: Sequence[Matter]) -> str:
    kinds = list(dict.fromkeys(KIND_WORDS[matter.kind] for matter in matters))
    return f"按期办理{'、'.join(kinds)}等{len(matters)}个事项"


def _matter(matter: Matter) -> str:
    code = "" if matter.kind is MatterKind.REPORT else f" {matter.about}"
    return f"{KIND_WORDS[matter.kind]}{code}：{matter.title}"


def _state_in_words(matter: Matter) -> str:
    word = FACES[matter.lamp].word
    if matter.days is None or matter.days >= 0:
        return word
    return f"{word} {-matter.days} 个工作日"
