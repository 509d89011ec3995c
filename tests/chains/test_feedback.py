import datetime as dt
import sqlite3
from contextlib import closing

from chains import Answer, AnswerKind, Settings
from chains.feedback import keep_feedback, load_feedback
from eval.feedback import drafts


def answer(question: str) -> Answer:
    return Answer(question=question, standalone_question=question, kind=AnswerKind.TEXT,
                  text="Ifølge aftalen …", corpus_version="v")  # fmt: skip


def test_texts_are_kept_only_when_the_setting_says_so(settings: Settings) -> None:
    keep_feedback(settings, answer("Hvem betaler?"), right=False, reason="forkert år")
    kept = load_feedback(settings)[0]
    assert (kept.right, kept.kind, kept.corpus_version) == (False, "text", "v")
    assert (kept.question, kept.answer, kept.reason, kept.history) == ("", "", "", ())
    assert b"betaler" not in settings.feedback_file.read_bytes()


def test_texts_are_overwritten_after_thirty_days(settings: Settings) -> None:
    open_ = settings.model_copy(update={"keep_questions": True})
    keep_feedback(open_, answer("Hvem betaler?"), right=False, reason="forkert år")
    keep_feedback(open_, answer("Hvornår starter det?"), right=True)
    old = dt.datetime.now(dt.UTC) - dt.timedelta(days=31)
    with closing(sqlite3.connect(open_.feedback_file)) as database, database:
        database.execute(
            "update feedback set made = ? where id = 1", (f"{old:%Y-%m-%dT%H:%M:%SZ}",)
        )
    first, second = load_feedback(open_)
    assert (first.right, first.question, first.reason, first.answer) == (False, "", "", "")
    assert second.question == "Hvornår starter det?"
    assert b"betaler" not in open_.feedback_file.read_bytes()


def test_a_cpr_number_is_never_kept(settings: Settings) -> None:
    open_ = settings.model_copy(update={"keep_questions": True})
    asked = answer("Hvad får borger 010190-1234?")
    keep_feedback(open_, asked, right=False, reason="010190-1234", history=("om 010190-1234",))
    assert b"010190" not in settings.feedback_file.read_bytes()
    assert load_feedback(open_)[0].question == "Hvad får borger [CPR]?"


def test_wrong_answers_become_drafts_once_each(settings: Settings) -> None:
    open_ = settings.model_copy(update={"keep_questions": True})
    keep_feedback(open_, answer("Hvem betaler?"), right=True)
    keep_feedback(open_, answer("Hvornår starter det?"), right=False, reason="gammelt")
    keep_feedback(open_, answer("Hvornår starter det?"), right=False, reason="forkert år")
    keep_feedback(open_, answer("Og i 2024?"), right=False, history=("Hvad er der til det?",))
    keep_feedback(settings, answer("uden tekst"), right=False)
    text = drafts(open_)
    assert text.count("Hvornår starter det?") == 1
    assert "forkert år" in text
    assert "Hvem betaler?" not in text
    assert "turns:" in text
    assert "1 tilbagemeldinger uden tekst" in text


def test_no_feedback_is_no_draft(settings: Settings) -> None:
    assert drafts(settings).endswith("[]\n")
