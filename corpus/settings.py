"""All settings, read once by the entry points; nothing else reads the environment."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

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
    query_threads: int = Field(default=1, ge=1)
    """Threads for embedding a question; one keeps calm beside other work."""
    build_threads: int = Field(default=2, ge=1)
    """Threads for embedding the corpus."""
    max_question_chars: int = Field(default=8_000, ge=1)
    max_turns: int = Field(default=20, ge=0)
    max_turn_chars: int = Field(default=1_500, ge=1)
    keep_questions: bool = False
    """Keep the texts of questions and answers with users' feedback."""
    reader_url: str = ""
    """Put before the `url` of each citation."""

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
    def feedback_file(self) -> Path:
        """Where users' feedback is kept."""
        return self.var_dir / "feedback.sqlite"

    @property
    def index_dir(self) -> Path:
        """Where the index versions lie, a folder each."""
        return self.var_dir / "index"
