"""Rules on what stands in the value column, alone and beside those on units and targets."""

from __future__ import annotations

import pytest

from tests.judged import findings, messages, row

VALUE, QUALITY, UNITS = "value_column", "target_quality", "units"


@pytest.mark.parametrize(
    ("name", "target", "found"),
    [
        ("专家培训讲课费标准", "专家培训讲课费标准", ["V501"]),
        ("平台完成及时率", "建设周期不超过4个月", ["Q404", "V501"]),
        ("办结率", "办结率98%", ["V501"]),
        ("运行效率", "接通率接近80%", ["V501"]),
        ("出勤率", "缺勤率≤5%", ["V501"]),
        ("设备运行质量", "系统故障率", ["V501"]),
        ("故障响应", "响应时间≤2小时", []),
        ("故障响应时间", "响应时间≤2小时", ["V501"]),
        ("建设工期", "工期≤180天", ["V501"]),
        ("项目完成时间", "项目完成时间2024年12月", ["V501"]),
        ("群众评价", "满意度≥90%", ["V501"]),
        ("群众满意度", "满意度", ["V501"]),
        ("故障处理情况", "平均响应时间", ["V501"]),
        ("完成情况", "规定完成时间", []),
        ("居民满意度", "满意度调查≥85%", ["V501"]),
        ("投诉情况", "投诉次数≤3次", ["V501"]),
        ("投诉", "投诉率≤1%", ["V501"]),
        ("安全检查", "安全检查≥3次", ["V501"]),
        ("安全检查", "检查≥3次", []),
        ("组织管理完备性", "完备", []),
        ("服务效率", "提高办事效率", ["Q406"]),
        ("验收合格率", "待定", ["V505"]),
        ("资金管理规范性", "严格按制度执行", ["V503"]),
        ("制度执行率", "严格按制度执行", ["Q403"]),
        ("每次接听成本", "总支出/有效接听量", ["V503"]),
        ("系统运行", "全年稳定运行，", ["V504"]),
        ("系统运行", "全年（含节假日", ["V504"]),
        ("科学普及", "基本普及", []),
        ("服务时间", "7*24小时", []),
    ],
)
def test_values(name: str, target: str, found: list[str]) -> None:
    codes = [code for code, *_ in findings(row("质量指标", name, target), VALUE, QUALITY, UNITS)]
    assert codes == found


def test_an_empty_value_is_told_unless_the_reading_lost_it() -> None:
    empty = {"level1": "产出指标", "level2": "数量指标", "name": "采购数量"}
    assert findings(empty, VALUE) == [("V502", "error", "填写指标值；不考核的指标删去")]
    assert findings({**empty, "value_lost": True}, VALUE) == []


@pytest.mark.parametrize(
    ("name", "target", "message"),
    [
        ("完成**项目数量", "=1(个)", ["“完成**项目数量”是占位符，应换成实际内容"]),
        ("培训人次", "≥XX(人次)", ["“≥XX(人次)”是占位符，应换成实际内容"]),
        ("数据中心XC改造完成率", "=100(%)", []),
    ],
)
def test_placeholders_in_names_and_values(name: str, target: str, message: list[str]) -> None:
    assert messages(row("数量指标", name, target), VALUE) == message


@pytest.mark.parametrize(("name", "target"), [("无", "无"), ("不涉及", "/"), ("不适用", ""), ("0", "0.00%")])
def test_a_row_that_says_there_is_no_indicator_has_no_defect(name: str, target: str) -> None:
    rows = [row(level2, name, target, "效益指标") for level2 in ("经济效益指标", "生态效益指标")]
    assert findings({"rows": rows}, VALUE, QUALITY, UNITS, "names", "duplication") == []


def test_no_indicator_with_a_value_is_a_placeholder() -> None:
    assert [code for code, *_ in findings(row("质量指标", "无", "≥90(%)"), "names")] == ["N601"]
