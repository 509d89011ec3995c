"""Adding and removing agreements: all of one or nothing, wherever it is broken off."""

import datetime as dt
import io
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from chains import Assistant
from corpus import ingest_texts
from corpus.errors import NotAdded, SourceMissing, SourceRefused, StorageError, UnknownAgreement
from corpus.models import Head, Years
from corpus.settings import Settings
from ingest.__main__ import main
from ingest.add import Received, make_head, put, read_file, receive, remove
from ingest.build import process
from ingest.head_fields import Fields, is_id
from ingest.read import read_corpus
from tests.bombs import PLANTED, document, pdf

TEXT = """Aftale mellem regeringen og KL om bedre veje for 2027

5. juni 2026

1. Økonomi

Parterne er enige om at afsætte 10 mio. kr. til bedre veje i 2027. Kommunerne skal senest i 2028
fremlægge en plan for vejene.
"""
FIELDS = Fields(
    title="Aftale om bedre veje",
    date=dt.date(2026, 6, 5),
    parties=("Regeringen", "KL"),
    years=Years(first=2027, last=2027),
)
HOSTILE = [
    "../../../etc/passwd.txt", "/etc/cron.d/job.txt", "..\\..\\windows\\win.txt", "C:\\a.txt",
    "\\\\server\\share\\a.txt", "a\x00.yaml.txt", "CON.txt", "nul.txt", "a" * 300 + ".txt",
    "aftale\u202etxt.exe.txt", ".txt", " .txt", "-rf.txt", "$(rm -rf x).txt", "a\nb.txt",
    "~/.ssh/id.txt", "<script>alert(1)</script>.txt",
]  # fmt: skip


def added(settings: Settings, name: str = "a.txt", data: bytes = TEXT.encode()) -> Head:
    received = receive(settings, name, data)
    head = make_head(settings, received, FIELDS)
    put(settings, head, received)
    return head


def files(settings: Settings) -> set[str]:
    return {path.name for path in settings.agreements_dir.iterdir()}


@pytest.mark.parametrize(
    ("name", "data"), [("a.txt", TEXT.encode()), ("a.pdf", pdf()), ("a.docx", document())]
)
def test_what_is_added_is_read_and_found(settings: Settings, name: str, data: bytes) -> None:
    before = files(settings)
    head = added(settings, name, data)
    assert files(settings) - before == {f"{head.id}.yaml", f"{head.id}{name[1:]}"}
    assert (settings.agreements_dir / f"{head.id}{name[1:]}").read_bytes() == data
    corpus = process(settings)
    assert next(a for a in corpus.agreements if a.id == head.id).head == head
    figures = [figure for figure in corpus.figures if figure.agreement_id == head.id]
    assert "10 mio. kr." in [figure.place.printed for figure in figures]
    assert not any(figure.reviewed for figure in figures)


def test_a_text_says_what_it_is(settings: Settings) -> None:
    received = receive(settings, "a.txt", TEXT.encode())
    head = make_head(settings, received, received.fields)
    assert head.title == "Aftale mellem regeringen og KL om bedre veje for 2027"
    assert head.parties == ("Regeringen", "KL")
    assert set(head.editor) == {"short_title", "status"}
    assert set(make_head(settings, received, FIELDS).editor) > {"short_title", "status"}


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_is_only_a_label(settings: Settings, name: str) -> None:
    everywhere = {path for path in settings.corpus_dir.parent.rglob("*") if path.is_file()}
    received = receive(settings, name, TEXT.encode())
    assert received.label.isprintable()
    assert not set("/\\\x00\n") & set(received.label)
    assert len(received.label) <= 80
    head = make_head(settings, received, FIELDS)
    put(settings, head, received)
    assert is_id(head.id)
    now = {path for path in settings.corpus_dir.parent.rglob("*") if path.is_file()}
    new = {path for path in now - everywhere if path.name != "corpus.lock"}
    assert new == {settings.agreements_dir / f"{head.id}{ending}" for ending in (".txt", ".yaml")}


@pytest.mark.parametrize("title", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_names_no_file(settings: Settings, title: str) -> None:
    received = receive(settings, "a.txt", TEXT.encode())
    fields = Fields(title, FIELDS.date, FIELDS.parties, FIELDS.years)
    assert put(settings, make_head(settings, received, fields), received).parent == (
        settings.agreements_dir
    )


@pytest.mark.parametrize(
    ("id_", "reason"),
    [("../x", "bad_id"), ("Aftale", "bad_id"), ("oekonomiaftale-regioner-2021", "exists")],
)
def test_an_id_that_cannot_be(settings: Settings, id_: str, reason: str) -> None:
    received = receive(settings, "a.txt", TEXT.encode())
    with pytest.raises(NotAdded) as caught:
        make_head(settings, received, FIELDS, id_=id_)
    assert caught.value.reason == reason


def test_the_same_file_twice(settings: Settings) -> None:
    head = added(settings)
    with pytest.raises(NotAdded) as caught:
        added(settings)
    assert (caught.value.reason, caught.value.detail) == ("same_file", head.id)


def test_what_is_replaced_must_be_there(settings: Settings) -> None:
    received = receive(settings, "a.txt", TEXT.encode())
    head = make_head(settings, received, FIELDS, replaces=("oekonomiaftale-regioner-2021",))
    assert head.replaces == ("oekonomiaftale-regioner-2021",)
    with pytest.raises(UnknownAgreement):
        make_head(settings, received, FIELDS, replaces=("aftale-2019",))


def test_removed_and_put_back(settings: Settings) -> None:
    before = files(settings)
    head = added(settings)
    with_it = read_corpus(settings.agreements_dir)
    trash = remove(settings, head.id)
    assert files(settings) == before
    assert head.id not in {source.head.id for source in read_corpus(settings.agreements_dir)}
    for path in trash.iterdir():
        path.rename(settings.agreements_dir / path.name)
    assert read_corpus(settings.agreements_dir) == with_it


@pytest.mark.parametrize(
    ("id_", "error"),
    [("sundhedsreform-udmoentning-2022", NotAdded), ("aftale-2019", UnknownAgreement)],
)
def test_what_cannot_be_removed(settings: Settings, id_: str, error: type[Exception]) -> None:
    before = files(settings)
    with pytest.raises(error):
        remove(settings, id_)
    assert files(settings) == before


def test_no_file(settings: Settings, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none.pdf", Path("a\x00b.pdf"), Path("/dev/zero")):
        with pytest.raises(SourceMissing):
            read_file(path)
    with pytest.raises(SourceRefused):
        receive(settings, "a", TEXT.encode())


def test_a_corpus_that_cannot_be_written(settings: Settings) -> None:
    received: Received = receive(settings, "a.txt", TEXT.encode())
    head = make_head(settings, received, FIELDS)
    (settings.agreements_dir / f"{head.id}.txt").mkdir()  # something in the way
    (settings.agreements_dir / f"{head.id}.txt" / "x").touch()
    with pytest.raises(StorageError):
        put(settings, head, received)
    assert not (settings.agreements_dir / f"{head.id}.yaml").exists()


def kill_at(moment: int, settings: Settings, job: Callable[[], object]) -> bool:
    """Do a job in a process of its own, killed at its n-th touch of the files; did it end?"""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    steps = 0

    def count(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal steps
        touches = event in {"open", "os.rename", "os.remove", "os.rmdir", "os.mkdir"}
        if touches and str(settings.corpus_dir.parent) in str(arguments[0]):
            steps += 1
            if steps == moment:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    try:
        job()
    except BaseException:  # noqa: BLE001 (nothing of the child may reach the test's own end)
        os._exit(3)
    os._exit(0)


@pytest.mark.parametrize("job", ["put", "remove"])
def test_killed_at_each_step_the_corpus_is_whole(settings: Settings, job: str) -> None:
    old = {source.head.id for source in read_corpus(settings.agreements_dir)}
    received = receive(settings, "a.txt", TEXT.encode())
    name = "vej-2027"
    head = make_head(settings, received, FIELDS, id_=name)
    for moment in range(1, 60):
        if job == "remove" and not (settings.agreements_dir / f"{name}.yaml").exists():
            put(settings, head, received)
        ended = kill_at(
            moment,
            settings,
            (lambda: put(settings, head, received))
            if job == "put"
            else (lambda: remove(settings, name)),
        )
        now = {source.head.id for source in read_corpus(settings.agreements_dir)}
        assert now in (old, old | {name})
        if ended:
            break
        if job == "put" and name in now:
            remove(settings, name)
    else:
        pytest.fail("never ran to its end")
    assert moment > 8
    assert not [path for path in settings.agreements_dir.iterdir() if path.name.startswith(".")]


# --- The command -------------------------------------------------------------------------------


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ASSISTANT_CORPUS_DIR", str(settings.corpus_dir))
    monkeypatch.setenv("ASSISTANT_VAR_DIR", str(settings.var_dir))

    def run(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["ingest", *arguments])
        with pytest.raises(SystemExit) as left:
            main()
        assert isinstance(left.value.code, int)
        return left.value.code

    return run


@pytest.fixture
def alone(settings: Settings) -> None:
    """A corpus of nothing, with the model that is unpacked already."""
    for folder in ("agreements", "everyday", "figures", "commitments", "unanswered"):
        for path in (settings.corpus_dir / folder).iterdir():
            path.unlink()
    models = Settings(_env_file=None).var_dir / "models"
    if models.is_dir():
        settings.var_dir.mkdir()
        (settings.var_dir / "models").symlink_to(models)


@pytest.mark.model
@pytest.mark.usefixtures("alone")
def test_from_a_pdf_to_a_cited_answer(command, settings, capsys, tmp_path: Path) -> None:
    def second_page(canvas) -> None:
        canvas.showPage()
        canvas.drawString(60, 700, "Den samlede ramme til cykelstier udgør 45 mio. kr. i 2027.")
        canvas.drawString(60, -300, PLANTED)

    path = tmp_path / "modtaget <b>.pdf"
    path.write_bytes(pdf(second_page))
    given = ["--title", "Aftale om veje", "--date", "2026-06-05", "--parties", "Regeringen, KL"]
    assert command("add", str(path), *given, "--period", "2027", "--yes") == 0
    said = capsys.readouterr()
    assert "aftale-veje-2026 (2 sider)" in said.out
    assert "2 tal" in said.out
    assert "uden for siden" in said.out
    assert "python -m ingest remove aftale-veje-2026" in said.out
    assistant = Assistant.open(settings)
    answer = assistant.answer("Hvor stor er rammen til cykelstier i 2027?")
    assistant.close()
    assert "45 mio. kr." in answer.text
    assert [(one.page, one.agreement_id) for one in answer.citations] == [(2, "aftale-veje-2026")]


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        (TEXT.replace("5. juni 2026", ""), [], "--date"),
        (TEXT, ["--date", "i morgen"], "„i morgen“"),
        (TEXT, ["--period", "snart"], "--period"),
        ("Parterne er enige om at afsætte 10 mio. kr. til veje i det kommende år.", [], "--title"),
    ],
)
def test_a_missing_field_is_named_with_its_option(
    command, capsys, tmp_path: Path, text: str, options: list[str], said: str
) -> None:
    path = tmp_path / "modtaget.txt"
    path.write_text(text, encoding="utf-8")
    assert command("add", str(path), *options) == 2
    printed = capsys.readouterr()
    assert said in printed.err.splitlines()[-1]
    assert printed.out == ""


class Typed(io.StringIO):
    """What somebody types at a terminal."""

    def isatty(self) -> bool:
        return True


def test_who_sits_there_is_asked_until_it_can_be_read(
    command, settings, capsys, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "modtaget.txt"
    path.write_text(TEXT.replace("5. juni 2026", ""), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", Typed("i går\n5. juni 2026\nn\n"))
    before = files(settings)
    assert command("add", str(path)) == 1  # the last word was no
    said = capsys.readouterr()
    asked = said.err + said.out
    assert asked.count(ingest_texts.ADD_ASK["--date"]) == 2
    assert "Dato: 5. juni 2026" in asked
    assert ingest_texts.ADD_CONFIRM in asked
    assert files(settings) == before


def test_a_refused_file_is_one_danish_line(command, settings, capsys, tmp_path: Path) -> None:
    path = tmp_path / "modtaget.pdf"
    path.write_bytes(pdf(encrypt="kode"))
    before = files(settings)
    assert command("add", str(path)) == 1
    assert "krypteret" in capsys.readouterr().err.splitlines()[-1]
    assert files(settings) == before


def test_remove_says_where_it_lies(command, settings, capsys) -> None:
    head = added(settings)
    assert command("remove", head.id) == 0
    said = capsys.readouterr().out
    assert str(settings.var_dir / "trash") in said
    assert yaml.safe_load(next(settings.var_dir.rglob(f"{head.id}.yaml")).read_text("utf-8"))
