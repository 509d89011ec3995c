"""An answer as it is kept with a conversation: masked, and read again by later programs."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from corpus import chat_texts
from corpus.cpr import mask_cpr
from corpus.models import Answer, AnswerKind

_PASSAGES_KEPT = 10
_OURS = {"citations", "passages", "corpus_version"}
"""Fields of an answer that hold nothing of the asker's: their numbers are the agreements'."""


def masked(answer: Answer) -> Answer:
    """Return an answer as it is kept: CPR numbers masked, the passages that are shown."""
    fields = answer.model_dump(mode="json")
    fields = {k: v if k in _OURS else _mask(v) for k, v in fields.items()}
    fields["passages"] = fields["passages"][:_PASSAGES_KEPT]
    return Answer.model_validate(fields)


def _mask(value: Any) -> Any:  # noqa: ANN401 - whatever JSON holds
    match value:
        case str():
            return mask_cpr(value)
        case list():
            return [_mask(item) for item in value]
        case dict():
            return {key: _mask(item) for key, item in value.items()}
        case _:
            return value


def read_kept(kept: str, question: str) -> Answer:
    """Read a kept answer; one of another program's form is shown by its text."""
    try:
        return Answer.model_validate_json(kept)
    except ValidationError:
        fields = json.loads(kept)
        question = str(fields.get("question", question))
        return Answer(
            question=question,
            standalone_question=question,
            kind=AnswerKind.TEXT,
            text=str(fields.get("text", "")),
            notes=(chat_texts.OTHER_FORM,),
            corpus_version=str(fields.get("corpus_version", "")),
        )
