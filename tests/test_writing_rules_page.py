"""What docs/writing-rules shows is what the example plugin holds."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PLUGIN = ROOT / "tests" / "plugin"


@pytest.mark.parametrize("page", ["writing-rules.md", "writing-rules.zh-CN.md"])
def test_rule_of_the_page_is_the_rule_of_the_plugin(page: str) -> None:
    text = (ROOT / "docs" / page).read_text("utf-8")
    block = re.search(r"```toml\n( *code = .*?)```", text, re.DOTALL)
    assert block is not None
    shown = tomllib.loads("\n".join(line.strip() for line in block[1].splitlines()))
    assert shown == tomllib.loads((PLUGIN / "rules" / "ORG002-empty-talk.toml").read_text("utf-8"))


def test_check_of_the_page_is_the_check_of_the_plugin() -> None:
    text = (ROOT / "docs" / "writing-rules.md").read_text("utf-8")
    block = re.search(r"```python\n(.*?)```", text, re.DOTALL)
    assert block is not None
    source = (PLUGIN / "perflint_example" / "__init__.py").read_text("utf-8")
    for part in block[1].split("\n\n\n"):
        assert part.strip() in source
