#include <catch2/catch.hpp>

#include "plain_text.hpp"

using namespace stet;

namespace {

using Lines = std::vector<std::string>;

// "kind|text", with a space in front per parent; line breaks shown as "/".
Lines outline(std::string_view text) {
  constexpr const char* names[] = {"",          "title", "byline", "dateline", "heading",
                                   "paragraph", "item",  "quote",  "link"};
  Lines lines;
  const auto nodes = read_plain_text(text);
  for (const Node& n : nodes) {
    std::string line;
    for (uint32_t p = n.parent; p != no_parent; p = nodes[p].parent) line += ' ';
    line += std::string(names[static_cast<int>(n.kind)]) + "|";
    for (char c : text.substr(n.range.begin, n.range.end - n.range.begin)) line += c == '\n' ? '/' : c;
    lines.push_back(line);
  }
  return lines;
}

const std::string sentence =
    "This sentence is long enough that nobody would break the line that holds it anywhere at all, and so it "
    "ends.";

}  // namespace

TEST_CASE("one paragraph a line, with a list, comes out as written") {
  CHECK(outline("The title – of it\n" + sentence + "\n\n" + sentence +
                "\nHe listed, saying:\n“Short.”\n- one;\n- two;\n- three.\n" + sentence) ==
        Lines{"title|The title – of it", "paragraph|" + sentence, "paragraph|" + sentence,
              "paragraph|He listed, saying:", "paragraph|“Short.”", "item|one;", "item|two;", "item|three.",
              "paragraph|" + sentence});
}

TEST_CASE("wrapped lines are put together up to the blank line") {
  CHECK(outline("The title\n\nThe council met on Monday and could not\nagree on anything. It will "
                "meet\nagain.\n\nThe mayor was "
                "not\npresent.\n") ==
        Lines{"title|The title",
              "paragraph|The council met on Monday and could not/agree on anything. It will meet/again.",
              "paragraph|The mayor was not/present."});
}

TEST_CASE("short paragraphs that end like sentences are not wrapped lines") {
  CHECK(outline("Title\nThe council met.\nIt did not agree.\n“We tried.”\nIt will meet again.").size() == 5);
}

TEST_CASE("a byline and a date above wrapped or long paragraphs stand alone") {
  CHECK(outline("Title\n\nBy Ada Quill\n23 November 2025\n\n" + sentence + "\n\n" + sentence) ==
        Lines{"title|Title", "paragraph|By Ada Quill", "paragraph|23 November 2025", "paragraph|" + sentence,
              "paragraph|" + sentence});
  CHECK(outline("Title\nBy Ada Quill\n23 November 2025\nThe body is wrapped at some\nwidth or other.\n") ==
        Lines{"title|Title", "paragraph|By Ada Quill", "paragraph|23 November 2025",
              "paragraph|The body is wrapped at some/width or other."});
}

TEST_CASE("a few short lines without a full stop do not make long ones wrapped") {
  CHECK(outline("Title\nLine one\nLine two\n" + sentence + "\n\n" + sentence).size() == 5);
}

TEST_CASE("a wrapped title goes on in lower case") {
  CHECK(
      outline("A title that is broken\nin two lines\n\nThe body is wrapped at\nsome width or other.\n")[0] ==
      "title|A title that is broken/in two lines");
  CHECK(outline("The body begins at once and is\nwrapped without a title.\n\nIt goes on, broken at\nsome "
                "width.\n") == Lines{"paragraph|The body begins at once and is/wrapped without a title.",
                                     "paragraph|It goes on, broken at/some width."});
}

TEST_CASE("the only line, a long line, an item or a quotation is no title") {
  CHECK(outline("Only line\n\n") == Lines{"paragraph|Only line"});
  CHECK(outline(std::string(301, 'a') + "\nb.")[0].starts_with("paragraph|"));
  CHECK(outline(std::string(300, 'a') + "\nb.")[0].starts_with("title|"));
  CHECK(outline("- a\n- b\nText.") == Lines{"item|a", "item|b", "paragraph|Text."});
  CHECK(outline("> a\nText.") == Lines{"quote|a", "paragraph|Text."});
}

TEST_CASE("a short line alone before a paragraph is a heading") {
  const std::string front = "Title\n\n" + sentence + "\n\n";
  CHECK(outline(front + "What changes in 2026\n\n" + sentence)[2] == "heading|What changes in 2026");
  CHECK(outline(front + "What changes?\n\n" + sentence)[2] == "paragraph|What changes?");
  CHECK(outline(front + "what changes\n\n" + sentence)[2] == "paragraph|what changes");
  CHECK(outline(front + "What changes\n" + sentence)[2] == "paragraph|What changes");
  CHECK(outline(front + "Ada Quill")[2] == "paragraph|Ada Quill");
  CHECK(outline(front + "A Line\n\nAnother Line\n\n" + sentence)[2] == "paragraph|A Line");
  CHECK(outline(front + "He said “No”\n\n" + sentence)[2] == "paragraph|He said “No”");
  CHECK(outline(front + std::string(61, 'A') + "\n\n" + sentence)[2].starts_with("paragraph|"));
  CHECK(outline(front + "A b c d e f g h i j k\n\n" + sentence)[2].starts_with("paragraph|"));
  CHECK(outline(front + "See http://a.b/c\n\n" + sentence)[2].starts_with("paragraph|"));
}

TEST_CASE("headings have level 2") {
  for (const Node& n : read_plain_text("Title\n\n" + sentence + "\n\nWhat changes\n\n" + sentence))
    CHECK((n.kind == NodeKind::heading ? n.value == "2" : n.value.empty()));
}

TEST_CASE("two items in a row make a list, one does not") {
  CHECK(outline("T\n- one\nText.") == Lines{"title|T", "paragraph|- one", "paragraph|Text."});
  CHECK(outline("T\n- one\n\n- two\n\nText.") == Lines{"title|T", "item|one", "item|two", "paragraph|Text."});
  CHECK(outline("T\n- one\nText.\n- two\n") ==
        Lines{"title|T", "paragraph|- one", "paragraph|Text.", "paragraph|- two"});
  CHECK(outline("T\n- one\n\n\n- two\n").at(1) == "paragraph|- one");
  CHECK(outline("T\n- one\n* two\n").at(1) == "paragraph|- one");
  CHECK(outline("T\n• one\n• two\n").at(2) == "item|two");
  CHECK(outline("T\n-one.\n-two.\n").at(1) == "paragraph|-one.");
}

TEST_CASE("numbers count up in a list") {
  CHECK(outline("T\n1. one\n2. two\n3) three\n") ==
        Lines{"title|T", "item|one", "item|two", "paragraph|3) three"});
  CHECK(outline("T\n1976. A hot year.\n1999. Another.\n") ==
        Lines{"title|T", "paragraph|1976. A hot year.", "paragraph|1999. Another."});
  CHECK(outline("T\n5) five\n6) six\n").at(2) == "item|six");
  CHECK(outline("T\n99999999999. a\n1.\n2.\n").size() == 4);
}

TEST_CASE("indented lines go on with their item") {
  CHECK(outline("T\n- one\n  and more\n- two\n\nText.") ==
        Lines{"title|T", "item|one/  and more", "item|two", "paragraph|Text."});
}

TEST_CASE("quoted lines are one block quote, with paragraphs where an empty one parts them") {
  CHECK(outline("T\n> One.\n> Two.\nText.") ==
        Lines{"title|T", "quote|One./> Two.", " paragraph|One.", " paragraph|Two.", "paragraph|Text."});
  CHECK(outline("T\n\n> One goes\n> on.\n>\n>> Two goes\n>> on.\n\nText goes\non.\n") ==
        Lines{"title|T", "quote|One goes/> on./>/>> Two goes/>> on.", " paragraph|One goes/> on.",
              " paragraph|Two goes/>> on.", "paragraph|Text goes/on."});
  CHECK(outline("T\n>\ntext") == Lines{"title|T", "paragraph|>", "paragraph|text"});
}

TEST_CASE("addresses are links inside their innermost block") {
  CHECK(outline("T http://a.b\n> One http://c.d.\n> Two.\n<http://e.f> (http://g.h)") ==
        Lines{"title|T http://a.b", " link|http://a.b", "quote|One http://c.d./> Two.",
              " paragraph|One http://c.d.", "  link|http://c.d", " paragraph|Two.",
              "paragraph|<http://e.f> (http://g.h)", " link|http://e.f", " link|http://g.h"});
}

TEST_CASE("white space around lines belongs to no block") {
  CHECK(outline("  Title \n\t\n  Text. \t\n\u00A0\n") == Lines{"title|Title", "paragraph|Text."});
}
