"""What the rules on names, values and units say, all together, about rows of many fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.judged import findings, row

GROUPS = ("units", "target_quality", "value_column", "names")
TABLE = Path(__file__).parent / "data" / "rows_of_many_fields.txt"
LEVEL1 = {"数量": "产出", "质量": "产出", "时效": "产出", "成本": "产出", "服务对象满意度": "满意度"}


def table() -> list[tuple[str, ...]]:
    """Return the rows of the table: level 2, name, target, codes."""
    lines = TABLE.read_text("utf-8").splitlines()
    return [
        tuple(cell.strip() for cell in f"{line} ".split(" | ")) for line in lines if not line.startswith("#")
    ]


@pytest.mark.parametrize(("level2", "name", "target", "codes"), table())
def test_row(level2: str, name: str, target: str, codes: str) -> None:
    level1 = LEVEL1.get(level2) or ("成本" if level2.endswith("成本") else "效益")
    found = findings(row(f"{level2}指标", name, target, f"{level1}指标"), *GROUPS)
    assert sorted({code for code, *_ in found}) == codes.split()
