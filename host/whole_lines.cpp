#include "whole_lines.hpp"

#include <algorithm>
#include <array>

namespace stet {
namespace {

// Of fewer bytes the words cost no more than finding out that they are not needed.
constexpr uint32_t least_whole = 32;
// Lines that are equal after fold() begin with the same words.
constexpr size_t words_compared = 3;

struct Known {
  std::string_view text;
  uint32_t times_before = 0, times_after = 0;
};

bool may_be_whole(const Known& line, const std::vector<Word>& first_words) {
  if (line.times_before != 1 || line.times_after != 1 || line.text.size() < least_whole) return false;
  // Whether a sentence ends behind the line must not depend on what stands before it.
  const bool holds_word =
      std::any_of(first_words.begin(), first_words.end(), [](const Word& w) { return !w.mark; });
  return holds_word && first_words.front().range.begin == 0 && ends_in_word(line.text);
}

class Lines {
 public:
  explicit Lines(Numbering& words) : words_(words) {}

  std::vector<NumberedLine> read(const AlignedText& side, uint32_t Known::*times) {
    std::vector<NumberedLine> lines;
    for (uint32_t begin = side.begin; begin < side.end;) {
      const auto end = static_cast<uint32_t>(std::min<size_t>(side.text.find('\n', begin), side.end));
      if (begin < end) {
        lines.push_back({{begin, end}, number_of(side.view({begin, end}))});
        ++(known_[lines.back().number].*times);
      }
      begin = end + 1;
    }
    return lines;
  }

  std::vector<bool> whole() {
    std::vector<bool> whole(known_.size());
    std::vector<std::pair<Beginning, uint32_t>> beginnings;
    beginnings.reserve(known_.size());
    for (uint32_t i = 0; i < known_.size(); ++i) {
      const auto first_words = words_of(known_[i].text, 0, words_compared);
      beginnings.emplace_back(beginning_of(known_[i].text, first_words), i);
      whole[i] = may_be_whole(known_[i], first_words);
    }
    std::sort(beginnings.begin(), beginnings.end());
    for (size_t i = 1; i < beginnings.size(); ++i)
      if (beginnings[i - 1].first == beginnings[i].first)
        whole[beginnings[i - 1].second] = whole[beginnings[i].second] = false;
    return whole;
  }

 private:
  using Beginning = std::array<uint32_t, words_compared>;  // numbers of words, and 0 behind the last

  uint32_t number_of(std::string_view line) {
    const uint32_t number = numbers_.exact(line);
    if (number == known_.size()) known_.push_back({line, 0, 0});
    return number;
  }

  Beginning beginning_of(std::string_view line, const std::vector<Word>& first_words) {
    Beginning beginning{};
    for (size_t i = 0; i < first_words.size(); ++i) {
      const auto [begin, end] = first_words[i].range;
      beginning[i] = words_.folded(line.substr(begin, end - begin)) + 1;
    }
    return beginning;
  }

  Numbering& words_;
  Numbering numbers_;
  std::vector<Known> known_;  // by number
};

// Gives each line its words. One that was there before has its words and numbers already.
class WordNumbering {
 public:
  WordNumbering(const LinePair& lines, Numbering& words)
      : whole_(lines.whole), words_(words), known_(lines.whole.size()) {}

  void number(AlignedText& side, const std::vector<NumberedLine>& lines) {
    side.words.clear();
    side.numbers.clear();
    for (const auto& line : lines) {
      if (whole_[line.number])
        add(side, {line.range, false}, first_whole_line + line.number);
      else if (const auto& known = known_[line.number]; known.side)
        copy_words(known, side, line.range.begin);
      else
        add_words(side, line);
    }
    side.partner.assign(side.words.size(), AlignedText::none);
    side.moved.assign(side.words.size(), false);
  }

 private:
  struct KnownLine {
    const AlignedText* side = nullptr;
    uint32_t first = 0, last = 0;  // words
    uint32_t begin = 0;            // in the text
  };

  static void add(AlignedText& side, const Word& word, uint32_t number) {
    side.words.push_back(word);
    side.numbers.push_back(number);
  }

  void add_words(AlignedText& side, const NumberedLine& line) {
    const auto first = static_cast<uint32_t>(side.words.size());
    for (const Word& word : words_of(side.view(line.range), line.range.begin))
      add(side, word, words_.folded(side.view(word.range)));
    known_[line.number] = {&side, first, static_cast<uint32_t>(side.words.size()), line.range.begin};
  }

  static void copy_words(const KnownLine& line, AlignedText& side, uint32_t begin) {
    for (uint32_t i = line.first; i < line.last; ++i) {
      Word word = line.side->words[i];
      word.range = {word.range.begin - line.begin + begin, word.range.end - line.begin + begin};
      add(side, word, uint32_t{line.side->numbers[i]});
    }
  }

  const std::vector<bool>& whole_;
  Numbering& words_;
  std::vector<KnownLine> known_;  // by number
};

}  // namespace

LinePair lines_of(const AlignedPair& pair, Numbering& words) {
  Lines lines(words);
  LinePair found{
      lines.read(pair.before, &Known::times_before), lines.read(pair.after, &Known::times_after), {}};
  found.whole = lines.whole();
  return found;
}

void number_words(AlignedPair& pair, const LinePair& lines, Numbering& words) {
  WordNumbering numbering(lines, words);
  numbering.number(pair.before, lines.before);
  numbering.number(pair.after, lines.after);
}

}  // namespace stet
