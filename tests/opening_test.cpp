#include <catch2/catch.hpp>

#include "opening.hpp"
#include "plain_text.hpp"

using namespace stet;

namespace {

std::string names(std::string_view line) {
  const auto byline = read_byline(line);
  return byline ? std::string(byline->names) + "|" + std::string(byline->rest) : "none";
}

std::string dateline(std::string_view paragraph) {
  const auto found = read_dateline(paragraph);
  return found ? std::string(paragraph.substr(0, found->size)) + "|" + std::string(found->date) : "none";
}

struct Opening {
  std::vector<Node> nodes;
  Metadata metadata;
};

Opening open(std::string_view text) {
  Opening o{read_plain_text(text), {}};
  read_opening(text, o.nodes, o.metadata);
  return o;
}

size_t count(const Opening& o, NodeKind kind) {
  size_t n = 0;
  for (const Node& node : o.nodes) n += node.kind == kind;
  return n;
}

}  // namespace

TEST_CASE("a byline names people, and what follows is not their name") {
  CHECK(names("By Jane Roe") == "Jane Roe|");
  CHECK(names("By JANE ROE and John Doe") == "JANE ROE and John Doe|");
  CHECK(names("By Jane Roe, John Doe and Ida Poe, The Harbour Post") ==
        "Jane Roe, John Doe and Ida Poe|The Harbour Post");
  CHECK(names("By Jane Roe, The Harbour Post") == "Jane Roe|The Harbour Post");
  CHECK(names("By Jane Roe | 23 November 2025") == "Jane Roe|23 November 2025");
  CHECK(names("By Jane Roe (The Post)") == "Jane Roe|The Post");
  CHECK(names("By Jane van der Roe in Geneva") == "Jane van der Roe|in Geneva");
  CHECK(names("By Élodie Ŝafran") == "Élodie Ŝafran|");
  CHECK(names("By 李 明") == "李 明|");
  CHECK(names("By Sam Roe Jr.") == "Sam Roe Jr.|");
  CHECK(names("By Reuters") == "Reuters|");
}

TEST_CASE("a sentence that begins with By is no byline") {
  CHECK(names("By Tuesday the council had agreed") == "none");
  CHECK(names("By Tuesday") == "none");
  CHECK(names("By November") == "none");
  CHECK(names("By the numbers") == "none");
  CHECK(names("By Land and Sea") == "none");
  CHECK(names("By Jane Roe and others.") == "none");
  CHECK(names("By then Jane Roe") == "none");
  CHECK(names("By 2026 Jane") == "none");
  CHECK(names("by Jane Roe") == "none");
  CHECK(names("By ") == "none");
  CHECK(names("By | x") == "none");
  CHECK(names("By Jane Roe " + std::string(200, 'A')) == "none");
}

TEST_CASE("a dateline ends with its dash") {
  CHECK(dateline("GENEVA, Nov. 23 (Agency) — Talks") == "GENEVA, Nov. 23 (Agency) —|Nov. 23");
  CHECK(dateline("KYIV, Ukraine — The") == "KYIV, Ukraine —|");
  CHECK(dateline("LONDON (Reuters) - Ministers") == "LONDON (Reuters) -|");
  CHECK(dateline("ST. PAUL, Minn. – A") == "ST. PAUL, Minn. –|");
  CHECK(dateline("WINSTON-SALEM—“No,” he said") == "WINSTON-SALEM—|");
  CHECK(dateline("PARIS, Sunday, 23 November 2025 -- It") ==
        "PARIS, Sunday, 23 November 2025 --|Sunday, 23 November 2025");
  CHECK(dateline("Geneva, 23 November 2025 — It") == "Geneva, 23 November 2025 —|23 November 2025");
  CHECK(dateline("Oslo (Agency) – It") == "Oslo (Agency) –|");
}

TEST_CASE("a sentence with a dash is no dateline") {
  CHECK(dateline("NATO — the alliance — said") == "none");
  CHECK(dateline("Paris — The city of light") == "none");
  CHECK(dateline("The mayor, Ada Quill — She was elected") == "none");
  CHECK(dateline("GENEVA has a lake — Everyone knows") == "none");
  CHECK(dateline("A — B") == "none");
  CHECK(dateline("GENEVA — ") == "none");
  CHECK(dateline("GENEVA") == "none");
  CHECK(dateline("— GENEVA") == "none");
  CHECK(dateline("") == "none");
  CHECK(dateline("( — A") == "none");
  CHECK(dateline("() — A") == "none");
  CHECK(dateline(std::string(200, 'A') + " — B") == "none");
}

TEST_CASE("a line of dates fills published and modified") {
  const auto o =
      open("Title\nPublished 23 November 2025, 10:00 UTC | Updated: 24 November 2025\n\nBody of the text.");
  CHECK(o.metadata.published == "2025-11-23T10:00:00Z");
  CHECK(o.metadata.modified == "2025-11-24");
  CHECK(open("Title\n\nNovember 23, 2025\n\nBody of it.").metadata.published == "2025-11-23");
  CHECK(open("Title\n2025-11-23T10:00Z\nBody of it.").metadata.published == "2025-11-23T10:00:00Z");
  CHECK(open("Title\nLast updated on 2025-11-23\nBody of it.").metadata.modified == "2025-11-23");
  CHECK(open("Title\nBy Jane Roe\nBody.\nMore.\nBody.\n23 November 2025\n").metadata.published ==
        std::nullopt);
}

TEST_CASE("what is not certainly a date fills nothing") {
  for (const char* line :
       {"03/04/2025", "Published 03/04/2025", "Published by the council", "30 February 2025", "Updated",
        "23 November", "2025", "23 November 2025 was cold", "| |"})
    CHECK(to_json(open("Title\n" + std::string(line) + "\nBody of it.").metadata) ==
          nlohmann::json::object());
}

TEST_CASE("a dateline gives the date only with its year") {
  CHECK(open("Title\nGENEVA, 23 November 2025 — Talks.").metadata.published == "2025-11-23");
  CHECK(open("Title\nGENEVA, 23 November — Talks.").metadata.published == std::nullopt);
  CHECK(open("Title\nPublished 24 November 2025\nGENEVA, 23 November 2025 — Talks.").metadata.published ==
        "2025-11-24");
}

TEST_CASE("the dateline is a child of its paragraph and the nodes stay in order") {
  const auto o = open("Title\nBy Jane Roe\nLONDON — See http://a.b now.\n> a\n> b\n");
  REQUIRE(o.nodes.size() == 8);
  CHECK(o.nodes[1].kind == NodeKind::byline);
  CHECK(o.nodes[2].kind == NodeKind::paragraph);
  CHECK(o.nodes[3].kind == NodeKind::dateline);
  CHECK(o.nodes[3].parent == 2);
  CHECK(o.nodes[4].kind == NodeKind::link);
  CHECK(o.nodes[4].parent == 2);
  CHECK(o.nodes[7].parent == 5);
}

TEST_CASE("a byline or date that stands like a heading is none") {
  const auto o = open("Title\n\nBy Jane Roe\n\n23 November 2025\n\nLONDON — The body of the text.");
  CHECK(count(o, NodeKind::heading) == 0);
  CHECK(count(o, NodeKind::byline) == 1);
  CHECK(count(o, NodeKind::dateline) == 1);
  CHECK(o.metadata.byline == "Jane Roe");
}

TEST_CASE("a deck may stand between title and byline") {
  const auto o = open("Title\nA sentence that sums it up.\nBy Jane Roe\nLONDON — The body.");
  CHECK(count(o, NodeKind::byline) == 1);
  CHECK(count(o, NodeKind::dateline) == 1);
}

TEST_CASE("bylines and datelines further down are text") {
  const auto o = open("Title\nOne.\nTwo.\nThree.\nFour.\nBy Jane Roe\nLONDON — Five.");
  CHECK(count(o, NodeKind::byline) == 0);
  CHECK(count(o, NodeKind::dateline) == 0);
}
