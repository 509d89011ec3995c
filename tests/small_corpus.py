"""A corpus of one made-up agreement of a few paragraphs, so that a version takes a second."""

from __future__ import annotations

import hashlib
from pathlib import Path

import yaml

from corpus.settings import Settings

ID = "havneaftale-2030"
QUESTION = "Hvor mange millioner kroner afsættes til havnen?"


def write_agreement(folder: Path, amount: int) -> None:
    """Write the agreement; the amount, also in words of its own, tells the editions apart."""
    sections = [
        f"{number}. Indsats nummer {number}\n\nParterne er enige om at styrke indsats {number} på "
        f"havnen. Der afsættes {amount + number} mio. kr. årligt til kajer, kraner og sejlrender "
        f"på strækning {number}. Kommunen følger op på indsats {number} hvert år.\n"
        for number in range(1, 9)
    ]
    head = "Aftale om havnen for 2030\n\n"
    lead = f"Parterne er enige om en aftale. Der afsættes {amount} mio. kr. til havnen i 2030.\n\n"
    data = (head + lead + "\n".join(sections)).encode()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{ID}.txt").write_bytes(data)
    fields = {
        "id": ID,
        "title": "Aftale om havnen for 2030",
        "short_title": "Havneaftalen for 2030",
        "date": "2029-06-01",
        "parties": ["Regeringen"],
        "years": {"first": 2030, "last": 2030},
        "status": "current",
        "source_url": None,
        "sha256": hashlib.sha256(data).hexdigest(),
        "editor": [],
    }
    text = yaml.safe_dump(fields, allow_unicode=True)
    (folder / f"{ID}.yaml").write_text(text, encoding="utf-8")


def small_settings(root: Path, amount: int = 100, grace_s: float = 60.0) -> Settings:
    """Return settings over such a corpus in a folder of its own."""
    settings = Settings(
        corpus_dir=root / "corpus",
        var_dir=root / "var",
        version_grace_s=grace_s,
        follow_s=0.2,
        _env_file=None,
    )
    write_agreement(settings.agreements_dir, amount)
    return settings
