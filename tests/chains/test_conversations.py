import datetime as dt
import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from chains import Answer, AnswerKind, Settings
from chains.conversation_file import FORM, set_aside
from chains.conversations import Conversations, owner_of
from corpus.errors import ConversationsDown, StorageError, UnknownConversation, UnknownShare

ANNA, BO = owner_of("user", "https://login", "anna"), owner_of("user", "https://login", "bo")
START = dt.datetime(2030, 1, 1, 12, tzinfo=dt.UTC)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(var_dir=tmp_path / "var", _env_file=None)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def anna(settings: Settings, clock: Clock) -> Conversations:
    return Conversations(settings, ANNA, clock)


@pytest.fixture
def bo(settings: Settings, clock: Clock) -> Conversations:
    return Conversations(settings, BO, clock)


def answer(question: str, text: str = "Kommunen betaler.") -> Answer:
    return Answer(question=question, standalone_question=question, kind=AnswerKind.TEXT,
                  text=text, corpus_version="v")  # fmt: skip


def bytes_of(settings: Settings) -> bytes:
    """Return all that lies in `var/`, journals included."""
    return b"".join(path.read_bytes() for path in settings.var_dir.iterdir())


def test_a_conversation_is_there_again_for_its_owner_alone(
    settings: Settings, anna: Conversations, bo: Conversations, clock: Clock
) -> None:
    id_, first = anna.add("", "Hvem betaler kajen?", answer("Hvem betaler kajen?"))
    same, second = anna.add(id_, "Og i 2031?", answer("Og i 2031?"))
    assert same == id_
    assert second.id > first.id
    again = Conversations(settings, ANNA, clock)
    assert [e.question for e in again.read(id_)] == ["Hvem betaler kajen?", "Og i 2031?"]
    assert [(c.title, c.questions) for c in again.find()] == [("Hvem betaler kajen?", 2)]
    assert bo.find() == ()
    for forbidden in (
        lambda: bo.read(id_),
        lambda: bo.rename(id_, "min"),
        lambda: bo.cut(id_, first.id),
        lambda: bo.add(id_, "Hvad nu?", answer("Hvad nu?")),
    ):
        with pytest.raises(UnknownConversation):
            forbidden()
    bo.delete(id_)
    bo.delete_all()
    assert bo.export()["conversations"] == []
    bo.unshare(anna.share(id_, first))
    assert len(anna.read(id_)) == 2


def test_an_owner_stands_in_the_file_without_a_name(
    settings: Settings, anna: Conversations
) -> None:
    anna.add("", "Hvem betaler?", answer("Hvem betaler?"))
    assert b"anna" not in bytes_of(settings)
    assert owner_of("user", "a") != owner_of("browser", "a")


def test_the_list_has_the_last_used_first_and_is_searched_in_questions_and_answers(
    anna: Conversations, clock: Clock
) -> None:
    for number, (asked, told) in enumerate(
        [("Hvem betaler ÅLEN?", "Kystvejen"), ("Hvad koster kajen?", "Ni kroner"), ("Hvornår?", "")]
    ):
        clock.now = START + dt.timedelta(minutes=number)
        anna.add("", asked, answer(asked, told))
    assert [c.title for c in anna.find()] == [
        "Hvornår?", "Hvad koster kajen?", "Hvem betaler ÅLEN?",
    ]  # fmt: skip
    assert [c.title for c in anna.find("ålen KYST")] == ["Hvem betaler ÅLEN?"]
    assert [c.title for c in anna.find("kroner")] == ["Hvad koster kajen?"]
    assert anna.find("100%_") == ()


def test_a_title_is_the_first_question_cut_at_a_word_and_can_be_changed(
    anna: Conversations,
) -> None:
    asked = "Hvad er der\n aftalt om " + "kajen og kranerne " * 9
    id_, _ = anna.add("", asked, answer(asked))
    assert anna.find()[0].title == "Hvad er der aftalt om kajen og kranerne kajen og kranerne …"
    assert anna.rename(id_, " Havnen \n 2030 ") == "Havnen 2030"
    assert anna.rename(id_, "  ") == ""
    assert anna.find()[0].title == "Havnen 2030"


def test_what_is_deleted_is_nowhere_in_the_files(settings: Settings, anna: Conversations) -> None:
    keep, _ = anna.add("", "Hvad bliver?", answer("Hvad bliver?", "bliver her"))
    id_, first = anna.add("", "Hvad med bølgebryderen?", answer("?", "bølgebryderen er dyr"))
    anna.share(id_, first)
    assert "bølgebryderen".encode() in bytes_of(settings)
    anna.delete(id_)
    assert "bølgebryderen".encode() not in bytes_of(settings)
    _, second = anna.add(keep, "Hvad med fyret?", answer("?", "fyret lyser"))
    anna.rename(keep, "fyret")
    anna.rename(keep, "andet")
    anna.cut(keep, second.id)
    assert b"fyret" not in bytes_of(settings)
    assert [e.question for e in anna.read(keep)] == ["Hvad bliver?"]
    anna.delete_all()
    assert b"bliver" not in bytes_of(settings)
    assert anna.export()["conversations"] == []


def test_cutting_takes_a_question_and_what_came_after(anna: Conversations) -> None:
    id_, _ = anna.add("", "Et?", answer("Et?"))
    _, second = anna.add(id_, "To?", answer("To?"))
    anna.add(id_, "Tre?", answer("Tre?"))
    anna.cut(id_, second.id)
    assert [e.question for e in anna.read(id_)] == ["Et?"]


def test_a_cpr_number_is_never_kept(settings: Settings, anna: Conversations) -> None:
    asked = "Hvad får borger 010190-1234?"
    id_, first = anna.add("", asked, answer(asked, "Borger 010190 1234 får intet."))
    anna.rename(id_, "Sag om 0101901234")
    anna.share(id_, first)
    anna.share("", first.model_copy(update={"answer": answer(asked)}))
    assert b"010190" not in bytes_of(settings)
    assert first.question == "Hvad får borger [CPR]?"
    assert "010190" not in json.dumps(anna.export(), ensure_ascii=False)


def test_what_nobody_used_for_90_days_is_erased(
    settings: Settings, anna: Conversations, bo: Conversations, clock: Clock
) -> None:
    old, _ = anna.add("", "Hvad med molen?", answer("?", "molen"))
    used, exchange = anna.add("", "Hvad med kajen?", answer("?", "kajen"))
    link = anna.share("", exchange)
    clock.now = START + dt.timedelta(days=60)
    anna.read(used)
    clock.now = START + dt.timedelta(days=90)
    assert len(anna.find()) == 2
    clock.now = START + dt.timedelta(days=90, seconds=1)
    bo.find()  # whoever comes by erases for all
    assert b"molen" not in bytes_of(settings)
    assert [c.id for c in anna.find()] == [used]
    with pytest.raises(UnknownConversation):
        anna.read(old)
    with pytest.raises(UnknownShare):
        bo.shared(link)


def test_a_shared_answer_is_one_answer_until_its_owner_takes_it_back(
    anna: Conversations, bo: Conversations
) -> None:
    id_, first = anna.add("", "Hvem betaler?", answer("Hvem betaler?"))
    _, second = anna.add(id_, "Og hvornår?", answer("Og hvornår?"))
    link = anna.share(id_, first)
    assert anna.share(id_, first) == link
    assert anna.share(id_, second) != link
    assert bo.shared(link).answer.question == "Hvem betaler?"
    assert bo.shared(link).asked == first.asked
    bo.unshare(link)
    assert [s["id"] for s in anna.export()["shared"]].count(link) == 1
    anna.unshare(link)
    for gone in (link, "", "../x", "' or 1=1 --"):
        with pytest.raises(UnknownShare):
            bo.shared(gone)


def test_all_of_ones_own_can_be_taken_out(anna: Conversations, bo: Conversations) -> None:
    id_, first = anna.add("", "Hvem betaler?", answer("Hvem betaler?"))
    anna.share(id_, first)
    bo.add("", "Hemmelig?", answer("Hemmelig?"))
    out = json.loads(json.dumps(anna.export(), ensure_ascii=False))
    assert out["form"] == FORM
    assert out["conversations"][0]["exchanges"][0]["question"] == "Hvem betaler?"
    assert out["conversations"][0]["exchanges"][0]["answer"]["text"] == "Kommunen betaler."
    assert len(out["shared"]) == 1
    assert "Hemmelig" not in json.dumps(out)


def test_a_locked_database_is_told_and_nothing_is_lost(
    settings: Settings, anna: Conversations, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chains.conversation_file._WAIT_S", 0.05)
    id_, _ = anna.add("", "Hvem betaler?", answer("Hvem betaler?"))
    with closing(sqlite3.connect(settings.conversations_file)) as other:
        other.execute("begin immediate")
        with pytest.raises(ConversationsDown, match="locked"):
            anna.add(id_, "Og nu?", answer("Og nu?"))
        assert len(anna.find()) == 1  # reading goes on
    anna.add(id_, "Og nu?", answer("Og nu?"))
    assert len(anna.read(id_)) == 2


@pytest.mark.parametrize("damage", ["garbage", "middle"])
def test_a_damaged_database_is_moved_aside_and_a_fresh_one_begun(
    settings: Settings, anna: Conversations, clock: Clock, damage: str
) -> None:
    for number in range(60):
        anna.add("", f"Spørgsmål {number}?", answer("?", "tekst " * 200))
    path = settings.conversations_file
    whole = path.read_bytes()
    if damage == "garbage":
        path.write_bytes(b"ikke en database " * 500)
    else:
        path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(ConversationsDown, match="damaged") as caught:
        anna.find()
    moved = set_aside(path)
    assert [caught.value.detail] == [one.name for one in moved]
    assert moved[0].stat().st_size > 4096
    assert anna.find() == ()
    id_, _ = anna.add("", "Går det igen?", answer("?"))
    assert len(anna.read(id_)) == 1
    clock.now = START + dt.timedelta(days=91)  # it holds what people wrote: it goes as well
    anna.find()
    assert set_aside(path) == []


def test_a_database_of_a_newer_program_is_left_as_it_is(
    settings: Settings, anna: Conversations
) -> None:
    anna.find()
    with closing(sqlite3.connect(settings.conversations_file)) as database, database:
        database.execute(f"pragma user_version = {FORM + 1}")
    with pytest.raises(ConversationsDown, match="newer"):
        anna.add("", "Hvem?", answer("Hvem?"))


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    conversations = Conversations(Settings(var_dir=blocked / "var", _env_file=None), ANNA)
    with pytest.raises(StorageError):
        conversations.find()


def test_an_answer_of_another_form_is_shown_by_its_text(
    settings: Settings, anna: Conversations
) -> None:
    id_, _ = anna.add("", "Hvem betaler?", answer("Hvem betaler?"))
    with closing(sqlite3.connect(settings.conversations_file)) as database, database:
        database.execute(
            "update exchange set answer = json_set(answer, '$.kind', 'future', '$.more', 1)"
        )
    kept = anna.read(id_)[0].answer
    assert (kept.text, kept.question, kept.citations) == ("Kommunen betaler.", "Hvem betaler?", ())
    assert kept.notes


def test_many_at_once_lose_nothing(settings: Settings) -> None:
    def ask(number: int) -> str:
        own = Conversations(settings, owner_of("browser", str(number % 3)))
        return own.add("", f"Spørgsmål {number}?", answer("?"))[0]

    with ThreadPoolExecutor(6) as pool:
        ids = list(pool.map(ask, range(30)))
    assert len(set(ids)) == 30
    counts = [len(Conversations(settings, owner_of("browser", str(n))).find()) for n in range(3)]
    assert counts == [10, 10, 10]
