"""The language model that words answers, behind one method; the only place that names a provider.

The model is LangChain's, so `ollama:…`, `openai:…`, `azure_openai:…` and every server that speaks
OpenAI's protocol will do. The deadlines are ours: LangChain sets none. The model has no tools,
nothing of LangChain's tracing is sent, and no question is logged.
"""

from __future__ import annotations

import importlib.util
import logging
import queue
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import httpx
import langsmith
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from pydantic import BaseModel, ValidationError

from chains.breaker import Breaker
from chains.llm_usage import Usage
from chains.model_host import base_url, check_host
from corpus.cpr import mask_cpr
from corpus.errors import ModelFailed, ModelPackageMissing, ModelUnknown, StorageError

if TYPE_CHECKING:
    from corpus.settings import Settings

_LOG = logging.getLogger(__name__)
Schema = TypeVar("Schema", bound=BaseModel)
Message = tuple[str, str]
"""Role (system, human, ai) and text."""
PACKAGES = {"openai": "langchain-openai", "azure_openai": "langchain-openai",
            "ollama": "langchain-ollama", "mistralai": "langchain-mistralai",
            "anthropic": "langchain-anthropic"}  # fmt: skip
_OPENAI = frozenset({"openai", "azure_openai"})
_MOST_TOKENS = 1_500
_MOST_CHARS = 20_000
"""What is longer is no wording of three quotes."""
_CHARS_A_TOKEN = 3
"""Where the server does not count: rather too many tokens than too few."""
_OBJECT = re.compile(r"\{.*\}", re.DOTALL)
_BUSY = 429
_SERVER_ERROR = 500


class Writer(Protocol):
    """Something that fills in a form in words."""

    def write(self, messages: Sequence[Message], schema: type[Schema], until: float) -> Schema:
        """Return what was written, in the form asked for.

        Args:
            messages: What is asked, oldest first.
            schema: The form.
            until: When nobody waits any more, by `time.monotonic()`.

        Raises:
            ModelFailed: nothing usable came in time.
        """
        ...


@dataclass
class _Heard:
    """What has come so far."""

    text: str = ""
    tokens_in: int = 0
    tokens_out: int = 0


class ChatWriter:
    """A LangChain chat model with deadlines, one retry, a breaker and a daily budget."""

    def __init__(
        self, model: BaseChatModel, settings: Settings, client: httpx.Client | None = None
    ) -> None:
        self._model, self._settings, self._client = model, settings, client
        self._breaker = Breaker(settings.llm_failures, settings.llm_open_s)
        self._usage = Usage(settings.llm_usage_file)
        self._pool = ThreadPoolExecutor(settings.llm_at_once, thread_name_prefix="llm")

    def write(self, messages: Sequence[Message], schema: type[Schema], until: float) -> Schema:
        """Return what the model wrote; see `Writer`. CPR numbers are masked before they leave.

        Raises:
            ModelFailed: open, budget, slow, connect, status or garbage.
        """
        if not self._breaker.enter():
            raise ModelFailed("open")
        try:
            written = self._write(
                [(role, mask_cpr(text)) for role, text in messages], schema, until
            )
        except ModelFailed as error:
            if error.reason == "budget":
                self._breaker.succeed()  # the model itself did nothing wrong
            else:
                self._breaker.fail()
            raise
        self._breaker.succeed()
        return written

    def close(self) -> None:
        """Wait for no answer any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        if self._client is not None:
            self._client.close()

    def _write(self, messages: Sequence[Message], schema: type[Schema], until: float) -> Schema:
        for last in (False, True):
            self._check_budget()
            began, heard = time.monotonic(), _Heard()
            outcome = "ok"
            try:
                self._listen(messages, heard, until)
                return _parse(heard.text, schema)
            except ModelFailed as error:
                outcome = error.reason
                if last or error.reason == "slow" or error.detail == "final":
                    raise
            finally:
                self._count(messages, heard, began, outcome)
        raise ModelFailed("garbage")

    def _listen(self, messages: Sequence[Message], heard: _Heard, until: float) -> None:
        """Take in what the model says, piece by piece, each within its deadline."""
        settings = self._settings
        pieces: queue.Queue[AIMessageChunk | None] = queue.Queue()
        stop = threading.Event()
        talk = self._pool.submit(self._talk, messages, pieces, stop)
        talk.add_done_callback(lambda _: pieces.put(None))
        wait = settings.llm_first_token_s
        try:
            while True:
                left = until - time.monotonic()
                piece = pieces.get(timeout=max(0.0, min(wait, left)))
                if piece is None:
                    break
                heard.text += str(piece.text)
                if piece.usage_metadata:
                    heard.tokens_in += piece.usage_metadata["input_tokens"]
                    heard.tokens_out += piece.usage_metadata["output_tokens"]
                if len(heard.text) > _MOST_CHARS:
                    raise ModelFailed("garbage", "final")
                wait = settings.llm_gap_s if heard.text else wait
        except queue.Empty:
            raise ModelFailed("slow") from None
        finally:
            stop.set()
            talk.cancel()
        _raise_failure(talk)

    def _talk(
        self,
        messages: Sequence[Message],
        pieces: queue.Queue[AIMessageChunk | None],
        stop: threading.Event,
    ) -> None:
        """Pass on what the model says until nobody listens; runs in a thread of its own."""
        with langsmith.tracing_context(enabled=False):
            said = self._model.stream(list(messages))
            try:
                for piece in said:
                    if stop.is_set():
                        return
                    pieces.put(piece)
            finally:
                said.close()  # type: ignore[attr-defined]  # it is a generator, and holds a connection

    def _check_budget(self) -> None:
        try:
            used = self._usage.today()
        except StorageError as error:
            raise ModelFailed("budget", "final") from error
        if used >= self._settings.llm_daily_tokens:
            raise ModelFailed("budget", "final")

    def _count(
        self, messages: Sequence[Message], heard: _Heard, began: float, outcome: str
    ) -> None:
        if outcome == "budget":
            return
        sent = sum(len(text) for _, text in messages)
        tokens_in = heard.tokens_in or -(-sent // _CHARS_A_TOKEN)
        tokens_out = heard.tokens_out or -(-len(heard.text) // _CHARS_A_TOKEN)
        settings = self._settings
        cost = (tokens_in * settings.llm_kr_per_million_in
                + tokens_out * settings.llm_kr_per_million_out) / 1_000_000  # fmt: skip
        ms = (time.monotonic() - began) * 1_000
        _LOG.info(
            "model_called model=%s outcome=%s tokens_in=%d tokens_out=%d counted=%s cost_kr=%.4f "
            "ms=%.0f", settings.llm_model, outcome, tokens_in, tokens_out,
            "server" if heard.tokens_in else "estimate", cost, ms,
        )  # fmt: skip
        try:
            self._usage.add(tokens_in, tokens_out)
        except StorageError as error:
            _LOG.warning("model_usage_not_counted error=%s", error)


def _raise_failure(talk: Future[None]) -> None:
    """Raise what went wrong while the model talked, as an error of ours; its text is not kept."""
    error = talk.exception() if talk.done() and not talk.cancelled() else None
    if error is None:
        return
    status = getattr(error, "status_code", None)
    if isinstance(status, int):
        again = status == _BUSY or status >= _SERVER_ERROR
        raise ModelFailed(f"status {status}", "" if again else "final") from error
    causes: list[BaseException] = []
    cause: BaseException | None = error
    while cause is not None and cause not in causes:
        causes.append(cause)
        cause = cause.__cause__ or cause.__context__
    if any(isinstance(c, httpx.TimeoutException) and not isinstance(c, httpx.ConnectTimeout)
           for c in causes):  # fmt: skip
        raise ModelFailed("slow") from error
    if any(isinstance(c, httpx.TransportError | OSError) for c in causes):
        raise ModelFailed("connect") from error
    raise ModelFailed("garbage", type(error).__name__) from error


def _parse(text: str, schema: type[Schema]) -> Schema:
    found = _OBJECT.search(text)
    if found is None:
        raise ModelFailed("garbage")
    try:
        return schema.model_validate_json(found[0])
    except ValidationError as error:
        raise ModelFailed("garbage") from error


def open_writer(settings: Settings) -> ChatWriter | None:
    """Return the configured model, None where there is none.

    Raises:
        ModelUnknown: `LLM_MODEL` or its address cannot be read.
        ModelPackageMissing: the provider's package is not installed.
        ModelNoConsent, ModelUnsafe: it is outside the house.
    """
    if not settings.llm_model:
        return None
    provider, _, name = settings.llm_model.partition(":")
    if not name.strip() or provider not in PACKAGES:
        raise ModelUnknown(settings.llm_model)
    inside = check_host(settings, provider)
    package = PACKAGES[provider]
    if importlib.util.find_spec(package.replace("-", "_")) is None:
        raise ModelPackageMissing(settings.llm_model, package)
    from langchain.chat_models import init_chat_model  # slow to import

    given = _arguments(settings, provider, name, inside=inside)
    try:
        model = init_chat_model(name, model_provider=provider, **given)
    except ImportError as error:
        raise ModelPackageMissing(settings.llm_model, package) from error
    except ValueError as error:
        raise ModelUnknown(settings.llm_model, type(error).__name__) from error
    return ChatWriter(model, settings, given.get("http_client"))


def _arguments(settings: Settings, provider: str, name: str, *, inside: bool) -> dict[str, Any]:
    """Return what a provider's class is made of: deadlines, no retries, no redirects."""
    url, key = base_url(settings, provider), settings.llm_api_key.get_secret_value()
    timeout = httpx.Timeout(settings.llm_first_token_s, connect=settings.llm_connect_s)
    client: dict[str, Any] = {
        "timeout": timeout,
        "follow_redirects": False,
        "trust_env": not inside,
    }
    if provider == "ollama":
        return {"base_url": url, "client_kwargs": client, "temperature": 0,
                "num_predict": _MOST_TOKENS, "format": "json"}  # fmt: skip
    common: dict[str, Any] = {"timeout": timeout, "max_retries": 0, "temperature": 0,
                              "max_tokens": _MOST_TOKENS}  # fmt: skip
    if provider in _OPENAI:
        common |= {"api_key": key or "none", "http_client": httpx.Client(**client),
                   "http_async_client": httpx.AsyncClient(**client)}  # fmt: skip
        if settings.llm_json_mode:
            common["extra_body"] = {"response_format": {"type": "json_object"}}
        if provider == "azure_openai":
            return common | {"azure_endpoint": url, "azure_deployment": name,
                             "api_version": settings.llm_api_version or None}  # fmt: skip
        return common | {"base_url": url, "use_responses_api": False}
    common["timeout"] = settings.llm_first_token_s
    return common | ({"base_url": url} if url else {}) | ({"api_key": key} if key else {})
