"""The Markdown subset of narratives, to blocks, to HTML and to plain text."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from litvinov.narrative import (
    BulletList,
    Emphasis,
    Footnote,
    Inline,
    LineBreak,
    Link,
    NumberedList,
    Paragraph,
    Strong,
    Text,
    parse,
    plain_text,
    to_html,
)

# A machine may be busy; how long one example takes says nothing.
patient = settings(deadline=None)


def paragraph(*children: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(child) if isinstance(child, str) else child for child in children))


def html(source: str) -> str:
    return to_html(parse(source))


@pytest.mark.parametrize("source", ["", " ", "\n", " \t\r\n\n "])
def test_parse_nothing_typed_is_no_blocks(source: str) -> None:
    assert parse(source) == ()
    assert html(source) == ""
    assert plain_text(parse(source)) == ""


def test_parse_paragraphs() -> None:
    blocks = parse("První odstavec.\n\n\nDruhý odstavec.")

    assert blocks == (paragraph("První odstavec."), paragraph("Druhý odstavec."))
    assert to_html(blocks) == "<p>První odstavec.</p><p>Druhý odstavec.</p>"
    assert plain_text(blocks) == "První odstavec.\nDruhý odstavec."


def test_parse_line_of_a_paragraph_breaks_where_it_was_broken() -> None:
    blocks = parse("první\ndruhý  \ntřetí")

    assert blocks == (paragraph("první", LineBreak(), "druhý", LineBreak(), "třetí"),)
    assert to_html(blocks) == "<p>první<br>druhý<br>třetí</p>"
    assert plain_text(blocks) == "první\ndruhý\ntřetí"


def test_parse_windows_and_old_mac_line_ends_are_line_ends() -> None:
    assert parse("první\r\ndruhý\r\n\r\ntřetí") == parse("první\ndruhý\n\ntřetí")
    assert parse("první\rdruhý\r\rtřetí") == parse("první\ndruhý\n\ntřetí")


@pytest.mark.parametrize("typed", ["**tučně**", "__tučně__"])
def test_parse_bold(typed: str) -> None:
    blocks = parse(f"Text {typed} dál")

    assert blocks == (paragraph("Text ", Strong((Text("tučně"),)), " dál"),)
    assert to_html(blocks) == "<p>Text <strong>tučně</strong> dál</p>"
    assert plain_text(blocks) == "Text tučně dál"


@pytest.mark.parametrize("typed", ["*kurzíva*", "_kurzíva_"])
def test_parse_italic(typed: str) -> None:
    blocks = parse(f"Text {typed} dál")

    assert blocks == (paragraph("Text ", Emphasis((Text("kurzíva"),)), " dál"),)
    assert to_html(blocks) == "<p>Text <em>kurzíva</em> dál</p>"
    assert plain_text(blocks) == "Text kurzíva dál"


def test_parse_bold_inside_italic() -> None:
    assert html("*kurzíva **a tučně***") == "<p><em>kurzíva <strong>a\u00a0tučně</strong></em></p>"


@pytest.mark.parametrize("typed", ["5 * 3 * 2", "soubor_s_podtržítky", "hvězda* a **dvě"])
def test_parse_lone_stars_and_underscores_stay(typed: str) -> None:
    assert parse(typed) == (paragraph(typed),)


def test_parse_backslash_takes_the_meaning_from_a_mark() -> None:
    assert parse(r"\*nic\* \[^1] \- C:\data") == (paragraph(r"*nic* [^1] - C:\data"),)


def test_parse_link() -> None:
    blocks = parse('Viz [zprávu **úřadu**](https://www.mmr.cz/a?b=1&c=2 "titulek").')

    link = Link("https://www.mmr.cz/a?b=1&c=2", (Text("zprávu "), Strong((Text("úřadu"),))))
    assert blocks == (paragraph("Viz ", link, "."),)
    assert to_html(blocks) == (
        '<p>Viz <a href="https://www.mmr.cz/a?b=1&amp;c=2">zprávu <strong>úřadu</strong></a>.</p>'
    )
    assert plain_text(blocks) == "Viz zprávu úřadu."


def test_parse_mail_link() -> None:
    assert html("[Pište](mailto:info@obec.cz)") == (
        '<p><a href="mailto:info@obec.cz">Pište</a></p>'
    )


@pytest.mark.parametrize("address", ["https://www.mmr.cz/cs/a-1", "http://mmr.cz"])
def test_parse_bare_address_is_a_link(address: str) -> None:
    assert parse(f"Viz {address}.") == (paragraph("Viz ", Link(address, (Text(address),)), "."),)


def test_parse_bare_mail_is_a_link() -> None:
    assert parse("Na info@obec.cz.") == (
        paragraph("Na ", Link("mailto:info@obec.cz", (Text("info@obec.cz"),)), "."),
    )


@pytest.mark.parametrize("text", ["Web obec.cz má", "Zákon č.99/2019 a 10.1.2023"])
def test_parse_name_with_a_dot_is_no_link(text: str) -> None:
    assert parse(text) == (paragraph(text),)


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//zly.example/x",
        "/programy/",
        "ftp://x.cz",
    ],
)
def test_parse_link_elsewhere_than_the_web_stays_text(address: str) -> None:
    typed = f"[klikni]({address})"

    blocks = parse(typed)

    assert plain_text(blocks) == typed
    assert "<a" not in to_html(blocks)


@pytest.mark.parametrize(
    "address", ["https://x.cz/java:script", 'https://x.cz/"onmouseover="alert(1)']
)
def test_to_html_address_never_leaves_its_attribute(address: str) -> None:
    written = html(f"[a](<{address}>)")

    assert written.count('"') == 2
    assert written.startswith('<p><a href="https://x.cz/')


@pytest.mark.parametrize("mark", ["-", "*", "+"])
def test_parse_bullets(mark: str) -> None:
    blocks = parse(f"{mark} první\n{mark} **druhá**")

    assert blocks == (BulletList(((paragraph("první"),), (paragraph(Strong((Text("druhá"),))),))),)
    assert to_html(blocks) == (
        "<ul><li><p>první</p></li><li><p><strong>druhá</strong></p></li></ul>"
    )
    assert plain_text(blocks) == "první\ndruhá"


@pytest.mark.parametrize("mark", [".", ")"])
def test_parse_numbers(mark: str) -> None:
    blocks = parse(f"1{mark} první\n2{mark} druhá")

    assert blocks == (NumberedList(1, ((paragraph("první"),), (paragraph("druhá"),))),)
    assert to_html(blocks) == "<ol><li><p>první</p></li><li><p>druhá</p></li></ol>"


def test_parse_numbers_begin_where_they_were_begun() -> None:
    blocks = parse("3. třetí\n4. čtvrtá")

    assert blocks == (NumberedList(3, ((paragraph("třetí"),), (paragraph("čtvrtá"),))),)
    assert to_html(blocks) == '<ol start="3"><li><p>třetí</p></li><li><p>čtvrtá</p></li></ol>'


def test_parse_lists_inside_lists() -> None:
    blocks = parse("- ovoce\n  1. jablka\n  2. hrušky\n     - máslovky\n- zelenina\n\nKonec.")

    pears = (paragraph("hrušky"), BulletList(((paragraph("máslovky"),),)))
    fruit = (paragraph("ovoce"), NumberedList(1, ((paragraph("jablka"),), pears)))
    assert blocks == (BulletList((fruit, (paragraph("zelenina"),))), paragraph("Konec."))
    assert to_html(blocks) == (
        "<ul><li><p>ovoce</p><ol><li><p>jablka</p></li><li><p>hrušky</p>"
        "<ul><li><p>máslovky</p></li></ul></li></ol></li><li><p>zelenina</p></li></ul>"
        "<p>Konec.</p>"
    )
    assert plain_text(blocks) == "ovoce\njablka\nhrušky\nmáslovky\nzelenina\nKonec."


def test_parse_item_of_two_paragraphs() -> None:
    assert parse("- první\n\n  dál\n- druhá") == (
        BulletList(((paragraph("první"), paragraph("dál")), (paragraph("druhá"),))),
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "1. ledna 2023 začal program.",
        "15. dubna 2024 se sešel tým.",
        "1. 2. 2023 se sešel tým.",
        "5. fáze skončila.",
    ],
)
def test_parse_lone_sentence_beginning_with_an_ordinal_is_a_sentence(sentence: str) -> None:
    assert parse(sentence) == (paragraph(sentence),)
    assert plain_text(parse(f"Úvod.\n\n{sentence}\n\nZávěr.")) == f"Úvod.\n{sentence}\nZávěr."


def test_parse_lone_sentence_beginning_with_an_ordinal_binds_it() -> None:
    assert html("1. ledna 2023 začal.") == "<p>1.\u00a0ledna 2023 začal.</p>"


@pytest.mark.parametrize(
    "source",
    [
        "15. dubna 2024 se sešel tým.\n20. května 2024 se sešel znovu.",
        "15. dubna 2024 se sešel tým.\n\n20. května 2024 se sešel znovu.",
    ],
)
def test_to_html_sentences_beginning_with_dates_keep_their_days(source: str) -> None:
    """A list would count on from fifteen: 16. května is a day on which nothing happened."""
    text = re.sub(r"<[^>]+>", " ", html(source))

    assert re.findall(r"(\d+)\.\s(\w+) 2024", text) == [("15", "dubna"), ("20", "května")]


@pytest.mark.parametrize(
    "source",
    [
        "15. dubna se sešel tým.\n16. dubna znovu.",
        "15. 4. 2024 se sešel tým.\n16. 4. 2024 znovu.",
        "5. fáze skončila.\n7. fáze začala.",
        "1) ano\n3) ne",
    ],
)
def test_plain_text_numbers_that_are_no_list_stay(source: str) -> None:
    assert plain_text(parse(source)) == source


def test_parse_numbers_always_one_are_a_list() -> None:
    assert parse("1. první\n1. druhá") == parse("1. první\n2. druhá")


def test_parse_sentence_in_brackets_keeps_the_bracket() -> None:
    assert plain_text(parse("1) Něco jediného")) == "1) Něco jediného"


def test_parse_footnote_stands_where_it_is_called() -> None:
    blocks = parse("Index klesl.[^1] Dál.\n\n[^1]: Zdroj **MV**, viz https://mv.cz.")

    note = Footnote(
        (
            Text("Zdroj "),
            Strong((Text("MV"),)),
            Text(", viz "),
            Link("https://mv.cz", (Text("https://mv.cz"),)),
            Text("."),
        )
    )
    assert blocks == (paragraph("Index klesl.", note, " Dál."),)
    assert to_html(blocks) == (
        '<p>Index klesl.<span class="footnote">Zdroj <strong>MV</strong>, viz '
        '<a href="https://mv.cz">https://mv.cz</a>.</span> Dál.</p>'
    )
    assert plain_text(blocks) == "Index klesl. (Zdroj MV, viz https://mv.cz.) Dál."


def test_parse_footnote_may_be_defined_before_it_is_called() -> None:
    assert parse("[^a]: Poznámka.\n\nText[^a].") == (
        paragraph("Text", Footnote((Text("Poznámka."),)), "."),
    )


def test_parse_footnote_called_twice_stands_twice() -> None:
    note = Footnote((Text("Poznámka."),))

    assert parse("Jednou[^1] a podruhé[^1].\n\n[^1]: Poznámka.") == (
        paragraph("Jednou", note, " a podruhé", note, "."),
    )


def test_parse_footnote_not_called_is_a_paragraph() -> None:
    assert parse("Text.\n\n[^1]: Zapomenutá poznámka.") == (
        paragraph("Text."),
        paragraph("Zapomenutá poznámka."),
    )


@pytest.mark.parametrize("source", ["Text[^2].", "Text[^2] a[^1].\n\n[^1]: Poznámka."])
def test_parse_call_of_an_undefined_footnote_stays(source: str) -> None:
    text = plain_text(parse(source))

    assert text.startswith("Text[^2]")


def test_parse_footnote_with_nothing_in_it_leaves_its_call() -> None:
    assert parse("Text[^1].\n\n[^1]:") == (paragraph("Text[^1]."),)


def test_parse_footnote_called_inside_a_footnote_is_not_lost() -> None:
    blocks = parse("Text[^1].\n\n[^1]: První, viz[^2].\n\n[^2]: Druhá.")

    assert blocks == (
        paragraph("Text", Footnote((Text("První, viz[^2]."),)), "."),
        paragraph("Druhá."),
    )


def test_parse_footnote_that_calls_itself_ends() -> None:
    assert parse("Text[^1].\n\n[^1]: Viz[^1].") == (
        paragraph("Text", Footnote((Text("Viz[^1]."),)), "."),
    )


def test_parse_footnote_of_two_paragraphs_is_one_text() -> None:
    blocks = parse("Text[^1].\n\n[^1]: První část v\n\n    druhé části.")

    assert blocks == (paragraph("Text", Footnote((Text("První část v druhé části."),)), "."),)


def test_parse_footnote_called_from_a_list() -> None:
    assert parse("- jedna[^1]\n- dvě\n\n[^1]: Poznámka.") == (
        BulletList(
            ((paragraph("jedna", Footnote((Text("Poznámka."),))),), (paragraph("dvě"),)),
        ),
    )


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<!-- x -->", "<p>&lt;!-- x --&gt;</p>"),
        ("AT&T &amp; &copy;", "<p>AT&amp;T &amp;amp; &amp;copy;</p>"),
        ("\"a\" 'b'", "<p>&quot;a&quot; &#x27;b&#x27;</p>"),
        ("# Nadpis", "<p># Nadpis</p>"),
        ("Nadpis\n======", "<p>Nadpis<br>======</p>"),
        ("Nadpis\n------", "<p>Nadpis<br>------</p>"),
        ("---", "<p>---</p>"),
        ("| x | y |\n|---|---|\n| 1 | 2 |", "<p>| x | y |<br>|---|---|<br>| 1 | 2 |</p>"),
        ("`kód <b>`", "<p>`kód &lt;b&gt;`</p>"),
        ("```\nkód\n```", "<p>```<br>kód<br>```</p>"),
        ("> citát", "<p>&gt; citát</p>"),
        ("~~škrt~~", "<p>~~škrt~~</p>"),
        ("[x]: https://x.cz/", '<p>[x]: <a href="https://x.cz/">https://x.cz/</a></p>'),
    ],
)
def test_to_html_what_is_outside_the_subset_stays_as_typed(typed: str, written: str) -> None:
    assert html(typed) == written
    assert plain_text(parse(typed)) == typed


def test_parse_image_stays_as_typed() -> None:
    typed = "![mapa](https://x.cz/mapa.png)"

    assert plain_text(parse(typed)) == typed


def test_parse_indented_text_is_no_code() -> None:
    assert html("Úvod.\n\n    Odsazeno.") == "<p>Úvod.</p><p>Odsazeno.</p>"


def test_to_html_has_no_break_spaces_and_plain_text_has_not() -> None:
    source = "V obci s 22 695 obyvateli: cíle 1.1–1.4 – a to 15. dubna 2024."

    blocks = parse(source)

    assert to_html(blocks) == (
        "<p>V\u00a0obci s\u00a022\u00a0695\u00a0obyvateli: cíle\u00a01.1–\u20601.4\u00a0"
        "– a\u00a0to 15.\u00a0dubna 2024.</p>"
    )
    assert plain_text(blocks) == source


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("v **Janově**", "<p>v\u00a0<strong>Janově</strong></p>"),
        ("**v** Janově", "<p><strong>v</strong>\u00a0Janově</p>"),
        ("k [plánu](https://x.cz)", '<p>k\u00a0<a href="https://x.cz">plánu</a></p>'),
        ("**15** let", "<p><strong>15</strong>\u00a0let</p>"),
        ("**Janov**-Hamr", "<p><strong>Janov</strong>-\u2060Hamr</p>"),
        ("v\n**Janově**", "<p>v<br><strong>Janově</strong></p>"),
    ],
)
def test_to_html_typography_looks_across_bold_and_links(source: str, written: str) -> None:
    assert html(source) == written


@pytest.mark.parametrize("line", ["- " * 30, "* " * 30])
def test_parse_text_after_a_decorative_line_is_not_lost(line: str) -> None:
    """People draw dividers of any length; what is nested too deep must not vanish."""
    text = plain_text(parse(f"Úvod.\n\n{line}\n\nZávěr."))

    assert (text.startswith("Úvod."), text.endswith("Závěr.")) == (True, True)


@pytest.mark.parametrize(
    "source",
    [
        "_" * 5000 + "a" + "_" * 5000,
        "*a **b " * 500 + "c** d*" * 500,
        "[" * 5000,
        "> " * 500 + "a",
        "- " * 500 + "a",
        "[^1]:" * 500 + "a[^1]",
    ],
    ids=["underscores", "stars", "brackets", "quotes", "bullets", "footnotes"],
)
def test_parse_nesting_however_deep_does_not_fail(source: str) -> None:
    blocks = parse(source)

    assert isinstance(to_html(blocks) + plain_text(blocks), str)


@pytest.mark.parametrize("source", ["- " * 30 + "a", "*a **b " * 9 + "c" + "** d*" * 9])
def test_plain_text_what_is_nested_too_deep_is_kept(source: str) -> None:
    letters = "".join(filter(str.isalpha, plain_text(parse(source))))

    assert letters == "".join(filter(str.isalpha, source))


def test_parse_footnote_after_an_exclamation_mark_is_called() -> None:
    assert parse("Konec![^1]\n\n[^1]: Opravdu.") == (
        paragraph("Konec!", Footnote((Text("Opravdu."),))),
    )


MARKUP = "*_[]()!#`~>|\\^&;<@\"'-+.:/1 \t\n"


@patient
@given(st.text() | st.text(alphabet="abčďž" + MARKUP, max_size=60))
@example("[^1]: a\n\n[^1]")
@example("1. 2. 3.")
def test_parse_any_text_does_not_fail(source: str) -> None:
    blocks = parse(source)

    assert isinstance(to_html(blocks) + plain_text(blocks), str)


# Without a colon there is no address and no definition of a footnote, without a digit no number
# of an item: what is left of the markup may not take a letter with it.
@patient
@given(st.text(alphabet="abčďžABČ" + "".join(set(MARKUP) - set(":1")), max_size=60))
def test_plain_text_keeps_every_letter_whatever_the_markup(source: str) -> None:
    letters = "".join(filter(str.isalnum, plain_text(parse(source))))

    assert letters == "".join(filter(str.isalnum, source))


words = st.text(alphabet="abčďeěžŽ0159", min_size=1, max_size=8)


@st.composite
def narratives(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A narrative as people write it, and the words in the order in which they are to be read.

    What may vanish is left out of the words: addresses of links and labels of footnotes.
    """
    blocks: list[str] = []
    notes: list[str] = []
    expected: list[str] = []

    def sentence() -> str:
        pieces: list[str] = ["Věta"]
        expected.append("Věta")
        for word in draw(st.lists(words, max_size=4)):
            kind = draw(st.sampled_from(["plain", "bold", "italic", "link", "note"]))
            expected.append(word)
            match kind:
                case "plain":
                    pieces.append(word)
                case "bold":
                    pieces.append(f"**{word}**")
                case "italic":
                    pieces.append(f"*{word}*")
                case "link":
                    pieces.append(f"[{word}](https://x.cz/y7)")
                case "note":
                    label = f"pozn{len(notes)}"
                    notes.append(f"[^{label}]: {word}")
                    pieces[-1] += f"[^{label}]"
        return " ".join(pieces) + "."

    for _ in range(draw(st.integers(1, 4))):
        match draw(st.sampled_from(["paragraph", "bullets", "numbers", "lines", "nested"])):
            case "paragraph":
                blocks.append(sentence())
            case "bullets":
                blocks.append(f"- {sentence()}\n- {sentence()}")
            case "numbers":
                blocks.append(f"1. {sentence()}\n2. {sentence()}")
            case "lines":
                blocks.append(f"{sentence()}\n{sentence()}")
            case "nested":
                blocks.append(f"- {sentence()}\n  - {sentence()}\n    - {sentence()}")
    # Without a paragraph between them two lists would be one; that is not what is asked here.
    return "\n\n---\n\n".join(blocks) + "\n\n" + "\n\n".join(notes), expected


@patient
@given(narratives())
def test_plain_text_keeps_every_word_in_its_place(narrative: tuple[str, list[str]]) -> None:
    source, expected = narrative

    read = plain_text(parse(source))

    for mark in "().-*":
        read = read.replace(mark, " ")
    assert read.split() == expected


@patient
@given(narratives())
def test_to_html_closes_every_tag(narrative: tuple[str, list[str]]) -> None:
    written = html(narrative[0])

    for tag in ("p", "ul", "ol", "li", "strong", "em", "a", "span"):
        opened = written.count(f"<{tag}>") + written.count(f"<{tag} ")
        assert opened == written.count(f"</{tag}>")
