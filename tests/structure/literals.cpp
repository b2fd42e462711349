#include "tests/structure/literals.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace meanwhile::test {
namespace {

bool is_of_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Scanner {
 public:
  explicit Scanner(std::string_view source) : rest_(source) {}

  std::vector<Literal> scan() {
    while (!rest_.empty()) step();
    return std::move(found_);
  }

 private:
  void skip(std::size_t count) {
    const std::string_view passed = rest_.substr(0, count);
    line_ += int(std::ranges::count(passed, '\n'));
    rest_.remove_prefix(passed.size());
  }
  void skip_past(std::string_view end) {
    const auto at = rest_.find(end);
    skip(at == rest_.npos ? rest_.size() : at + end.size());
  }

  void step() {
    if (rest_.starts_with("//") || rest_.starts_with("#include")) return skip_past("\n");
    if (rest_.starts_with("/*")) return skip_past("*/");
    if (rest_.starts_with("R\"")) return pass_raw();
    if (rest_.front() == '\'') return pass_character();
    if (rest_.front() == '"') return take_literal();
    if (is_of_name(rest_.front())) return take_name();
    const char sign = rest_.front();
    if (sign == '(' || sign == '{') calls_.push_back(sign == '(' ? std::exchange(name_, {}) : std::string());
    if ((sign == ')' || sign == '}') && !calls_.empty()) calls_.pop_back();
    if (std::isspace(static_cast<unsigned char>(sign)) == 0) {
      name_.clear();
      joins_ = false;
    }
    skip(1);
  }

  void pass_raw() {
    const auto open = rest_.find('(');
    const std::string end = ")" + std::string(rest_.substr(2, open - 2)) + "\"";
    skip_past(end);
  }
  void pass_character() {
    skip(1);
    if (rest_.starts_with('\\')) skip(2);
    skip_past("'");
  }
  void take_name() {
    // 1'000'000 is a number.
    const bool is_number = std::isdigit(static_cast<unsigned char>(rest_.front())) != 0;
    const auto end =
        std::ranges::find_if_not(rest_, [&](char c) { return is_of_name(c) || (is_number && c == '\''); }) -
        rest_.begin();
    name_ = rest_.substr(0, std::size_t(end));
    joins_ = false;
    skip(std::size_t(end));
  }
  void take_literal() {
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2 : 1;
    const std::string_view text = rest_.substr(1, end - 1);
    if (joins_ && !found_.empty())
      found_.back().text += text;
    else
      found_.push_back({std::string(text), line_, calls_});
    skip(end + 1);
    joins_ = true;
  }

  std::string_view rest_;
  int line_ = 1;
  bool joins_ = false;  // with the literal before
  std::string name_;    // that stands directly before
  std::vector<std::string> calls_;
  std::vector<Literal> found_;
};

}  // namespace

std::vector<Literal> literals_of(std::string_view source) {
  return Scanner(source).scan();
}

}  // namespace meanwhile::test
