"""A finding keeps its identity through everything that does not change the form."""

from __future__ import annotations

import shutil
from itertools import permutations
from pathlib import Path

import pytest

import perflint
from perflint.report.fingerprints import normal
from tests.paper import COUNT_IN_PERCENT, SOUND, form, write

FILES = Path(__file__).parent.parent / "fixtures" / "files"
OTHER = ("产出指标", "质量指标", "系统故障次数", "=0(%)")


def fingerprints(*paths: Path) -> list[tuple[str, str]]:
    report = perflint.check(paths, select=("U301",))
    return sorted(
        (finding["fingerprint"], finding["excerpt"])
        for document in report["documents"]
        for finding in document["findings"]
    )


def test_a_renamed_file_with_forms_and_rows_in_another_order_keeps_its_fingerprints(folder: Path) -> None:
    first = form("甲项目", [*SOUND, COUNT_IN_PERCENT, OTHER])
    second = form("乙项目", [*SOUND, COUNT_IN_PERCENT])
    before = fingerprints(write(folder / "a.html", first, second))
    moved = form("甲项目", [OTHER, *SOUND[::-1], COUNT_IN_PERCENT])
    after = fingerprints(write(folder / "sub" / "b.html", second, moved))
    assert len(before) == 3
    assert after == before


def test_findings_on_several_forms_do_not_depend_on_the_names_of_their_files(folder: Path) -> None:
    unit = "甲区疾病预防控制中心"
    pages = [
        form("设备购置"),
        form("设备购置").replace(unit, "甲区妇幼保健所"),
        form("设备购置").replace(f"<td>{unit}</td>", "<td></td>").replace("甲区卫生健康委员会", ""),
        form("校舍修缮"),
    ]

    def found(order: tuple[int, ...]) -> list[tuple[str, list[str]]]:
        paths = [write(folder / f"{name}.html", pages[at]) for name, at in zip("abcd", order, strict=True)]
        report = perflint.check(paths, select=("D204", "D206"))
        return sorted(
            (finding["fingerprint"], finding["projects"])
            for document in report["documents"]
            for finding in document["findings"]
        )

    first = found((0, 1, 2, 3))
    assert first
    assert all(found(order) == first for order in permutations(range(4)))


@pytest.mark.parametrize("other", ["docx", "xlsx", "html", "chromium.pdf", "writer.pdf"])
def test_a_form_typeset_anew_keeps_its_fingerprints(other: str) -> None:
    name = "declaration-2026-statistics-centre"
    codes = ("D201", "D205", "U", "Q4", "N6")

    def found(path: Path) -> set[str]:
        report = perflint.check([path], select=codes)
        return {
            finding["fingerprint"] for document in report["documents"] for finding in document["findings"]
        }

    original = found(FILES / f"{name}.reportlab.pdf")
    assert len(original) >= 10
    assert found(FILES / f"{name}.{other}") == original


def test_the_same_defect_twice_in_a_form_has_two_fingerprints(folder: Path) -> None:
    twice = fingerprints(
        write(folder / "a.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT, COUNT_IN_PERCENT]))
    )
    once = fingerprints(write(folder / "b.html", form("甲项目", [*SOUND, COUNT_IN_PERCENT])))
    assert len({fingerprint for fingerprint, _ in twice}) == 2
    assert set(once) < set(twice)


def test_project_name_and_value_make_the_difference(folder: Path) -> None:
    changed = ("产出指标", "质量指标", "重大差错次数", "=1(%)")
    variants = [
        form("甲项目", [*SOUND, COUNT_IN_PERCENT]),
        form("乙项目", [*SOUND, COUNT_IN_PERCENT]),
        form("甲项目", [*SOUND, changed]),
        form("甲项目", [*SOUND, OTHER]),
    ]
    found = {fingerprints(write(folder / "a.html", variant))[0][0] for variant in variants}
    assert len(found) == len(variants)


def test_files_without_a_form_are_told_apart_by_their_content(folder: Path) -> None:
    (folder / "a.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 broken too")
    shutil.copy(folder / "a.pdf", folder / "c.pdf")
    report = perflint.check([folder / name for name in ("a.pdf", "b.pdf", "c.pdf")])
    first, second, third = (document["findings"][0]["fingerprint"] for document in report["documents"])
    assert first != second
    assert first == third


@pytest.mark.parametrize(
    ("left", "right"), [(" ＝０（％） ", "=0(%)"), (">=90%", "≥90%"), ("≧ 3", "≥3"), ("ＡＢ c", "abC")]
)
def test_width_case_and_blanks_do_not_count(left: str, right: str) -> None:
    assert normal(left) == normal(right)
