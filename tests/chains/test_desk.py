"""The editors' desk: decide, let it answer, and the answer says how far the review is."""

import time
from pathlib import Path

from chains import LOCAL, Assistant, Decision, ItemKind, ReviewStatus
from tests.fakes import FakeEmbedder
from tests.small_corpus import ID, QUESTION, small_settings


def test_an_answer_says_how_far_the_review_is(tmp_path: Path) -> None:
    settings = small_settings(tmp_path).model_copy(update={"admins": (LOCAL, "anna@example.dk")})
    assistant = Assistant.open(settings, embedder=FakeEmbedder())
    try:
        assert any("ikke gennemgået af en person" in n for n in assistant.answer(QUESTION).notes)
        desk = assistant.desk("anna@example.dk")
        while (item := desk.next_item(ID)) is not None and item.kind is not ItemKind.COMMITMENT:
            decision = Decision(item_id=item.id, state=item.state, accept=False, reason="prøve")
            if item.text == "100 mio. kr.":
                decision = Decision(item_id=item.id, state=item.state, accept=True)
            desk.decide(ID, decision, reviewer="en anden")
        progress = desk.progress()[0]
        assert progress.status is ReviewStatus.PARTLY
        assert progress.reviewers == ("anna@example.dk",)  # who signs in can be nobody else
        assert assistant.is_behind
        before = assistant.corpus_version
        desk.publish()
        began = time.monotonic()
        while assistant.corpus_version == before and time.monotonic() - began < 10:
            time.sleep(0.05)
        assert any("ved at blive gennemgået" in note for note in assistant.answer(QUESTION).notes)
    finally:
        assistant.close()
