"""The routes that answer: questions, checked numbers, calculators, feedback."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from starlette.responses import Response

from chains import FORMS, Answer, Assistant, Check, Form, Settings, api_texts, errors, texts
from widget.auth import Door
from widget.bodies import (
    ApiAnswer,
    AskBody,
    CalculatorEntry,
    CheckBody,
    FeedbackBody,
    FeedbackKept,
)
from widget.capacity import Capacity, T
from widget.metrics import Metrics
from widget.problems import documented
from widget.stream import Stages, stream_answer
from widget.workers import Answering

_PROBLEMS = documented(400, 401, 403, 405, 408, 413, 415, 421, 422, 429, 500, 503)
_ANSWER: dict[int | str, dict[str, Any]] = {200: {"model": ApiAnswer}, **_PROBLEMS}
_EVENT = {
    "type": "object",
    "properties": {
        "event": {"enum": ["stage", "answer", "error"]},
        "id": {"type": "string"},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
    "required": ["event", "id", "data"],
}
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"schema": _EVENT}}},
    **_PROBLEMS,
}


def make_router(
    assistant: Assistant,
    answering: Answering,
    settings: Settings,
    door: Door,
    capacity: Capacity,
    metrics: Metrics,
) -> APIRouter:
    """Return the routes."""
    router = APIRouter(prefix="/api/v1", tags=["ask"], dependencies=[Depends(door.admit)])

    async def run(request: Request, work: Callable[[threading.Event], T]) -> T:
        job = capacity.submit(request.state.who.name, work)
        return await capacity.wait(job, lambda: _gone(request))

    def finish(answer: Answer, request: Request) -> ApiAnswer:
        metrics.note_answer(answer)
        fields = dict(answer)
        return ApiAnswer.model_construct(**fields, request_id=request.state.request_id)

    @router.post(
        "/ask",
        operation_id="ask",
        summary=api_texts.SUMMARIES["ask"],
        response_model=None,
        responses=_ANSWER,
    )
    async def ask(request: Request, body: AskBody) -> Response:
        answer = await run(
            request,
            lambda stop: answering.answer(
                body.question, body.turns, body.agreements, lambda _: _check(stop)
            ),
        )
        return _json(finish(answer, request).model_dump_json())

    @router.post(
        "/ask/stream",
        operation_id="askStream",
        summary=api_texts.SUMMARIES["askStream"],
        description=api_texts.STREAM_DOC,
        response_model=None,
        responses=_STREAM,
    )
    async def ask_stream(request: Request, body: AskBody) -> Response:
        stages = Stages()

        def work(stop: threading.Event) -> Answer:
            def on_stage(stage: str) -> None:
                _check(stop)
                stages.tell(stage)

            return answering.answer(body.question, body.turns, body.agreements, on_stage)

        job = capacity.submit(request.state.who.name, work, streamed=True)
        request_id: str = request.state.request_id
        return await stream_answer(
            job, stages, request_id, settings.api_timeout_s,
            lambda answer: finish(answer, request).model_dump_json(),
        )  # fmt: skip

    @router.post(
        "/check",
        operation_id="checkNumbers",
        summary=api_texts.SUMMARIES["checkNumbers"],
        response_model=None,
        responses={200: {"model": Check}, **_PROBLEMS},
    )
    async def check(request: Request, body: CheckBody) -> Response:
        found = await run(request, lambda _: answering.check(body.text, body.agreements))
        return _json(found.model_dump_json())

    @router.get(
        "/calculators",
        operation_id="listCalculators",
        summary=api_texts.SUMMARIES["listCalculators"],
        responses=documented(400, 401, 403, 405, 421, 500),
    )
    async def list_calculators() -> list[CalculatorEntry]:
        return [
            CalculatorEntry(
                name=name, title=api_texts.CALCULATORS[name], fields=form.model_json_schema()
            )
            for name, form in FORMS.items()
        ]

    def add_calculator(name: str, form: type[Form]) -> None:
        async def calculate(request: Request, body: Form) -> Response:
            answer = await run(
                request, lambda stop: answering.calculate(name, body, lambda _: _check(stop))
            )
            return _json(finish(answer, request).model_dump_json())

        calculate.__annotations__ = {"request": Request, "body": form, "return": Response}
        router.add_api_route(
            f"/calculators/{name}",
            calculate,
            methods=["POST"],
            operation_id="calculate" + name.title().replace("_", ""),
            summary=api_texts.CALCULATORS[name],
            response_model=None,
            responses=_ANSWER,
        )

    for name, form in FORMS.items():  # a route each, so that each has fields of its own
        add_calculator(name, form)

    @router.post(
        "/feedback",
        operation_id="sendFeedback",
        status_code=201,
        summary=api_texts.SUMMARIES["sendFeedback"],
        responses=_PROBLEMS,
    )
    async def feedback(
        request: Request,
        body: FeedbackBody,
        key: Annotated[
            str | None, Header(alias="Idempotency-Key", min_length=8, max_length=200)
        ] = None,
    ) -> FeedbackKept:
        scoped = f"{request.state.who.name}\n{key}" if key else ""
        await run(
            request,
            lambda _: assistant.keep_feedback(
                body.answer, right=body.right, reason=body.reason, history=body.history, key=scoped
            ),
        )
        return FeedbackKept(thanks=texts.FEEDBACK_THANKS)

    return router


def _check(stop: threading.Event) -> None:
    if stop.is_set():
        raise errors.AskCancelled


async def _gone(request: Request) -> None:
    """Return when the caller has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        continue


def _json(body: str) -> Response:
    return Response(body, media_type="application/json")
