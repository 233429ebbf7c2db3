"""12345 热线: tickets handed to units, and the calls answered day by day."""

from catalogue.datasets.words import choices, unit_field, yes_no
from models.definitions import Dataset, Field, Frequency, Kind, Part, PersonalData, Reporter

HOTLINE_TICKETS = Dataset(
    "hotline_tickets",
    "12345工单台账",
    Frequency.MONTHLY,
    (
        Part(
            "hotline_tickets",
            (
                Field("ticket_code", "工单编号", Kind.CODE, required=True, key=True, aliases=("12345工单编号",)),
                Field("received_at", "受理时间", Kind.DATETIME, required=True),
                Field("source", "工单来源"),
                Field(
                    "ticket_type",
                    "工单类型",
                    Kind.CHOICE,
                    required=True,
                    choices=choices("咨询", "求助", "投诉", "举报", "建议", "表扬", "其他"),
                ),
                Field("request", "诉求内容", aliases=("内容描述",), personal=PersonalData.FREE_TEXT),
                unit_field("主办单位", "承办单位"),
                Field("sent_at", "派单时间", Kind.DATETIME),
                Field("signed_at", "签收时间", Kind.DATETIME),
                Field("due_on", "办理时限", Kind.DATE, aliases=("截止时间",)),
                Field("closed_at", "办结时间", Kind.DATETIME),
                yes_no("extended", "是否延期"),
                yes_no("called_back", "是否回访"),
                yes_no("solved", "是否解决"),
                Field("satisfied", "是否满意", Kind.CHOICE, choices=choices("满意", "基本满意", "不满意")),
                yes_no("redone", "是否重办"),
                Field("caller", "诉求人", personal=PersonalData.NAME),
                Field("phone", "联系电话", personal=PersonalData.PHONE),
            ),
            counted_without_rows=("ticket_code", "closed_at", "due_on"),  # tickets are many and mostly closed
        ),
    ),
    ("hotline",),
    position=50,
    time_field="received_at",
    is_case=True,
    reporter=Reporter.ANSWERING,
)

HOTLINE_CALLS = Dataset(
    "hotline_calls",
    "热线话务日报",
    Frequency.MONTHLY,
    (
        Part(
            "hotline_calls",
            (
                Field("day", "日期", Kind.DATE, required=True, key=True),
                Field("calls", "呼入量", Kind.INT, required=True, aliases=("请求量",)),
                Field("answered", "接通量", Kind.INT, required=True),
                Field("answered_in_15s", "15秒内接通量", Kind.INT),
                Field("answered_at_night", "夜间接通量", Kind.INT),
            ),
        ),
    ),
    ("hotline",),
    position=60,
    unit_field=None,
    month_field="day",
    reporter=Reporter.ANSWERING,
)
