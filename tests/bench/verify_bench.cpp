// verify_bench FOLDER ARTICLES articles|rounds: makes a ledger for `stet verify` to read: five revisions of
// each article in batches of 1000, canonical and signed, in a log, under signed commits. What the reports say
// was found is made up; of a real report they have the shape and the size (6 to 8 kB).
//
// "articles": an article's revisions one after the other, as an import brings them. "rounds": every article's
// first revision, then every second one, and so on, as time brings them.
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "canonical.hpp"
#include "corpus.hpp"
#include "digest.hpp"
#include "keyring.hpp"
#include "ledger_log.hpp"
#include "record.hpp"
#include "timestamp.hpp"

using namespace stet;
using namespace stet::bench;

namespace {

std::vector<Fact> made_up_facts(uint32_t seed, const std::string& plugin) {
  Random same(seed);
  std::vector<Fact> facts;
  uint32_t at = 0;
  for (int i = 0; i < 45; ++i) {
    at += same() % 80;
    const uint32_t end = at + same() % 90;
    const auto name = word(same) + ' ' + word(same);
    facts.push_back(
        {plugin, "quote", {at, end}, {{"cue", word(same)}, {"speaker", name}, {"type", "direct"}}});
  }
  return facts;
}

// What is kept of the revision before.
struct Before {
  std::string document_sha256, report_sha256;
};

class Maker {
 public:
  explicit Maker(const std::filesystem::path& folder) : ledger_(make(folder)) {}

  void write(uint32_t articles, bool rounds) {
    const auto locked = ledger_.lock();
    const size_t size = size_t{articles} * revisions;
    for (size_t first = 0; first < size; first += in_batch) {
      std::vector<Entry> entries;
      for (size_t i = first; i < std::min(first + in_batch, size); ++i) {
        const auto n = static_cast<uint32_t>(i);
        entries.push_back(rounds ? entry(n % articles, n / articles + 1)
                                 : entry(n / revisions, n % revisions + 1));
      }
      std::vector<Leaf> leaves;
      for (const auto& entry : entries) leaves.push_back(leaf_of(entry));
      commit_revisions(ledger_, {key_, &log_key_}, entries, leaves, "batch", time_);
      ++time_;
    }
  }

 private:
  Ledger make(const std::filesystem::path& folder) {
    const auto log = vkey({"bench", NoteKeyType::ed25519, log_key_.public_key()});
    return Ledger::create(
        folder,
        first_files("bench", log_key_, canonical({{"format", 1}, {"origin", "bench"}, {"log", log}}),
                    key_file(key_.public_key(), format_timestamp(time_0))),
        time_0, commit_signer(key_));
  }

  Entry entry(uint32_t article, uint32_t revision) {
    Random random(article * 7919 + 1);
    Report report;
    report.article = "outlet-" + std::to_string(article % 50) + ".example-news-" + std::to_string(article);
    report.revision = revision;
    report.observed = report.recorded = format_timestamp(time_);
    PluginRun run{"org.example.quotes", "1.0.0", sha256_hex("quotes"), {}};
    run.outcome = {
        Outcome::Kind::checked, "", "process, rlimits, seccomp", {}, made_up_facts(article, run.id)};
    report.plugins.push_back(run);
    std::string text = first_document(random);
    for (uint32_t n = 1; n < revision; ++n) edit(text, random);
    auto& before = before_[article];
    if (revision > 1) report.previous = {revision - 1, before.document_sha256, before.report_sha256};
    const auto document = read_document("article.txt", text, Format::text);
    Entry e{report.article, revision, text, {}, canonical(statement(document, report)), ""};
    if (document.text != text) e.text = document.text;
    e.signatures =
        signatures_file({{key_.public_key().keyid(), key_.sign(pre_authentication_encoding(e.report))}});
    before = {sha256_hex(e.document), sha256_hex(e.report)};
    return e;
  }

  PrivateKey key_ = PrivateKey::generate(), log_key_ = PrivateKey::generate();
  Ledger ledger_;
  int64_t time_ = time_0;
  std::map<uint32_t, Before> before_;
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 4) return std::fputs("usage: verify_bench FOLDER ARTICLES articles|rounds\n", stderr), 2;
  Maker(argv[1]).write(static_cast<uint32_t>(std::stoul(argv[2])), std::strcmp(argv[3], "rounds") == 0);
} catch (const std::exception& e) {
  std::cerr << "verify_bench: " << e.what() << "\n";
  return 1;
}
