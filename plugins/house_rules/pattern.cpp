#include "pattern.hpp"

#include <re2/re2.h>
#include <re2/set.h>

#include <numeric>
#include <stdexcept>

namespace house_rules {
namespace {

// Bytes that one expression, and all of them together in a set, may use when compiled and as a cache of
// states. Where the cache is full RE2 begins it anew: slower, not wrong.
constexpr int64_t memory_of_pattern = 4 << 20, memory_of_set = 64 << 20;

RE2::Options options(int64_t memory) {
  RE2::Options o;
  o.set_max_mem(memory);
  o.set_log_errors(false);
  return o;
}

bool continues_character(std::string_view text, size_t at) {
  return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;
}

// Widened to whole characters, which only \C can split.
Span span_of(std::string_view text, re2::StringPiece match) {
  size_t begin = static_cast<size_t>(match.data() - text.data()), end = begin + match.size();
  while (begin > 0 && continues_character(text, begin)) --begin;
  while (continues_character(text, end)) ++end;
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

}  // namespace

Pattern::Pattern(const std::string& expression)
    : compiled_(std::make_shared<const RE2>(expression, options(memory_of_pattern))) {
  if (!compiled_->ok()) throw std::invalid_argument(compiled_->error());
  if (found_in("")) throw std::invalid_argument("it matches the empty text, so it would match everywhere");
}

size_t Pattern::group_count() const {
  return static_cast<size_t>(compiled_->NumberOfCapturingGroups());
}

int Pattern::size() const {
  return compiled_->ProgramSize();
}

const std::string& Pattern::expression() const {
  return compiled_->pattern();
}

bool Pattern::found_in(std::string_view text) const {
  return compiled_->Match(text, 0, text.size(), RE2::UNANCHORED, nullptr, 0);
}

std::optional<Span> Pattern::find(std::string_view text, size_t from) const {
  re2::StringPiece match;
  while (from < text.size() && compiled_->Match(text, from, text.size(), RE2::UNANCHORED, &match, 1)) {
    if (!match.empty()) return span_of(text, match);
    from = static_cast<size_t>(match.data() - text.data()) + 1;
    while (continues_character(text, from)) ++from;
  }
  return std::nullopt;
}

std::vector<std::string_view> Pattern::groups(std::string_view text, Span match) const {
  std::vector<re2::StringPiece> found(group_count() + 1);
  std::vector<std::string_view> groups(found.size());
  groups[0] = slice(text, match);
  if (!compiled_->Match(text, match.begin, text.size(), RE2::ANCHOR_START, found.data(),
                        static_cast<int>(found.size())))
    return groups;
  for (size_t i = 1; i < found.size(); ++i)
    if (found[i].data()) groups[i] = slice(text, span_of(text, found[i]));
  return groups;
}

// RE2::Set keeps one automaton for all patterns. Large ones (".{0,30}", "\pL+") multiply its states until it
// spends its time on making them: 50 such patterns took ten times as long in a set as one by one, 500 small
// ones an eighth.
constexpr int largest_in_set = 200;  // instructions

struct PatternSet::Impl {
  RE2::Set set{options(memory_of_set), RE2::UNANCHORED};
  std::vector<int> in_set;  // number of each member
  std::vector<int> outside;
  int size = 0;
  bool is_usable = false;
};

PatternSet::PatternSet() : impl_(std::make_unique<Impl>()) {}
PatternSet::~PatternSet() = default;

int PatternSet::add(const Pattern& pattern) {
  const int number = impl_->size++;
  if (pattern.size() <= largest_in_set && impl_->set.Add(pattern.expression(), nullptr) >= 0)
    impl_->in_set.push_back(number);
  else
    impl_->outside.push_back(number);
  return number;
}

size_t PatternSet::size() const {
  return static_cast<size_t>(impl_->size);
}

void PatternSet::compile() {
  impl_->is_usable = impl_->set.Compile();
}

void PatternSet::occurring(std::string_view text, std::vector<int>& numbers) const {
  numbers.clear();
  RE2::Set::ErrorInfo error{RE2::Set::kNotCompiled};
  const bool found = impl_->is_usable && impl_->set.Match(text, &numbers, &error);
  if (!found && error.kind != RE2::Set::kNoError) {
    numbers.resize(impl_->in_set.size());
    std::iota(numbers.begin(), numbers.end(), 0);
  }
  for (int& number : numbers) number = impl_->in_set[static_cast<size_t>(number)];
  numbers.insert(numbers.end(), impl_->outside.begin(), impl_->outside.end());
}

}  // namespace house_rules
