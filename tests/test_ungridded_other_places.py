"""Text of other producers: page numbers, numbered rows, parted headings, labels with their value."""

from __future__ import annotations

from tests.test_ungridded_sections import recognise

TITLE = "财政项目支出绩效目标申报表"
HEAD = "一级指标\t二级指标\t三级指标\t指标值"


def read(*lines: str) -> list[list[tuple[str, str | None]]]:
    """Return name and target of the rows of each form."""
    return [
        [(row.name.text, row.target_passage.text if row.target_passage else None) for row in form.indicators]
        for form in recognise("\n".join(lines)).forms
    ]


def test_page_numbers_between_rows() -> None:
    found = read(
        TITLE,
        "项目名称\t甲项目",
        HEAD,
        "产出指标\t数量指标\t养护里程\t=412(公里)",
        "",
        "— 12 —",
        "\f",
        "\t质量指标\t优良路率\t≥88(%)",
        "第 13 页 共 20 页",
        "\t时效指标\t抢通时间\t≤24(小时)",
    )
    assert found == [[("养护里程", "=412(公里)"), ("优良路率", "≥88(%)"), ("抢通时间", "≤24(小时)")]]


def test_page_header_that_repeats() -> None:
    header = "某区2025年部门预算"
    found = read(
        header,
        TITLE,
        "项目名称\t甲项目",
        HEAD,
        "产出指标\t数量指标\t养护里程\t=412(公里)",
        f"\f{header}",
        "\t质量指标\t优良路率\t≥88(%)",
        f"\f{header}",
        "\t时效指标\t抢通时间\t≤24(小时)",
        f"\f{header}",
    )
    assert found == [[("养护里程", "=412(公里)"), ("优良路率", "≥88(%)"), ("抢通时间", "≤24(小时)")]]


def test_rows_with_a_number() -> None:
    found = read(
        TITLE,
        "项目名称\t甲项目",
        f"序号\t{HEAD}",
        "1\t产出指标\t数量指标\t养护里程\t=412(公里)",
        "2\t\t质量指标\t优良路率\t≥88(%)",
        "3\t\t时效指标\t抢通时间\t≤24(小时)",
    )
    assert found == [[("养护里程", "=412(公里)"), ("优良路率", "≥88(%)"), ("抢通时间", "≤24(小时)")]]


def test_heading_of_the_value_parted_in_a_second_line() -> None:
    found = read(
        TITLE,
        "项目名称\t甲项目",
        HEAD,
        "\t\t\t上年实际值\t预期当年实现值",
        "产出指标\t数量指标\t养护里程\t400公里\t≥412公里",
        "\t质量指标\t优良路率\t86%\t≥88%",
    )
    assert found == [[("养护里程", "≥412公里"), ("优良路率", "≥88%")]]


def test_forms_whose_project_name_stands_behind_its_colon() -> None:
    form = ("项目名称：{}", HEAD, "产出指标\t数量指标\t养护里程\t=412公里")
    found = recognise("\n".join([TITLE, *form, TITLE, *form]).replace("{}", "甲项目"))
    assert [form.project_name.text for form in found.forms if form.project_name] == ["甲项目", "甲项目"]


def test_funds_in_a_line_without_a_label() -> None:
    (form,) = recognise(
        "\n".join(
            [
                "项目支出绩效自评表",
                "项目名称\t甲项目",
                "项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分",
                "\t782.00\t780.00\t741.00\t10\t95.00%\t9.5",
                "一级指标\t二级指标\t三级指标\t年度指标值\t完成值\t分值\t得分",
                "产出指标\t数量指标\t养护里程\t≥412公里\t412公里\t90\t90",
            ]
        )
    ).forms
    (row,) = form.funding.rows
    assert (row.label, row.role) == ("项目资金", "annual_total")
    assert {role: entry.value.text for role, entry in row.columns.items() if entry.value} == {
        "initial_budget": "782.00",
        "full_budget": "780.00",
        "spent": "741.00",
        "weight": "10",
        "rate": "95.00%",
        "score": "9.5",
    }
