"""What has been released stays as it is: the file of each version, and the contract of the API."""

import base64
import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from chains import Assistant, Settings
from corpus.settings import PROJECT
from widget.api import VERSION, Api
from widget.contract import breaks

RELEASES = PROJECT / "widget" / "releases"
RELEASED = json.loads((RELEASES / f"openapi-{VERSION}.json").read_text(encoding="utf-8"))


def integrity(version: str) -> str:
    held = (RELEASES / f"aftale-assistent-{version}.js").read_bytes()
    return "sha384-" + base64.b64encode(hashlib.sha384(held).digest()).decode()


def test_the_file_of_a_version_is_for_ever_and_has_the_published_hash(api: TestClient) -> None:
    published = dict(
        re.findall(r"^\| (\S+) \| `(sha384-\S+)` \|$", (PROJECT / "README.md").read_text(), re.M)
    )
    versions = [p.stem.removeprefix("aftale-assistent-") for p in RELEASES.glob("*.js")]
    assert published == {version: integrity(version) for version in versions}
    for version in versions:
        response = api.get(f"/widget/{version}/aftale-assistent.js")
        assert response.content == (RELEASES / f"aftale-assistent-{version}.js").read_bytes()
        assert "immutable" in response.headers["cache-control"]
        assert response.headers["access-control-allow-origin"] == "*"
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
    short = api.get("/widget/v1/aftale-assistent.js")
    assert short.headers["cache-control"] == "public, max-age=300"


def test_the_newest_version_is_what_v1_gives(api: TestClient) -> None:
    """If this fails, the file has changed: give it a version, its copy and hash (README)."""
    newest = api.get(f"/widget/{VERSION}/aftale-assistent.js").content
    assert newest == api.get("/widget/v1/aftale-assistent.js").content


def test_the_contract_is_kept(fake_assistant: Assistant) -> None:
    api = Api(fake_assistant, Settings(_env_file=None))
    now = json.loads(json.dumps(api.app.openapi()))
    api.close()
    assert breaks(RELEASED, now) == []


def _without(document: dict[str, Any], *path: str) -> dict[str, Any]:
    changed = json.loads(json.dumps(document))
    place = changed
    for name in path[:-1]:
        place = place[name]
    del place[path[-1]]
    return changed  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    "path",
    [
        ("paths", "/api/v1/figures"),
        ("paths", "/api/v1/ask", "post"),
        ("paths", "/api/v1/ask", "post", "responses", "200"),
        ("components", "schemas", "ApiAnswer", "properties", "citations"),
        ("components", "schemas", "AskBody", "properties", "agreements"),
        ("components", "schemas", "Problem", "properties", "detail"),
    ],
    ids=str,
)
def test_what_is_taken_away_breaks_it(path: tuple[str, ...]) -> None:
    assert breaks(RELEASED, _without(RELEASED, *path))
    assert breaks(_without(RELEASED, *path), RELEASED) == []  # and what is added does not


def test_what_is_newly_demanded_narrowed_or_renamed_breaks_it() -> None:
    changes: tuple[Callable[[dict[str, Any]], object], ...] = (
        lambda d: d["components"]["schemas"]["AskBody"]["required"].append("agreements"),
        lambda d: d["components"]["schemas"]["AskBody"]["properties"]["question"].update(
            maxLength=100
        ),
        lambda d: d["components"]["schemas"]["ApiAnswer"]["properties"]["text"].update(
            type="integer"
        ),
        lambda d: d["components"]["schemas"]["ApiAnswer"]["required"].remove("text"),
        lambda d: d["paths"]["/api/v1/figures"]["get"]["parameters"][0].update(required=True),
        lambda d: d["paths"]["/api/v1/ask"]["post"].update(operationId="answer"),
    )
    for change in changes:
        changed = json.loads(json.dumps(RELEASED))
        change(changed)
        assert breaks(RELEASED, changed)
