// Articles that are the same each time they are made, for benchmarks.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "ledger.hpp"

namespace stet::bench {

inline constexpr uint32_t revisions = 5;
inline constexpr size_t in_batch = 1000;
inline constexpr int64_t time_0 = 1763900000;

using Random = std::mt19937;

inline const std::vector<std::string>& words() {
  static const auto all = [] {
    Random random(1);
    std::vector<std::string> words(8000);
    for (auto& word : words)
      for (unsigned n = 2 + random() % 9; n > 0; --n)
        word += "etaoinshrdlucmfwypvbgkqjxz"[std::min(random() % 26, random() % 26)];
    return words;
  }();
  return all;
}

// Few words are most of a text.
inline const std::string& word(Random& random) {
  const double at = static_cast<double>(random() % 1000000) / 1e6;
  return words()[static_cast<size_t>(at * at * at * static_cast<double>(words().size()))];
}

inline std::string digits(Random& random, size_t count, const char* alphabet, unsigned letters) {
  std::string text(count, ' ');
  for (auto& c : text) c = alphabet[random() % letters];
  return text;
}

inline std::string hex_digits(Random& random) {
  return digits(random, 64, "0123456789abcdef", 16);
}

inline std::string first_document(Random& random) {
  const size_t size = 4000 + random() % 5000;
  std::string text;
  while (text.size() < size) text += word(random) + (random() % 12 ? " " : random() % 4 ? ". " : ".\n\n");
  return text;
}

inline void replace_words(std::string& text, Random& random) {
  for (int i = 0; i < 3; ++i) {
    const size_t at = text.find(' ', random() % (text.size() / 2)) + 1;
    text.replace(at, text.find(' ', at) - at, word(random));
  }
}

// Three words become others, and a sentence is added.
inline void edit(std::string& text, Random& random) {
  replace_words(text, random);
  for (int i = 0; i < 12; ++i) text += word(random) + ' ';
}

// About 6 kB: digests that always differ, ranges that mostly do, messages that mostly do not.
inline std::string report_of(const std::string& id, uint32_t revision, uint32_t seed, Random& random) {
  Random same(seed);
  std::string json =
      R"({"predicate":{"article":{"id":")" + id + R"(","revision":)" + std::to_string(revision) + '}';
  for (int i = 0; i < 4; ++i) json += R"(,"sha256":")" + hex_digits(random) + '"';
  size_t at = random() % 40;
  for (int i = 0; i < 45; ++i) {
    at += same() % 150;
    json += R"(,{"kind":"quote","plugin":"org.example.quotes","range":[)" + std::to_string(at) + ',' +
            std::to_string(at + same() % 90) + R"(],"name":")" + word(same) + ' ' + word(same) +
            R"(","cue":")" + word(same) + "\"}";
  }
  return json + "}}";
}

inline Entry make_entry(uint32_t article, uint32_t revision) {
  Random random(article * 7919 + 1);
  Entry e{"outlet-" + std::to_string(article % 50) + ".example-news-" + std::to_string(article),
          revision,
          first_document(random),
          std::nullopt,
          "",
          ""};
  for (uint32_t n = 1; n < revision; ++n) edit(e.document, random);
  e.report = report_of(e.article, revision, article, random);
  e.signatures = R"({"signatures":[{"keyid":"SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU","sig":")" +
                 digits(random, 86, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 64) +
                 R"(=="}]})";
  return e;
}

// ---- articles for the checks: the same words with quotations and dates among them ----

inline std::string capitalised(std::string word) {
  word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

inline std::string name_of_person(Random& random) {
  return capitalised(word(random)) + ' ' + capitalised(word(random) + "son");
}

inline std::string some_words(Random& random, unsigned count) {
  std::string text = word(random);
  for (unsigned i = 1; i < count; ++i) text += ' ' + word(random);
  return text;
}

inline std::string some_date(Random& random) {
  static const char* const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
  return std::to_string(1 + random() % 28) + ' ' + months[random() % 12] + " 20" +
         std::to_string(10 + random() % 15);
}

// A quarter of the sentences quotes somebody, an eighth says a date.
inline std::string sentence(Random& random) {
  const auto kind = random() % 8;
  if (kind < 2)
    return "\u201c" + capitalised(some_words(random, 6 + random() % 12)) + ",\u201d said " +
           name_of_person(random) + '.';
  auto text = capitalised(some_words(random, 8 + random() % 12));
  if (kind == 2) text += " on " + some_date(random);
  return text + '.';
}

inline std::string news_document(Random& random) {
  const size_t size = 4000 + random() % 5000;
  std::string text = capitalised(some_words(random, 6)) + "\n\n";
  while (text.size() < size) text += sentence(random) + (random() % 4 ? " " : "\n\n");
  return text;
}

inline void edit_news(std::string& text, Random& random) {
  edit(text, random);
  text += "\n\n" + sentence(random) + '\n';
}

inline std::string news_revision(uint32_t article, uint32_t revision) {
  Random random(article * 7919 + 1);
  auto text = news_document(random);
  for (uint32_t n = 1; n < revision; ++n) edit_news(text, random);
  return text;
}

// The revisions of one article whose size stays what it was: three words become others, and the last sentence
// another.
inline std::vector<std::string> news_chain(uint32_t length) {
  Random random(5);
  std::vector<std::string> chain{news_document(random)};
  const size_t body = chain[0].size();
  while (chain.size() < length) {
    auto text = chain.back();
    replace_words(text, random);
    text.resize(text.rfind(". ", std::min(body, text.size() - 3)) + 2);
    chain.push_back(text + sentence(random) + '\n');
  }
  return chain;
}

}  // namespace stet::bench
