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

struct PatternSet::Impl {
  RE2::Set set{options(memory_of_set), RE2::UNANCHORED};
  int size = 0;
};

PatternSet::PatternSet() : impl_(std::make_unique<Impl>()) {}
PatternSet::~PatternSet() = default;

int PatternSet::add(const Pattern& pattern) {
  std::string error;
  const int number = impl_->set.Add(pattern.expression(), &error);
  if (number < 0) throw std::invalid_argument(error);
  return impl_->size = number + 1, number;
}

void PatternSet::compile() {
  if (!impl_->set.Compile()) throw std::runtime_error("the rules together are too large to compile");
}

void PatternSet::occurring(std::string_view text, std::vector<int>& numbers) const {
  numbers.clear();
  if (impl_->size == 0) return;
  RE2::Set::ErrorInfo error{};
  if (impl_->set.Match(text, &numbers, &error) || error.kind == RE2::Set::kNoError) return;
  numbers.resize(static_cast<size_t>(impl_->size));
  std::iota(numbers.begin(), numbers.end(), 0);
}

}  // namespace house_rules
