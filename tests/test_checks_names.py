"""Rules on indicator names."""

from __future__ import annotations

import pytest

from tests.judged import findings, row


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("定性指标", ["N601"]),
        ("满意度", ["N601"]),
        ("用户满意度", []),
        ("宽带不小于100M", ["N602"]),
        ("服务满意度总体评价水平达到", ["N602"]),
        ("3大运营厂商覆盖率", []),
        ("65岁以上老年人体检人数", []),
        ("《卫生资源调查制度》", ["N603"]),
        ("《政府采购办法》执行率", []),
        ("是否达到行业服务标准", ["N604"]),
        ("信息安全建设是否加强", ["N604"]),
        ("有无线网络覆盖的场所数", []),
        ("保障安全性、稳定性", ["N605"]),
        ("报送及时率和准确率", ["N605"]),
        ("开展评选、评估、督导、调研次数", ["N605"]),
        ("租用云及安全资源质量达标率", []),
        ("“挂号难、缴费慢、排队长、态度差”的现象", []),
    ],
)
def test_names(name: str, found: list[str]) -> None:
    assert [code for code, *_ in findings(row("质量指标", name, "=1(个)"), "names")] == found


def test_a_target_in_the_name_leaves_the_name_to_paste() -> None:
    assert findings(row("质量指标", "宽带不小于100M", "是"), "names") == [("N602", "advice", "宽带")]
