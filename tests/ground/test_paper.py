"""Papers: their sections in reading order, their lines, and what is asked of one only once."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.ground.paper import Paper, Section, once, trimmed_lines
from extractor.ground.text import Span


def section(label: str, *children: Section) -> Section:
    return Section(label, "arabic", label, Span(0, 0), Span(0, 0), None, Span(0, 0), children)


def paper(text: str) -> Paper:
    return Paper(text, (), section("root"))


def test_sections_come_in_reading_order() -> None:
    root = section("0", section("1", section("1.1"), section("1.2")), section("2", section("2.1")))
    assert [each.label for each in root.walk()] == ["0", "1", "1.1", "1.2", "2", "2.1"]


def test_a_paper_is_asked_once_and_another_one_anew() -> None:
    asked = []

    @once
    def length(one: Paper) -> int:
        asked.append(one)
        return len(one.text)

    first, same_words, other = paper("ab"), paper("ab"), paper("abc")
    assert [length(one) for one in (first, first, same_words, other, first)] == [2, 2, 2, 3, 2]
    assert len(asked) == 4


def test_an_answer_of_nothing_is_an_answer() -> None:
    asked = []

    @once
    def nothing(one: Paper) -> None:
        asked.append(one)

    one = paper("")
    assert nothing(one) is nothing(one) is None
    assert len(asked) == 1


@given(st.text(alphabet="ab \n\t\r\x0b\u00a0", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_trimmed_lines_are_the_words_where_they_stand(text: str, start: int, end: int) -> None:
    reach = Span(min(start, len(text)), min(end, len(text)))
    found = list(trimmed_lines(text, reach))
    assert [words for _, words in found] == [s for s in map(str.strip, reach.of(text).split("\n")) if s]
    assert all(span.of(text) == words and span.start >= reach.start for span, words in found)
