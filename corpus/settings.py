"""All settings, read once by the entry points; nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PROJECT = Path(__file__).resolve().parent.parent
BUNDLED_MODEL = "multilingual-e5-small"


class Settings(BaseSettings):
    """Where things lie and how much is allowed; each can be set as `ASSISTANT_<NAME>`."""

    model_config = SettingsConfigDict(
        env_prefix="ASSISTANT_",
        env_file=".env",
        env_file_encoding="utf-8",
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )

    corpus_dir: Path = PROJECT / "corpus"
    """The folder that holds `agreements/`."""
    var_dir: Path = PROJECT / "var"
    """Everything generated: models, index, cached vectors."""
    embedding_model: str = Field(default=BUNDLED_MODEL, validation_alias="EMBEDDING_MODEL")
    """The bundled model, or any sentence-transformers name or folder."""
    hub_download: bool = False
    """Let `EMBEDDING_MODEL` be fetched from the model hub, if it is not on the machine."""
    chroma_url: str = Field(default="", validation_alias="CHROMA_URL")
    """A Chroma server for the vectors; empty: they lie in the version's own folder."""
    chroma_token: SecretStr = SecretStr("")
    """What the proxy before the Chroma server asks for."""
    chroma_timeout_s: float = Field(default=3.0, gt=0)
    """How long one call of the Chroma server may take before words alone answer."""
    version_grace_s: float = Field(default=60.0, ge=0)
    """How long a version that was switched away from is kept at least."""
    follow_s: float = Field(default=2.0, gt=0)
    """How often a running assistant looks for a new version."""
    query_threads: int = Field(default=1, ge=1)
    """Threads for embedding a question; one keeps calm beside other work."""
    build_threads: int = Field(default=2, ge=1)
    """Threads for embedding the corpus."""
    max_question_chars: int = Field(default=8_000, ge=1)
    max_turns: int = Field(default=20, ge=0)
    max_turn_chars: int = Field(default=1_500, ge=1)
    keep_questions: bool = False
    """Keep the texts of questions and answers with users' feedback."""
    feedback_days: int = Field(default=30, ge=1, le=30)
    """After how many days those texts are erased; that an answer was wrong is kept."""
    conversation_days: int = Field(default=90, ge=1)
    """After how many days unused a conversation, or an answer that was shared, is erased."""
    reader_url: str = ""
    """Put before the `url` of each citation."""
    accessibility_url: str = ""
    """The authority's own accessibility statement; empty: no link to one is shown."""
    api_auth: Literal["none", "token", "proxy"] = "none"
    """Who may use the HTTP API: anybody on this machine, who has a token, whom a proxy names."""
    api_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    """The names that the API is called by; a request for another host is refused."""
    api_origins: tuple[str, ...] = ()
    """Web pages elsewhere that may use the API ("https://intra.dk"); each token has its own."""
    api_frames: tuple[str, ...] = ()
    """Web pages elsewhere that may show `/embed` in a frame, where they cannot load the script."""
    api_tokens_file: Path | None = None
    """YAML with the tokens of `token`; `python -m widget token NAME` prints an entry."""
    api_proxies: tuple[str, ...] = ()
    """Addresses or networks of the proxies whose identity header is believed, for `proxy`."""
    api_identity_header: str = "X-Forwarded-User"
    """The header in which such a proxy names the user; it must replace any that callers send."""
    api_asks_per_minute: int = Field(default=20, ge=1)
    """How many questions one identity may ask in a minute."""
    api_asks_at_once: int = Field(default=4, ge=1)
    """How many of them may be under way at once."""
    api_workers: int = Field(default=4, ge=1)
    """Threads that answer, where one process does all."""
    api_processes: int = Field(default=1, ge=1)
    """Processes that answer, beside the one that takes questions in; 1: it answers itself. As many
    as there are cores is right, with 1.3 GB of memory each."""
    api_queue: int = Field(default=16, ge=0)
    """How many questions may wait for a thread; those beyond are refused at once."""
    api_stream_queue: int = Field(default=28, ge=0)
    """The same for questions whose asker is told of each stage, and may wait longer."""
    api_timeout_s: float = Field(default=30.0, gt=0)
    """How long a caller waits for an answer at most."""
    api_body_bytes: int = Field(default=65_536, ge=1_024)
    """How large a request's body may be."""
    api_body_timeout_s: float = Field(default=10.0, gt=0)
    """How long a caller may take to send it."""

    app_auth: Literal["none", "oidc", "proxy"] = "none"
    """Who may use the app: anybody on this machine, who signs in, whom a proxy names."""
    app_url: str = ""
    """The app's public address ("https://aftaler.example.dk"); needed for sign-in."""
    app_hosts: tuple[str, ...] = ("localhost", "127.0.0.1", "::1")
    """The names that the app is called by beside that of `app_url`; other hosts are refused."""
    app_proxies: tuple[str, ...] = ()
    """Addresses or networks of the proxies whose identity header is believed, for `proxy`."""
    app_identity_header: str = "X-Forwarded-User"
    """The header in which such a proxy names the user; it must replace any that callers send."""
    oidc_metadata_url: str = ""
    """Where the OpenID provider describes itself (…/.well-known/openid-configuration)."""
    oidc_client_id: str = ""
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_tenants: tuple[str, ...] = ()
    """The tenants (claim `tid`) whose people may sign in; empty: all that the provider knows."""
    oidc_groups: tuple[str, ...] = ()
    """The groups (claim `groups`) of which one must be in; empty: no group is asked for."""
    cookie_secret: SecretStr = SecretStr("")
    """What sign-ins are signed with, at least 32 bytes and the same for every copy of the app."""
    sign_in_hours: float = Field(default=10, gt=0, le=12)
    """How long a sign-in holds."""

    llm_model: str = Field(default="", validation_alias="LLM_MODEL")
    """A language model that words answers, as `provider:name`; empty: none, nothing leaves."""
    llm_base_url: str = ""
    """Where it answers; empty: where its provider does."""
    llm_api_key: SecretStr = SecretStr("")
    """What its server asks for."""
    llm_api_version: str = ""
    """The version of Azure's protocol, for `azure_openai`."""
    llm_house_hosts: tuple[str, ...] = ()
    """Names of servers of the house, beside this machine and private addresses."""
    llm_outside_consent: bool = False
    """The authority has agreed that questions and quotes go to a model outside the house."""
    llm_json_mode: bool = True
    """Ask the server for JSON; off for one that refuses to be asked."""
    llm_connect_s: float = Field(default=3.0, gt=0)
    llm_first_token_s: float = Field(default=8.0, gt=0)
    llm_gap_s: float = Field(default=5.0, gt=0)
    """How long nothing may come in the middle of its answer."""
    llm_total_s: float = Field(default=20.0, gt=0)
    """How long an answer may wait for it in all, the repair included."""
    llm_failures: int = Field(default=5, ge=1)
    """After so many failures in a row it is left alone."""
    llm_open_s: float = Field(default=60.0, gt=0)
    """For so long; then one question tries it."""
    llm_at_once: int = Field(default=4, ge=1)
    """How many answers may wait for it at once."""
    llm_daily_tokens: int = Field(default=2_000_000, ge=0)
    """How many tokens may be used in a day (UTC), by all processes on `var_dir`."""
    llm_kr_per_million_in: float = Field(default=0.0, ge=0)
    """What a million tokens read cost, for the log."""
    llm_kr_per_million_out: float = Field(default=0.0, ge=0)

    admins: Annotated[tuple[str, ...], NoDecode] = ()
    """Who may change the corpus: names to sign in with, separated by commas; `local`: whoever sits
    at the machine itself, without sign-in. Empty: nobody, and no page for it."""

    @field_validator("admins", mode="before")
    @classmethod
    def _split(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(name.strip() for name in given.split(",") if name.strip())

    @property
    def agreements_dir(self) -> Path:
        """Where the agreements lie."""
        return self.corpus_dir / "agreements"

    @property
    def unanswered_dir(self) -> Path:
        """Where the questions lie that the agreements do not answer."""
        return self.corpus_dir / "unanswered"

    @property
    def everyday_dir(self) -> Path:
        """Where the everyday words lie."""
        return self.corpus_dir / "everyday"

    @property
    def figures_dir(self) -> Path:
        """Where the registries of agreed figures lie."""
        return self.corpus_dir / "figures"

    @property
    def commitments_dir(self) -> Path:
        """Where the registries of commitments lie."""
        return self.corpus_dir / "commitments"

    @property
    def structure_dir(self) -> Path:
        """Where lies what a person said of an agreement's headings and paragraphs."""
        return self.corpus_dir / "structure"

    @property
    def reviews_dir(self) -> Path:
        """Where the logs of the reviews lie: who decided what when."""
        return self.corpus_dir / "reviews"

    @property
    def feedback_file(self) -> Path:
        """Where users' feedback is kept."""
        return self.var_dir / "feedback.sqlite"

    @property
    def conversations_file(self) -> Path:
        """Where users' conversations are kept."""
        return self.var_dir / "conversations.sqlite"

    @property
    def texts_dir(self) -> Path:
        """Where the texts of earlier versions lie, for the links of old answers."""
        return self.var_dir / "texts"

    @property
    def llm_usage_file(self) -> Path:
        """Where the tokens used by the language model are counted, a row a day."""
        return self.var_dir / "llm-usage.sqlite"

    @property
    def parsed_dir(self) -> Path:
        """Where parsed PDF, DOCX and HTML files lie, by the sha256 of the file."""
        return self.var_dir / "parsed"

    @property
    def index_dir(self) -> Path:
        """Where the index versions lie, a folder each; those of a server hold no vectors."""
        return self.var_dir / ("index-server" if self.chroma_url else "index")
