// Takedown: the content of a revision leaves the ledger, and a signed statement takes its place that says
// when, why and by whom. It keeps the digests, so that the log, the chain of revisions and every proof go on
// holding.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leaf.hpp"
#include "ledger.hpp"
#include "logged_commit.hpp"
#include "report.hpp"
#include "signature.hpp"

namespace stet {

inline constexpr std::string_view redaction_type = "urn:stet:redaction:v1";

struct Redaction {
  Leaf leaf;                                 // article, revision and the digests of what was taken down
  ObjectId blob{};                           // git's id of the document's bytes
  std::optional<PreviousRevision> previous;  // as the report had it
  std::string observed, recorded;            // RFC 3339 UTC, as the report had them
  std::string redacted;                      // RFC 3339 UTC
  std::string reason;
  std::optional<uint64_t> log_size;  // leaves of the log at that time; nothing without a log
};

// The canonical bytes of an in-toto Statement, see FORMATS.md, and back. Throws std::runtime_error for what
// redaction_statement() would not have written.
std::string redaction_statement(const Redaction& redaction);
Redaction parse_redaction(std::string_view statement);

// "budget@2 was redacted on 2025-11-23T19:40:00Z by SHA256:...: a court order". Of stored bytes; what is
// damaged in them is left out.
std::string redaction_sentence(const std::string& article, uint32_t revision, std::string_view statement,
                               std::string_view signatures);

// Of a revision that was redacted; nothing for any other, be it there or not. Throws naming the file that is
// damaged.
std::optional<Redaction> redaction_of(const Ledger& ledger, const std::string& article, uint32_t revision);

// What the n-th file of signatures over that statement ends in, from 1: ".redacted.sig" came with it, and
// ".redacted.sig.2" and so on later, since those before did not count. The last of them decides.
std::string redaction_signatures(uint32_t n);
// Which of those that came later it is; nothing for any other suffix.
std::optional<uint32_t> later_signatures(std::string_view suffix);

struct RevisionName {
  std::string article;
  uint32_t revision;
};

// Takes them all down in one commit. The words of a revision may stand in others too, and in the next one's
// report, which says what changed: they are not touched. Of what was redacted by a key that does not count
// (any more) the statement stays as it is, and is signed again. Throws std::runtime_error with one sentence,
// the ledger as it was: a revision is not there, or was redacted by a key that counts or so that another
// signature does not put it right, the key is none of the ledger's or has ended, the reason for what is to be
// taken down is none (reason.hpp).
void redact(Ledger& ledger, const Signers& keys, std::span<const RevisionName> revisions,
            const std::string& reason, int64_t time);

// Takes what was redacted out of all commits too: those from the first that held any of it on are made anew,
// signed by `key`, with a note below their message; authors and their times stay. Gives how many. The objects
// are gone from the disk when maintain() has purged them. Does nothing where nothing is left to do. Throws
// std::runtime_error with one sentence, the ledger as it was; also for a ledger that verify() finds a problem
// in, which the new signatures would cover up.
size_t purge_history(Ledger& ledger, const PrivateKey& key, int64_t time);

}  // namespace stet
