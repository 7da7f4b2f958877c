// Regular expressions that run in linear time. RE2 lives here.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "span.hpp"

namespace re2 {
class RE2;
}

namespace house_rules {

// One compiled expression in RE2's syntax, on UTF-8. Copies share it.
class Pattern {
 public:
  // Throws std::invalid_argument with the reason: not an expression, too large, or one that matches the
  // empty text and so would match everywhere.
  explicit Pattern(const std::string& expression);

  size_t group_count() const;
  int size() const;  // instructions when compiled
  const std::string& expression() const;
  bool found_in(std::string_view text) const;
  // The first match that begins at `from` or later and is not empty, on character boundaries. `from` is
  // such a boundary; what stands before it still counts for \b and ^.
  std::optional<Span> find(std::string_view text, size_t from) const;
  // The groups of the match at `match`, the whole match first; groups that took no part are empty.
  std::vector<std::string_view> groups(std::string_view text, Span match) const;

 private:
  std::shared_ptr<const re2::RE2> compiled_;
};

// Tells in one pass over a text which of many patterns may occur in it, so that hundreds cost little more
// than a few.
class PatternSet {
 public:
  PatternSet();
  ~PatternSet();
  PatternSet(const PatternSet&) = delete;
  PatternSet& operator=(const PatternSet&) = delete;

  // Patterns are numbered from 0 in the order in which they are added, all of them before compile().
  int add(const Pattern& pattern);
  void compile();
  size_t size() const;
  // Fills `numbers` with all patterns that occur in `text`, and some for which that is only possible.
  void occurring(std::string_view text, std::vector<int>& numbers) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace house_rules
