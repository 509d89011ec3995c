"""The routes that look something up: agreements, passages, figures, texts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from starlette.exceptions import HTTPException

from chains import Assistant, FigureEntry, PassageEntry, api_texts, chat_texts, errors, texts
from widget.auth import Door
from widget.bodies import AgreementEntry, AgreementText, Id, entry_of
from widget.capacity import Capacity
from widget.problems import documented

_PROBLEMS = documented(400, 401, 403, 405, 408, 413, 421, 500, 503)
_OF_ONE = {**_PROBLEMS, **documented(404, 422)}
_Id = Annotated[str, Path(max_length=200)]
_Words = Annotated[str, Query(max_length=200, examples=[api_texts.EXAMPLE_FIGURE])]


def make_router(assistant: Assistant, door: Door, capacity: Capacity) -> APIRouter:
    """Return the routes; one that has no place for an unknown id says 404."""
    router = APIRouter(prefix="/api/v1", tags=["read"], dependencies=[Depends(door.admit)])

    @router.get(
        "/agreements",
        operation_id="listAgreements",
        summary=api_texts.SUMMARIES["listAgreements"],
        responses=_PROBLEMS,
    )
    async def agreements() -> list[AgreementEntry]:
        return [AgreementEntry(**entry_of(agreement)) for agreement in assistant.agreements]

    @router.get(
        "/agreements/{id}",
        operation_id="getAgreement",
        summary=api_texts.SUMMARIES["getAgreement"],
        responses=_OF_ONE,
    )
    async def agreement(id: _Id) -> AgreementText:  # noqa: A002 - the contract's name
        library = assistant.library
        try:
            found = library.agreement(id)
        except errors.UnknownAgreement as error:
            raise HTTPException(404) from error
        sections = await capacity.read(lambda: library.sections(id))
        return AgreementText(**entry_of(found), text=found.text, sections=sections)

    @router.get(
        "/passages/{id}",
        operation_id="getPassage",
        summary=api_texts.SUMMARIES["getPassage"],
        responses=_OF_ONE,
    )
    async def passage(id: _Id) -> PassageEntry:  # noqa: A002 - the contract's name
        return await capacity.read(lambda: assistant.library.passage(id))

    @router.get(
        "/figures",
        operation_id="findFigures",
        summary=api_texts.SUMMARIES["findFigures"],
        responses={**_PROBLEMS, **documented(422)},
    )
    async def figures(
        q: _Words = "",
        agreement: Annotated[Id | None, Query()] = None,
        year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
        party: Annotated[str, Query(max_length=100)] = "",
    ) -> list[FigureEntry]:
        found = await capacity.read(
            lambda: assistant.library.find_figures(q, agreement, year, party)
        )
        return list(found)

    @router.get(
        "/texts",
        operation_id="getTexts",
        summary=api_texts.SUMMARIES["getTexts"],
        responses=_PROBLEMS,
    )
    async def widget_texts() -> dict[str, str | list[str] | dict[str, str]]:
        return {
            **api_texts.WIDGET,
            "title": texts.CHAT_TITLE,
            "intro": texts.AI_NOTICE,
            "later": texts.LATER_NOT_INCLUDED,
            "examples_label": texts.CHAT_EXAMPLES,
            "examples": list(texts.EXAMPLES),
            "choices": texts.CHAT_CHOICES,
            "suggestions": texts.CHAT_SUGGESTIONS,
            "standalone": texts.CHAT_STANDALONE,
            "sources": texts.CHAT_SOURCES,
            "new": texts.CHAT_NEW,
            "failed": texts.CHAT_FAILED,
            "feedback": texts.FEEDBACK,
            "feedback_right": texts.FEEDBACK_RIGHT,
            "feedback_wrong": texts.FEEDBACK_WRONG,
            "feedback_reason": texts.FEEDBACK_REASON,
            "feedback_kept": texts.FEEDBACK_KEPT,
            "feedback_thanks": texts.FEEDBACK_THANKS,
            "not_found": chat_texts.NOT_FOUND_LABEL,
            "figure": chat_texts.FIGURE_LABEL,
            "kinds": chat_texts.KINDS,
            "stages": texts.STAGES,
        }

    return router
