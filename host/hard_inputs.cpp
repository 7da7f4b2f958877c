// Sizes stay at what a plugin can answer: at most 10,000 blocks, for it may report each of them once.
#include "hard_inputs.hpp"

#include <array>
#include <string_view>
#include <utility>

#include <unicode/utf8.h>

namespace stet {
namespace {

constexpr size_t megabyte = 1'000'000;

// Deterministic, and good enough to mix words (Knuth's MMIX constants).
class Mixer {
 public:
  size_t next(size_t below) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<size_t>(state_ >> 33) % below;
  }
  template <size_t n>
  std::string_view pick(const std::array<std::string_view, n>& words) {
    return words[next(n)];
  }

 private:
  uint64_t state_ = 1;
};

constexpr std::array<std::string_view, 8> people = {
    "Odile Varga", "the harbour master", "Councillor Brandt", "she",
    "Tomas Reyl",  "a spokeswoman",      "Dr. Imke Sorrel",   "the ministry"};
constexpr std::array<std::string_view, 10> deeds = {
    "opened the old quay, which nobody had used for as long as the town remembers",
    "would not say who pays for the second bridge and the road that leads to it",
    "counted 1,250 passengers, a few dogs and a piano",
    "closed the library's roof with a sheet of blue plastic",
    "asked for a report that somebody would read to its end",
    "had left for Tarnholm without a word to the committee",
    "promised 3.5 million for the tram, or a little less",
    "wrote to the tram company and did not get an answer",
    "called the vote a mistake that could be mended",
    "walked along the river with a map and a measuring rod"};
// As often as in an article: most sentences hold neither a date nor a quotation.
constexpr std::array<std::string_view, 16> times = {" on Monday",
                                                    " on 3 March 2031",
                                                    " last week",
                                                    " on Wednesday, 12 May",
                                                    " between 4 and 9 May",
                                                    " in 2029",
                                                    "",
                                                    "",
                                                    "",
                                                    "",
                                                    "",
                                                    "",
                                                    "",
                                                    "",
                                                    "",
                                                    ""};
constexpr std::array<std::string_view, 16> remarks = {"“We sail at noon,” said ",
                                                      "\"Nobody asked us,\" said ",
                                                      "‘It’s late,’ said ",
                                                      "«Pas ici», said ",
                                                      "„So geht es nicht“, said ",
                                                      "Then ",
                                                      "Then ",
                                                      "Then ",
                                                      "Later ",
                                                      "Later ",
                                                      "Later ",
                                                      "So ",
                                                      "So ",
                                                      "But ",
                                                      "But ",
                                                      "And "};

std::string sentence(Mixer& mix) {
  const auto remark = mix.pick(remarks);
  std::string out(remark);
  out += mix.pick(people);
  out += remark.ends_with("said ") ? ", who " : " ";
  out += mix.pick(deeds);
  out += mix.pick(times);
  return out + ". ";
}

std::string prose(size_t size) {
  Mixer mix;
  std::string out = "Ferry sails again\n\n";
  while (out.size() < size) {
    for (size_t i = 3 + mix.next(6); i > 0; --i) out += sentence(mix);
    out += "\n\n";
  }
  return out;
}

std::string paragraphs(size_t count) {
  Mixer mix;
  std::string out = "Many short paragraphs\n\n";
  for (size_t i = 1; i < count; ++i) out += sentence(mix) + "\n\n";
  return out;
}

std::string unbroken(size_t size) {
  Mixer mix;
  std::string out = "One word\n\n";
  while (out.size() < size) out += static_cast<char>('a' + mix.next(26));
  return out + "\n";
}

std::string nested() {
  std::string out = "# Nested\n\n";
  for (size_t i = 0; i < 1000; ++i) out += "> ";
  out += "“Deep down,” she said.\n\nUp again.\n\n";
  for (size_t i = 0; i < 100; ++i)
    out += std::string(2 * i, ' ') + "- on Monday, level " + std::to_string(i) + "\n";
  return out;
}

void append(std::string& out, char32_t c) {
  char bytes[4];
  size_t size = 0;
  U8_APPEND_UNSAFE(bytes, size, c);
  out.append(bytes, size);
}

constexpr std::array<char32_t, 44> quote_marks = {
    U'"',   U'\'',  U'`',   0x00AB, 0x00B4, 0x00BB, 0x2018, 0x2019,  0x201A,  0x201B,  0x201C,
    0x201D, 0x201E, 0x201F, 0x2032, 0x2033, 0x2039, 0x203A, 0x275B,  0x275C,  0x275D,  0x275E,
    0x276E, 0x276F, 0x2E42, 0x300C, 0x300D, 0x300E, 0x300F, 0x301D,  0x301E,  0x301F,  0xFE41,
    0xFE42, 0xFE43, 0xFE44, 0xFF02, 0xFF07, 0xFF62, 0xFF63, 0x1F676, 0x1F677, 0x1F678, 0x02BC};

// Every mark closed by every mark, and each alone.
std::string all_quote_marks() {
  std::string out = "Every mark against every other\n\n";
  for (const char32_t open : quote_marks) {
    for (const char32_t close : quote_marks) {
      append(out, open);
      out += "We sail";
      append(out, close);
      out += " she said. ";
    }
    append(out, open);
    out += "\n\n";
  }
  return out;
}

void append_all(std::string& out, char32_t first, char32_t last) {
  for (char32_t c = first; c <= last; ++c) append(out, c);
}

// Combining marks, right-to-left scripts, directional controls, joiners, characters beyond 16 bits, what is
// unassigned or for private use, and separators that are no line feed.
std::string all_scripts() {
  std::string out = "Zalgo ";
  append_all(out, 0x0300, 0x036F);
  out += "e and other scripts\n\nשלום, אמרה: ”לא היום“. مرحبا، قال: «ليس اليوم» ١٢٣.\n\n";
  for (const auto& [first, last] :
       std::initializer_list<std::pair<char32_t, char32_t>>{{0x05D0, 0x05EA},
                                                            {0x0600, 0x06FF},
                                                            {0x0900, 0x097F},
                                                            {0x1100, 0x11FF},
                                                            {0x2000, 0x206F},
                                                            {0x3040, 0x30FF},
                                                            {0x4E00, 0x4E7F},
                                                            {0xE000, 0xE020},
                                                            {0xFDD0, 0xFE2F},
                                                            {0xFEFF, 0xFF60},
                                                            {0xFFF0, 0xFFFF},
                                                            {0x10330, 0x1034A},
                                                            {0x1D400, 0x1D4FF},
                                                            {0x1F1E6, 0x1F1FF},
                                                            {0x1F468, 0x1F4FF},
                                                            {0xE0000, 0xE007F},
                                                            {0x10FFF0, 0x10FFFF}}) {
    append_all(out, first, last);
    out += ", she said on Monday.\n\n";
  }
  return out;
}

Document text_document(std::string bytes) {
  return read_document("hard.txt", std::move(bytes), Format::text);
}

// As if the title and a source had been written in Latin-1, cut in mid-character, and with a NUL.
std::string bytes_that_are_no_utf8() {
  using namespace std::string_literals;
  return "{\"title\":\"Caf\xE9 \xC3\",\"byline\":\"\xFF\xFE\x00\",\"published\":\"2031-03-0\xB3\","
         "\"sources\":[\"\xED\xA0\x80.txt\"]}"s;
}

}  // namespace

std::vector<HardInput> hard_inputs() {
  Document empty;
  empty.name = "hard.txt";
  std::vector<HardInput> all;
  all.push_back({"an empty text", empty, {}});
  all.push_back({"1 MB of prose", text_document(prose(megabyte)), {}});
  all.push_back({"10,000 paragraphs", text_document(paragraphs(10'000)), {}});
  all.push_back({"1 MB without a space", text_document(unbroken(megabyte)), {}});
  all.push_back({"blocks nested 1,000 deep", read_document("hard.md", nested(), Format::markdown), {}});
  all.push_back({"every quotation mark", text_document(all_quote_marks()), {}});
  all.push_back({"every script and control", text_document(all_scripts()), {}});
  all.push_back({"metadata that is not UTF-8", text_document(prose(1000)), bytes_that_are_no_utf8()});
  return all;
}

}  // namespace stet
