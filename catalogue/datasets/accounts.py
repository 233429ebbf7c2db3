"""账号: the workbook by which the bureau adds many accounts at once. Neither owed by units nor submitted."""

from catalogue.datasets.words import choices
from models.definitions import Dataset, Field, Frequency, Kind, Part

ACCOUNTS = Dataset(
    "accounts",
    "账号",
    Frequency.SNAPSHOT,
    (
        Part(
            "accounts",
            (
                Field(
                    "account",
                    "账号",
                    required=True,
                    key=True,
                    aliases=("登录名", "用户名"),
                    note="登录时输入，2 至 50 个字母、数字或汉字。",
                ),
                Field("person", "姓名", required=True),
                Field(
                    "role", "角色", Kind.CHOICE, required=True, choices=choices("管理局", "督查室", "责任单位", "领导")
                ),
                Field("unit", "责任单位", Kind.UNIT, note="仅角色为责任单位的填写，为单位名册中的名称或别名。"),
                Field(
                    "single_sign_on", "可用统一身份登录", Kind.YES_NO, note="填“是”的，可从统一身份认证进入；空白为否。"
                ),
            ),
        ),
    ),
    (),
    unit_field=None,
)
