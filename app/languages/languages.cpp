#include "app/languages/languages.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/languages/catalogs.h"
#include "app/languages/mo_catalog.h"
#include "media/base/format_locale.h"
#include "media/base/translation.h"

namespace meanwhile {
namespace {

std::optional<std::string> first_of(std::initializer_list<const char*> names,
                                    const VariableReader& variables) {
  for (const char* name : names) {
    if (auto value = variables(name); value && !value->empty()) return value;
  }
  return std::nullopt;
}

// "de_AT.UTF-8@euro": "de_AT".
std::string without_encoding(std::string_view name) {
  return std::string(name.substr(0, name.find_first_of(".@")));
}

bool is_nobodys(std::string_view locale) {
  return locale.empty() || locale == "C" || locale == "POSIX";
}

const Language* find_language(std::string_view name) {
  const std::string_view code = name.substr(0, name.find_first_of("_-.@"));
  const auto all = languages();
  const auto found = std::ranges::find(all, code, &Language::code);
  return found == all.end() ? nullptr : &*found;
}

}  // namespace

std::span<const Language> languages() {
  static const std::vector<Language> all = [] {
    std::vector<Language> with_english{{"en", "English", {}}};
    for (const CatalogFile& file : catalog_files())
      with_english.push_back({file.code, file.name, file.bytes});
    return with_english;
  }();
  return all;
}

const Language& choose_language(std::string_view setting, const VariableReader& variables) {
  const Language& english = languages().front();
  if (const Language* set = find_language(setting)) return *set;
  const std::string desktops = first_of({"LC_ALL", "LC_MESSAGES", "LANG"}, variables).value_or("");
  // As gettext has it: a desktop without any language has no list of them either.
  if (is_nobodys(without_encoding(desktops))) return english;
  std::string_view wanted = variables("LANGUAGE").value_or("");
  const std::string list = std::string(wanted) + ":" + desktops;
  for (std::string_view rest = list; !rest.empty();) {
    const auto end = std::min(rest.find(':'), rest.size());
    if (const Language* found = find_language(rest.substr(0, end))) return *found;
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return english;
}

std::string choose_formats(const Language& language, const VariableReader& variables) {
  const std::string desktops =
      without_encoding(first_of({"LC_ALL", "LC_TIME", "LANG"}, variables).value_or(""));
  if (is_nobodys(desktops)) return language.catalog.empty() ? "" : language.code;
  const auto region = desktops.find('_');
  return region == std::string::npos ? language.code : language.code + desktops.substr(region);
}

void use_language(const Language& language, const VariableReader& variables) {
  set_format_locale(choose_formats(language, variables));
  set_catalog(language.catalog.empty() ? nullptr : make_catalog(language.code, language.catalog));
}

}  // namespace meanwhile
