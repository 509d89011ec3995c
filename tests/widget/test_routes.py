"""What the routes give: the same answers as the assistant, quotes that stand in the text."""

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from chains import FORMS, Assistant, Turn
from tests.conftest import ECONOMY

ASK = "/api/v1/ask"
QUESTION = "Hvor mange nærhospitaler kan der oprettes?"


def same(answer: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(answer[k] == other[k] for k in other if k not in {"timings_ms", "request_id"})


@pytest.mark.parametrize(
    "body",
    [
        {"question": QUESTION},
        {"question": "Hvad beholder regionerne af nærhedsfinansieringen ved to kriterier?"},
        {"question": "Hvem vandt kampen i går?"},
        {"question": ""},
        {"question": "Og i 2024?", "history": [{"question": QUESTION, "answer": "25 [1]"}]},
        {"question": "Hvad er teknologibidraget?", "agreements": [ECONOMY]},
        {"question": "a\x00\x0b\u2028b?"},
    ],
    ids=lambda body: body["question"][:20],
)
def test_answers_are_those_of_the_assistant_at_once_and_streamed(
    api: TestClient, fake_assistant: Assistant, body: dict[str, Any]
) -> None:
    plain = api.post(ASK, json=body)
    streamed = api.post(f"{ASK}/stream", json=body)
    assert (plain.status_code, streamed.status_code) == (200, 200)
    events = [e.split("\n") for e in streamed.text.split("\n\n") if e]
    names = [lines[1] for lines in events]
    assert names == ["event: stage"] * (len(names) - 1) + ["event: answer"]
    stages = [json.loads(lines[2].removeprefix("data: "))["stage"] for lines in events[:-1]]
    assert stages == ["understand", "retrieve", "calculate", "compose", "verify"]
    last = json.loads(events[-1][2].removeprefix("data: "))
    assert last["request_id"] == streamed.headers["x-request-id"]
    assert plain.json()["request_id"] == plain.headers["x-request-id"]
    own = fake_assistant.answer(
        body["question"],
        [Turn(**t) for t in body.get("history", [])],
        body.get("agreements"),
    ).model_dump(mode="json")
    assert same(plain.json(), own)
    assert same(last, own)


def test_every_quote_stands_in_the_text_that_is_served(api: TestClient) -> None:
    answer = api.post(ASK, json={"question": QUESTION}).json()
    for citation in answer["citations"]:
        agreement = api.get(f"/api/v1/agreements/{citation['agreement_id']}").json()
        assert agreement["text"][citation["start"] : citation["end"]] == citation["quote"]
        assert agreement["version"] == citation["agreement_version"]
        passage = api.get(f"/api/v1/passages/{citation['passage_id']}").json()
        assert agreement["text"][passage["start"] : passage["end"]] == passage["text"]
        assert citation["quote"] in passage["text"]


def test_agreements_have_their_head_sections_and_no_text_in_the_list(api: TestClient) -> None:
    listed = api.get("/api/v1/agreements").json()
    assert [a["id"] for a in listed] == [ECONOMY, "sundhedsreform-udmoentning-2022"]
    assert "text" not in listed[0]
    whole = api.get(f"/api/v1/agreements/{ECONOMY}").json()
    assert whole["sections"][1]["start"] < whole["sections"][-1]["end"] <= len(whole["text"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=teknologibidrag", "teknologibidrag"),
        ("q=teknologibidraget&year=2021&party=region", "teknologibidrag"),
        (f"q=nærhospitaler&agreement={ECONOMY}", None),
        ("q=kvantecomputer", None),
        ("q=de og den", None),
    ],
)
def test_figures_are_found_by_words_year_party_and_agreement(
    api: TestClient, query: str, expected: str | None
) -> None:
    found = api.get(f"/api/v1/figures?{query}").json()
    assert (found[0]["figure_id"] if found else None) == expected


def test_a_figure_is_printed_where_it_says(api: TestClient) -> None:
    figures = api.get("/api/v1/figures").json()
    texts = {a: api.get(f"/api/v1/agreements/{a}").json()["text"]
             for a in {f["agreement_id"] for f in figures}}  # fmt: skip
    assert len(figures) > 100
    for figure in figures:
        assert texts[figure["agreement_id"]][figure["start"] : figure["end"]] == figure["printed"]


CALCULATED = [
    ("proximity_funding", {"criteria": 2}, "1.041,4 mio. kr."),  # 67 % of 1,554.4
    ("proximity_funding", {"criteria": 2, "side": "settled"}, "513 mio. kr."),  # 33 %
    ("cost_split", {"amount": 30}, "12 mio. kr."),  # 40 % of 30
    ("price_level", {"amount": 250, "from_year": 2020, "to_year": 2021}, "253,3 mio. kr."),
    ("basic_contribution", {"inhabitants": 58_000}, "6.554.000 kr."),  # 113 each
    ("conditional_grant", {"amount": 121_000, "year": 2021}, "282 mio. kr."),  # frame 120,718
    ("series", {"subject": FORMS["series"].model_fields["subject"].examples[0],  # type: ignore[index]
                "first_year": 2022, "last_year": 2024}, "444,5 mio. kr."),  # 35 + 203.9 + 205.6
    ("per_unit", {"subject": "et nærhospital"}, "160 mio. kr."),  # 4,000 / 25
    ("target", {"baseline": 40_000}, "12.000 ton"),  # 30 % left
    ("shares", {"subject": "regionernes teknologibidrag", "percent": "18"}, "72 mio. kr."),
    ("arithmetic", {"operation": "difference", "first": "teknologibidraget",
                    "second": "nærhedsfinansieringen"}, "1.154,4 mio. kr."),
]  # fmt: skip


@pytest.mark.model
@pytest.mark.parametrize(("name", "fields", "shown"), CALCULATED)
def test_calculators_give_a_result_with_steps_and_quotes(
    open_api, assistant: Assistant, name: str, fields: dict[str, Any], shown: str
) -> None:
    response = open_api(assistant).post(f"/api/v1/calculators/{name}", json=fields)
    answer = response.json()
    assert response.status_code == 200, answer
    assert answer["calculation"]["calculator"] == name
    assert answer["calculation"]["result"]["display"] == shown
    assert answer["citations"]
    assert answer["calculation"]["steps"]


def test_every_calculator_is_listed_with_its_fields(api: TestClient) -> None:
    listed = api.get("/api/v1/calculators").json()
    assert {c["name"] for c in listed} == {name for name, _, _ in CALCULATED} == set(FORMS)
    assert all(c["title"] and c["fields"]["properties"] for c in listed)


@pytest.mark.parametrize(
    ("path", "body", "part"),
    [
        ("proximity_funding", {"criteria": 9}, "4 kriterier"),
        ("price_level", {"amount": 1, "from_year": 2024, "to_year": 2025}, "2020 til 2021"),
    ],
)
def test_what_cannot_be_worked_out_is_told_in_danish(
    api: TestClient, path: str, body: dict[str, Any], part: str
) -> None:
    response = api.post(f"/api/v1/calculators/{path}", json=body)
    assert response.status_code == 422
    assert part in response.json()["detail"]


def test_numbers_of_a_text_are_checked(api: TestClient) -> None:
    text = "Teknologibidraget er 400 mio. kr."
    numbers = api.post("/api/v1/check", json={"text": text}).json()["numbers"]
    assert [text[n["start"] : n["end"]] for n in numbers] == [n["printed"] for n in numbers]


def test_feedback_is_kept_once_for_one_key(api: TestClient) -> None:
    answer = api.post(ASK, json={"question": QUESTION}).json()
    body = {"right": False, "reason": "Andet år", "question": QUESTION, "kind": answer["kind"],
            "text": answer["text"], "citations": answer["citations"],
            "corpus_version": answer["corpus_version"]}  # fmt: skip
    key = {"Idempotency-Key": "a-key-of-mine"}
    sent = [api.post("/api/v1/feedback", json=body, headers=key) for _ in range(2)]
    assert [r.status_code for r in sent] == [201, 201]
    other = api.post("/api/v1/feedback", json={**body, "right": True}, headers=key)
    assert other.status_code == 422
    assert "Idempotency-Key" in other.json()["detail"]


def test_the_widget_finds_its_texts_and_files(api: TestClient) -> None:
    texts = api.get("/api/v1/texts").json()
    assert "AI-system" in texts["intro"]
    assert texts["stages"]["verify"]
    for path, kind in [
        ("/widget/v1/aftale-assistent.js", "text/javascript"),
        ("/demo", "text/html"),
    ]:
        response = api.get(path)
        assert response.headers["content-type"].startswith(kind)
        assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


def test_openapi_names_every_operation_once_with_its_problems(api: TestClient, open_api) -> None:
    document = open_api(internal=True).get("/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    routes = [r for methods in document["paths"].values() for r in methods.values()]
    ids = [r["operationId"] for r in routes]
    assert len(ids) == len(set(ids)) == 12 + len(FORMS)
    assert all(r["summary"] and "500" in r["responses"] for r in routes)
    text = json.dumps(document)
    assert "HTTPValidationError" not in text
    assert api.get("/openapi.json").status_code == 404
    assert api.get("/metrics").status_code == 404
