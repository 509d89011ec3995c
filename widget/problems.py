"""Errors -> problem+json (RFC 9457), in Danish, with the request's id and nothing of our inside."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.responses import Response

from chains import AssistantError, api_texts, errors, mask_cpr, texts

MEDIA_TYPE = "application/problem+json"
_MOST_ERRORS = 20
_LONGEST_FIELD = 100
_STATUS: tuple[tuple[type[AssistantError], int], ...] = (
    (errors.QuestionTooLong, 422),
    (errors.HistoryTooLong, 422),
    (errors.UnknownAgreement, 422),
    (errors.NotWorkedOut, 422),
    (errors.CalculationError, 422),
    (errors.QuantityError, 422),
    (errors.FeedbackConflict, 422),
    (errors.UnknownPassage, 404),
    (errors.NotAuthenticated, 401),
    (errors.OriginRefused, 403),
    (errors.TooManyAsks, 429),
    (errors.Overloaded, 503),
    (errors.AnswerTooSlow, 503),
    (errors.AnswerLost, 503),
    (errors.AskCancelled, 499),
    (errors.IndexProblem, 503),
)
_OPEN = (errors.ApiError, errors.UnknownPassage, errors.NotWorkedOut, errors.CalculationError,
         errors.QuantityError, errors.FeedbackConflict, errors.QuestionTooLong,
         errors.HistoryTooLong, errors.UnknownAgreement, errors.AskCancelled)  # fmt: skip
"""Errors whose sentence may be shown; those of files and servers name paths of ours."""


class FieldError(BaseModel):
    """What is wrong with a field."""

    model_config = ConfigDict(extra="forbid")

    field: str
    detail: str


class Problem(BaseModel):
    """An error, as RFC 9457 has it."""

    model_config = ConfigDict(extra="forbid")

    type: str
    title: str
    status: int
    detail: str
    request_id: str
    errors: list[FieldError] | None = None
    suggestions: list[str] | None = None


def problem_response(
    request_id: str,
    status: int,
    detail: str | None = None,
    *,
    kind: str = "",
    headers: Mapping[str, str] | None = None,
    field_errors: Sequence[FieldError] = (),
    suggestions: Sequence[str] = (),
) -> Response:
    """Return a problem as a response."""
    problem = Problem(
        type=f"urn:aftaleassistenten:{kind}" if kind else "about:blank",
        title=api_texts.TITLES.get(status, api_texts.TITLES[400]),
        status=status,
        detail=_clean(detail or api_texts.DETAILS.get(status) or api_texts.DETAILS[400]),
        request_id=request_id,
        errors=list(field_errors) or None,
        suggestions=list(suggestions) or None,
    )
    body = problem.model_dump_json(exclude_none=True)
    return Response(body, status, dict(headers or {}), media_type=MEDIA_TYPE)


def of_error(error: AssistantError, request_id: str) -> Response:
    """Return one of our errors as a response."""
    status = next((code for cls, code in _STATUS if isinstance(error, cls)), 500)
    headers = {}
    if status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    retry = getattr(error, "retry_after_s", None)
    if retry or status == 503:
        headers["Retry-After"] = str(retry or 5)
    return problem_response(
        request_id,
        status,
        texts.describe_error(error) if isinstance(error, _OPEN) else None,
        kind=type(error).__name__,
        headers=headers,
        suggestions=getattr(error, "suggestions", ()),
    )


def install(app: FastAPI) -> None:
    """Let every error of an app become a problem."""

    async def ours(request: Request, error: Exception) -> Response:
        known = error if isinstance(error, AssistantError) else errors.ApiError()
        return of_error(known, request.state.request_id)

    async def invalid(request: Request, error: Exception) -> Response:
        found = error.errors() if isinstance(error, RequestValidationError) else []
        shown = [_field_error(one) for one in found[:_MOST_ERRORS]]
        return problem_response(
            request.state.request_id, 422, kind="InvalidInput", field_errors=shown
        )

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = error.headers if isinstance(error, HTTPException) else None
        return problem_response(request.state.request_id, status, headers=headers)

    app.add_exception_handler(AssistantError, ours)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)


def _field_error(error: Mapping[str, Any]) -> FieldError:
    place = [str(part) for part in error.get("loc", ()) if part != "body"]
    told = api_texts.FIELD_ERRORS.get(str(error.get("type")), api_texts.FIELD_ERROR)
    limits = {k: v for k, v in (error.get("ctx") or {}).items() if isinstance(v, int | float | str)}
    try:
        told = told.format(**limits)
    except KeyError:
        told = api_texts.FIELD_ERROR
    return FieldError(field=_clean(".".join(place))[:_LONGEST_FIELD], detail=told)


def _clean(text: str) -> str:
    """Return a text that is valid UTF-8 and holds no CPR number."""
    return mask_cpr(text.encode("utf-8", "replace").decode())


def documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return what OpenAPI says of the problems of a route."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {
            "description": api_texts.TITLES[status],
            "content": {MEDIA_TYPE: {"schema": schema, "example": _example(status)}},
        }
        for status in statuses
    }


def _example(status: int) -> dict[str, Any]:
    detail = api_texts.DETAILS.get(status) or api_texts.TITLES[status]
    body = problem_response("9f2c4e0a7b1d4c5e", status, detail).body
    example: dict[str, Any] = json.loads(bytes(body))
    return example
