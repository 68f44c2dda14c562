"""The small grammar of indicator names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.checks.naming import (
    Direction,
    NameKind,
    clashes,
    direction,
    fitting_measures,
    read_name,
    unit_in_name,
)

KINDS = {
    NameKind.COUNT: "重大差错次数 电子病历评价数 培训人次 热线接听量 评审专家数 优良天数 班级数 单位数 "
    "任务完成数 文章阅读数 结对数 设备检验台次 培训学时",
    NameKind.EXTENT: "高标准农田建设面积 道路养护里程 管网长度",
    NameKind.MAGNITUDE: "备份存储容量 二氧化硫排放量 单位用水量",
    NameKind.RATE: "验收合格率 高级职称人数占比 服务覆盖面 延期项目比例 成功率 有效率 缴费率 课程数量达标率 "
    "市场份额 群众不满意率",
    NameKind.SATISFACTION: "患者满意度 家长满意率 用户对备份工作的满意度 服务满意度总体评价水平达到",
    NameKind.COST: "项目总成本 成本控制数 专家讲课费标准 设备采购单价",
    NameKind.MONEY: "项目总投资额 旅游总收入 拉动旅游消费 资金到位数",
    NameKind.DURATION: "故障响应时间 设备使用年限",
    NameKind.DATE: "工程竣工时间 计划完成日期",
    NameKind.SCORE: "满意度测评得分 年度考核评分",
    NameKind.INDEX: "营商环境指数 道路PQI 贷款利率 清扫频率 美元汇率 信噪比 全国排名 系统可用性",
    NameKind.YES_NO: "是否完成既定目标 信息安全建设是否加强 有无重大事故",
    NameKind.QUALITY: "档案管理完备性 信息共享情况 医生诊疗效率 专业影响力 工程质量",
    NameKind.DOCUMENT: "《统计调查制度》 《数据安全管理规定》（试行）",
    NameKind.OTHER: "标准宣贯活动 重大网络安全事故 有无线网络覆盖 应急救援力量 地籍测量 居民医保缴费",
}
"""Names, divided by blanks."""


@pytest.mark.parametrize(
    ("kind", "name"), [(kind, name) for kind, names in KINDS.items() for name in names.split()]
)
def test_kind(kind: NameKind, name: str) -> None:
    assert read_name(name).kind == kind


def test_parts_of_a_name() -> None:
    read = read_name("重大故障 情况数（起）")
    assert (read.stem, read.ending, read.remark, read.change) == ("重大故障情况", "数", "起", False)


def test_a_change_is_told() -> None:
    read = read_name("门诊人次增长")
    assert (read.kind, read.change) == (NameKind.COUNT, True)


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("有责投诉数", Direction.LESS),
        ("系统故障率", Direction.LESS),
        ("重大网络安全事故发生数", Direction.LESS),
        ("项目总成本", Direction.LESS),
        ("故障响应时间", Direction.LESS),
        ("投诉处理率", None),
        ("故障解决率", Direction.MORE),
        ("验收合格率", Direction.MORE),
        ("患者满意度", Direction.MORE),
        ("年度签约学生数", Direction.MORE),
        ("因公出国培训人次", None),
        ("内存使用率", None),
        ("平均无故障时间", None),
        ("投诉数量下降", None),
        ("网络安全事件数", Direction.LESS),
        ("欠薪案件数", Direction.LESS),
        ("校园欺凌事件发生次数", Direction.LESS),
        ("上访人数", Direction.LESS),
        ("审计查出问题数", None),
    ],
)
def test_direction(name: str, better: Direction | None) -> None:
    assert direction(name) == better


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("编印内刊期数", "期"),
        ("交换机采购数量", "台"),
        ("参与评审专家数", "人"),
        ("重大差错次数", "次"),
        ("重大网络安全事故发生数", "起"),
        ("发表论文数量", "篇"),
        ("向公众开放统计指标", "项"),
        ("特种设备检验台次", "台次"),
    ],
)
def test_fitting_measure(name: str, fits: str) -> None:
    assert fitting_measures(name)[0] == fits


@pytest.mark.parametrize(
    ("name", "measure", "clashing"),
    [
        ("编印内刊期数", "次", True),
        ("开展演练次数", "件", True),
        ("开展演练次数", "个", False),
        ("扶持合作社数量", "人", True),
        ("检测样本数", "份", False),
        ("建成平台数", "套", False),
        ("认定法人数", "家", False),
        ("专业影响力", "次", True),
        ("实验室改造间数", "平方米", True),
        ("实验室改造间数", "个", False),
        ("参与部门数", "元", False),
        ("服务部门数", "个", False),
        ("培训次数", "学时", True),
        ("数据准确度", "米", False),
        ("特种设备检验台次", "平方米", True),
    ],
)
def test_clashing_measure(name: str, measure: str, clashing: bool) -> None:
    assert clashes(name, measure) == clashing


@pytest.mark.parametrize(
    ("name", "unit"),
    [("培训人数（人）", "人"), ("节支率(%)", "%"), ("单价(元/台)", "元/台"), ("水质（优良）", None)],
)
def test_unit_in_name(name: str, unit: str | None) -> None:
    assert unit_in_name(name) == unit


@given(st.text(max_size=30))
def test_any_name_is_read(name: str) -> None:
    read = read_name(name)
    assert read.text == name
    plain = "".join(name.split())
    assert read.stem in plain
    assert read.ending in plain
