"""The texts of all versions that have answered, so that a link of an old answer can be followed.

`var/texts/<agreement>/<version>.txt`, some 60 KB each; written once and never changed.
"""

from __future__ import annotations

from corpus.errors import StorageError
from corpus.settings import Settings
from ingest.index import Corpus
from ingest.versions import write_whole


def keep_texts(settings: Settings, corpus: Corpus) -> None:
    """Keep the clean text of every agreement, where it is not kept yet; each in one step.

    Raises:
        StorageError: `var/` cannot be written.
    """
    for agreement in corpus.agreements:
        path = settings.texts_dir / agreement.id / f"{agreement.version}.txt"
        if path.exists():
            continue
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, agreement.text.encode())
        except OSError as error:
            raise StorageError(path, str(error)) from error
