// Uses what differs between C++ libraries and compilers: strings, containers, streams and their locale,
// regular expressions, exceptions of its own and of the library, dynamic_cast, statics. All of it stays
// inside, so what it says must be the same whatever it was built with.
#include <stet/plugin.hpp>

#include <algorithm>
#include <functional>
#include <iomanip>
#include <locale>
#include <map>
#include <memory>
#include <regex>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct NoNumber : std::runtime_error {
  explicit NoNumber(const std::string& word) : std::runtime_error("no number: " + word) {}
};

struct Shape {
  virtual ~Shape() = default;
  virtual std::string name() const { return "word"; }
};
struct Number : Shape {
  explicit Number(double v) : value(v) {}
  std::string name() const override { return "number"; }
  double value;
};

struct Space : std::numpunct<char> {
  char do_thousands_sep() const override { return '\''; }
  std::string do_grouping() const override { return "\3"; }
};

double number_in(const std::string& word) {
  try {
    size_t end = 0;
    const double value = std::stod(word, &end);
    if (end != word.size()) throw NoNumber(word);
    return value;
  } catch (const std::out_of_range&) {
    return -1;
  } catch (const std::invalid_argument&) {
#ifdef WITHOUT_NESTED
    throw NoNumber(word);
#else
    std::throw_with_nested(NoNumber(word));
#endif
  }
}

std::unique_ptr<Shape> shape_of(const std::string& word) {
  try {
    return std::make_unique<Number>(number_in(word));
  } catch (const std::runtime_error& e) {
    // The own exception, through a base of the library's, with another one inside.
    if (!dynamic_cast<const NoNumber*>(&e)) throw;
    try {
      std::rethrow_if_nested(e);
    } catch (const std::logic_error&) {
      return std::make_unique<Shape>();
    }
    return std::make_unique<Shape>();
  }
}

class Words {
 public:
  explicit Words(std::string_view options) : options_(options) {}

  void verify(const stet::sdk::Document& document, stet::sdk::Host& host) {
    ++calls_;
    for (uint32_t i = 0; i < document.node_count(); ++i) {
      const auto node = document.node(i);
      if (node.kind == STET_PARAGRAPH || node.kind == STET_TITLE) say(document, node.range, host);
    }
    if (document.text().find("refuse this") != std::string_view::npos)
      throw std::length_error(std::string(document.text().substr(0, 40)));
  }

 private:
  void say(const stet::sdk::Document& document, stet::sdk::Range range, stet::sdk::Host& host) {
    static const std::regex words("([A-Za-z]+)|([0-9]+(?:\\.[0-9]+)?)");
    const std::string text(document.text(range));
    std::map<std::string, std::vector<long>> places;
    std::ostringstream sum;
    sum.imbue(std::locale(std::locale::classic(), new Space));
    double total = 0;
    for (std::sregex_iterator at(text.begin(), text.end(), words), end; at != end; ++at) {
      places[at->str()].push_back(static_cast<long>(at->position()));
      const auto shape = shape_of(at->str());
      if (const auto* number = dynamic_cast<const Number*>(shape.get())) total += number->value;
    }
    sum << std::fixed << std::setprecision(3) << total;
    host.state("sum", range, "{\"total\":\"" + sum.str() + "\"}");
    report_repeated(places, range, host);
  }

  void report_repeated(const std::map<std::string, std::vector<long>>& places, stet::sdk::Range range,
                       stet::sdk::Host& host) {
    std::vector<std::pair<std::string, std::vector<long>>> repeated(places.begin(), places.end());
    const std::function<bool(const decltype(repeated)::value_type&)> once = [](const auto& entry) {
      return entry.second.size() < 2;
    };
    repeated.erase(std::remove_if(repeated.begin(), repeated.end(), once), repeated.end());
    std::stable_sort(repeated.begin(), repeated.end(),
                     [](const auto& a, const auto& b) { return a.second.size() > b.second.size(); });
    for (const auto& [word, at] : repeated) {
      stet::sdk::Finding finding{"repeated", range,
                                 "“" + word + "” stands here " + std::to_string(at.size()) + " times."};
      for (const auto place : at) {
        const auto begin = range.begin + static_cast<uint32_t>(place);
        finding.related.push_back({begin, begin + static_cast<uint32_t>(word.size())});
      }
      finding.evidence_json = "{\"call\":" + std::to_string(calls_) + ",\"options\":" + options_ + "}";
      host.report(finding);
    }
  }

  std::string options_;
  int calls_ = 0;
};

}  // namespace

STET_PLUGIN(Words)
