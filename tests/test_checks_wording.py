"""Marks that pair, markup and suggestions of the rules of wording."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perflint.checks.repetition import doubling
from perflint.checks.wording import unpaired
from perflint.judge import judge_form, suggestion
from perflint.model import FormKind
from perflint.rules import load_rules
from perflint.rules.examples import build_form

RULES = {rule.code: rule for rule in load_rules()}
PAIRS = ["（）", "()", "《》", "【】", "「」", "“”", "〔〕"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("落实《办法》（试行）", None),
        ("落实《办法（试行）", ("《", 2)),
        ("（一）建设；（二）验收", None),
        ("1）建设；2）验收；a)收尾", None),
        ("建设（含监理", ("（", 2)),
        ("建设含监理）", ("）", 5)),
        ("《关于〈办法〉的通知》", None),
        ("打造“一网通办服务", ("“", 2)),
        ("打造“一网通办“服务", None),
        ("（包括社区)", None),
        ("（《办法）》", ("《", 1)),
    ],
)
def test_first_mark_without_its_partner(text: str, found: tuple[str, int] | None) -> None:
    assert unpaired(text) == found


@given(
    st.recursive(
        st.text("建设验收平台", max_size=4),
        lambda inner: st.builds(
            lambda pair, left, right: pair[0] + left + pair[1] + right, st.sampled_from(PAIRS), inner, inner
        ),
    )
)
def test_nested_pairs_are_never_reported(text: str) -> None:
    assert unpaired(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("采购成本成本", ("成本成本", "成本")),
        ("运维及时完成及时性", ("及时完成及时性", "")),
        ("准时到岗准时率", ("准时到岗准时率", "")),
        ("及时率和及时性", None),
        ("公共服务服务对象满意度", None),
        ("政策宣传宣传册", None),
        ("维修项目项目验收合格率", None),
        ("项目项目验收合格率", ("项目项目", "项目")),
        ("一户一档", None),
        ("天天向上", None),
    ],
)
def test_doubled_words(text: str, found: tuple[str, str] | None) -> None:
    assert doubling(text, "doubled") == found


@pytest.mark.parametrize(
    ("code", "goal", "mended"),
    [
        ("X001", "<p>完成平台升级。</p>", "完成平台升级。"),
        ("X001", "一网通办&nbsp;平台<br/>升级", "一网通办平台升级"),
        ("X004", "目标:完成升级,保障(含社区)运行", "目标：完成升级，保障（含社区）运行"),
        ("X006", "短息发送及时", "短信发送及时"),
        ("X006", "大辐提高应急相应能力", "大幅提高应急响应能力"),
        ("X003", "按是否信创原由方案附件拆解任务", "按拆解任务"),
    ],
)
def test_suggestion_is_the_text_mended(code: str, goal: str, mended: str) -> None:
    described: dict[str, Any] = {"goals": {"年度总体目标": goal}}
    form = build_form(described, FormKind.DECLARATION)
    verdicts = judge_form(form, [RULES[code]]).verdicts
    assert {suggestion(verdict.rule, verdict.hit, form, "zh") for verdict in verdicts} == {mended}
