"""The API answers whatever its own description allows, and nothing that the description leaves out.

A small share of `make fuzz`, behind the fake embedder. What fits the description may still be
refused: an agreement that there is not, inputs that a calculator cannot work with.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from schemathesis.specs.openapi.schemas import OpenApiSchema

from chains import Assistant, Settings
from corpus.settings import PROJECT
from widget.api import Api

_CASES = 15
"""For each of 22 operations."""
_RELEASED = json.loads((PROJECT / "widget/releases/openapi-1.0.0.json").read_text("utf-8"))
OPERATIONS = [(path, method) for path, methods in _RELEASED["paths"].items() for method in methods]


@pytest.fixture(scope="module")
def described(
    fake_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenApiSchema]:
    given = Settings(
        var_dir=tmp_path_factory.mktemp("fuzz"), api_asks_per_minute=100_000,
        api_asks_at_once=100, api_hosts=("localhost", "testserver"), _env_file=None,
    )  # fmt: skip
    api = Api(fake_assistant, given)

    async def openapi() -> dict[str, object]:
        return api.app.openapi()

    api.app.add_api_route("/openapi.json", openapi, include_in_schema=False)
    yield schemathesis.openapi.from_asgi("/openapi.json", api.app)
    api.close()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_every_answer_is_one_that_the_description_names(
    described: OpenApiSchema, path: str, method: str
) -> None:
    @settings(
        max_examples=_CASES, deadline=None, derandomize=True, database=None,
        phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=described[path][method.upper()].as_strategy())
    def ask(case) -> None:
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    ask()
