"""docs/policy-coverage.md says which rule stands where; it is written by a command."""

from typer.testing import CliRunner

from lianshang.cli.policies import app
from lianshang.cli.policy_coverage import unplaced
from lianshang.core.policy_files import REPOSITORY, default_folder, read_policies
from lianshang.engines.rules import policy_from_mapping

COMMITTED = REPOSITORY / "docs" / "policy-coverage.md"


def test_the_committed_table_is_current() -> None:
    written = CliRunner().invoke(app, ["coverage"]).stdout
    told = "Run: lianshang policies coverage > docs/policy-coverage.md"
    assert COMMITTED.read_text(encoding="utf-8") == written, told


def test_every_national_policy_has_its_section() -> None:
    files = read_policies(default_folder())
    assert unplaced([policy_from_mapping(file.mapping) for file in files]) == []
