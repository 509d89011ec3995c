"""The harness itself: a question is answered, nothing foreign is fetched, the console is clean."""

from tests.browser.driving import OpenPage, Seen, ask


def test_a_question_is_answered_in_the_browser(open_page: OpenPage, seen: Seen) -> None:
    page = open_page()
    ask(page, "Hvor mange nærhospitaler kan der oprettes?")
    assert (
        "op til 25 nærhospitaler" in page.locator('[data-testid="stChatMessage"]').last.inner_text()
    )
    assert seen.foreign == []
