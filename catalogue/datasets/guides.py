"""办事指南: the unit's whole list of service items with their materials and steps."""

from catalogue.datasets.words import choices, unit_field, yes_no
from models.definitions import Dataset, Field, Frequency, Kind, Part

ITEMS = Part("事项", (
    Field("item_code", "实施编码", Kind.CODE, required=True, key=True, aliases=("事项编码", "实施清单编码"),
          note="31 位：18 位统一社会信用代码、1 位行使层级、12 位基本编码。单元格设为文本。"),
    Field("item_name", "事项名称", required=True, aliases=("项目名称", "事项")),
    Field("basic_code", "基本编码", Kind.CODE, length=12, note="12 位，单元格设为文本。"),
    Field("item_type", "事项类型", Kind.CHOICE, demanded=True, aliases=("类别",), choices=choices(
        "行政许可", "行政给付", "行政奖励", "行政确认", "行政裁决", "其他行政权力", "公共服务", "行政征收")),
    unit_field("实施主体", "部门", "办理主体", "所属单位"),
    Field("level", "行使层级"),
    Field("clients", "服务对象"),
    Field("case_type", "办件类型", Kind.CHOICE, demanded=True, choices=choices("即办件", "承诺件"),
          note="填“即办件”或“承诺件”，不填数字代码：各系统的代码不一致。"),
    Field("statutory_days", "法定办结时限", Kind.DURATION, demanded=True, aliases=("法定时限", "法定期限"),
          note="工作日数，如“20个工作日”；当场办结填“即办”。"),
    yes_no("statutory_by_law", "法定时限是否有法律规定"),
    Field("promised_days", "承诺办结时限", Kind.DURATION, demanded=True, aliases=("承诺时限", "承诺期限"),
          note="工作日数，如“5个工作日”；当场办结填“即办”。"),
    Field("visits", "到办事现场次数", Kind.INT, aliases=("到场次数", "跑动次数", "跑动"), note="全程网办的填 0。"),
    Field("visit_reason", "必须现场办理原因"),
    yes_no("online", "是否网办", "网上可办", demanded=True),
    Field("online_depth", "网上办理深度", Kind.CHOICE, aliases=("办理深度",), choices=choices(
        "全程网办", "网上预审", "网上申报", "信息发布", 全程网办=("四级", "Ⅳ级"))),
    yes_no("special", "是否特殊事项"),
    Field("special_reason", "特殊事项原因"),
    Field("keywords", "检索关键词", aliases=("关键词",), note="至少 3 个，用顿号分隔。"),
    yes_no("in_hall", "是否进驻大厅", "进驻大厅"),
    yes_no("same_source", "与平台是否一致", "同源"),
    Field("cross_region", "通办范围", Kind.CHOICE, choices=choices("跨省", "省内", "全市", "无")),
    yes_no("published", "指南是否发布"),
    Field("address", "办理地点", demanded=True, aliases=("办理地址", "地址"),
          note="写明街道名称、门牌号、房间号、窗口号。"),
    Field("office_hours", "办理时间", demanded=True, note="写明星期与钟点。"),
    Field("phone", "咨询电话", demanded=True, aliases=("咨询方式", "联系电话"), note="区号加号码；多个号码用顿号分隔。"),
    Field("complaint_phone", "监督电话", demanded=True, aliases=("监督投诉方式", "投诉电话", "监督投诉电话"),
          note="不得与咨询电话相同。"),
    yes_no("has_intermediary", "是否有中介服务"),
    Field("intermediary_note", "中介服务说明"),
    yes_no("has_special_step", "是否有特殊环节"),
    Field("special_step_note", "特殊环节说明"),
    Field("flow_chart", "外部流程图", aliases=("流程图",), note="图片文件名，如“流程图.png”。"),
    yes_no("chart_shows_times", "流程图是否标注时限"),
    yes_no("charged", "是否收费"),
    Field("charge_basis", "收费依据"),
    Field("result_name", "审批结果名称"),
    yes_no("result_sample", "审批结果样本"),
    Field("questions", "常见问题"),
    Field("legal_basis", "设定依据"),
    Field("remark", "备注"),
))

MATERIALS = Part("材料", (
    Field("item_code", "实施编码", Kind.CODE, required=True, key=True, aliases=("事项编码", "实施清单编码"),
          note="与“事项”表的实施编码一致。"),
    Field("material_name", "材料名称", required=True, key=True),
    Field("material_type", "材料类型", Kind.CHOICE, aliases=("材料形式",),
          choices=choices("原件", "复印件", "原件和复印件", "电子件")),
    Field("originals", "原件份数", Kind.INT),
    Field("copies", "复印件份数", Kind.INT),
    Field("source", "来源渠道", demanded=True, aliases=("材料来源",)),
    Field("issuer", "出具单位"),
    Field("basis", "依据名称", aliases=("要求提供材料的依据", "依据"), note="法律、法规或文件的名称，如《……条例》。"),
    Field("clause", "依据条款", aliases=("条款",), note="如“第十二条”。"),
    yes_no("filled_by_applicant", "是否申请人填写"),
    Field("blank_form", "空白表格", Kind.YES_NO_OR_FILE, aliases=("空表",), note="填“是”“否”或文件名。"),
    Field("sample_form", "示例样表", Kind.YES_NO_OR_FILE, aliases=("样表",), note="填“是”“否”或文件名。"),
    Field("remark", "备注"),
), required=False, parent="事项")

STEPS = Part("流程", (
    Field("item_code", "实施编码", Kind.CODE, required=True, key=True, aliases=("事项编码", "实施清单编码"),
          note="与“事项”表的实施编码一致。"),
    Field("step_number", "序号", Kind.INT, required=True, key=True),
    Field("step_name", "办理环节", demanded=True, aliases=("环节",)),
    Field("step_content", "办理内容", demanded=True),
    Field("step_staff", "办理人员"),
    Field("step_days", "办理时限", Kind.DURATION),
    Field("step_standard", "审批标准", aliases=("审查标准",)),
    Field("step_result", "办理结果"),
), required=False, parent="事项")

GUIDES = Dataset("guides", "办事指南", Frequency.SNAPSHOT, (ITEMS, MATERIALS, STEPS),
                 ("experience", "maturity", "completeness", "coverage", "guide_accuracy"))
