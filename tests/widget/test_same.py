"""The three front ends give one answer: a share of the `dev` cases, all of them in `make same`."""

from pathlib import Path

import pytest

from chains import Settings
from eval.asking import planted_settings
from eval.same import dev_cases, differences, spread
from tests.widget.serving import Server

_CASES = 60


@pytest.mark.model
@pytest.mark.enable_socket
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_http_command_line_and_chat_give_the_same_answers(server: Server, tmp_path: Path) -> None:
    settings = Settings(_env_file=None)
    planted = planted_settings(settings.model_copy(update={"var_dir": tmp_path}))
    chosen = spread(dev_cases(settings, planted), _CASES)
    assert len({case.type for case in chosen}) > 8
    assert differences(chosen, server.url, {"X-Forwarded-User": "anna"}) == []
