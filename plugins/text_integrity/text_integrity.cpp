// Checks that a text is stored the way it looks: letters, spaces, directions, accents, marks. Each check is a
// file.
#include <stet/plugin.hpp>
#include <stet/text.hpp>

#include "checks.hpp"
#include "findings.hpp"
#include "unicode.hpp"

namespace text_integrity {
namespace {

class TextIntegrity {
 public:
  explicit TextIntegrity(std::string_view /*options_json*/) {}

  void verify(const stet::sdk::Document& document, stet::sdk::Host& host) {
    const Page page{document.text(), stet::sdk::blocks(document)};
    Findings findings;
    check_mixed_script(page, look_alikes_, findings);
    check_invisible(page, findings);
    check_bidi(page, findings);
    check_normalisation(page, findings);
    check_glued_quotation(page, findings);
    check_mojibake(page, findings);
    findings.report(host);
  }

 private:
  LookAlikes look_alikes_;
};

}  // namespace
}  // namespace text_integrity

STET_PLUGIN(text_integrity::TextIntegrity)
