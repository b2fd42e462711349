#include "app/cli/manual/man_page.h"

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include "app/cli/manual/described.h"
#include "media/base/text.h"

namespace meanwhile {
namespace {

constexpr std::size_t kLongestLine = 78;

std::string man_bold(const std::string& text) {
  return "\\fB" + text + "\\fR";
}

std::string man_italic(const std::string& text) {
  return "\\fI" + text + "\\fR";
}

// What is typed keeps its signs, of which roff would make hyphens and quotation marks; readers differ in what
// they take the bytes of other letters for.
std::string man_letter(char32_t letter) {
  switch (letter) {
    case U'\\':
      return "\\e";
    case U'-':
      return "\\-";
    case U'\'':
      return "\\(aq";
    case U'~':
      return "\\(ti";
    case U'^':
      return "\\(ha";
    default:
      return letter < 0x80 ? std::string(1, char(letter)) : fmt::format("\\[u{:04X}]", std::uint32_t(letter));
  }
}

std::string man_escaped(std::string_view text) {
  std::string result;
  while (!text.empty()) result += man_letter(take_code_point(text).value_or(kReplacementCharacter));
  return result;
}

// Words as the commands' descriptions have them: `what is typed` is bold.
std::string man_prose(std::string_view text) {
  std::string result;
  bool is_bold = false;
  for (std::size_t mark = text.find('`'); mark != text.npos; mark = text.find('`')) {
    is_bold = !is_bold;
    result += man_escaped(text.substr(0, mark)) + (is_bold ? "\\fB" : "\\fR");
    text.remove_prefix(mark + 1);
  }
  return result + man_escaped(text);
}

// Short lines, none of which is taken for a request of roff.
std::string man_lines(const std::string& text) {
  std::string lines;
  std::string line;
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!line.empty() && line.size() + 1 + word.size() > kLongestLine) {
      lines += std::exchange(line, "") + "\n";
    }
    if (line.empty() && word.starts_with('.')) line = "\\&";
    line += (line.empty() || line == "\\&" ? "" : " ") + word;
  }
  return line.empty() ? lines : lines + line + "\n";
}

std::string man_paragraph(std::string_view text) {
  return ".PP\n" + man_lines(man_prose(text));
}

std::string man_sentence(std::string words) {
  if (!words.empty() && !words.ends_with('.') && !words.ends_with('?')) words += '.';
  return man_lines(man_prose(words));
}

// An entry of a list: what is typed, what it does.
std::string man_entry(const std::string& typed, const std::string& words) {
  const std::string said = man_sentence(words);
  return ".TP\n" + typed + "\n" + (said.empty() ? "\\&\n" : said);
}

std::string man_option_entry(const DescribedOption& option) {
  std::string typed;
  for (const auto& name : option.names) typed += (typed.empty() ? "" : ", ") + man_bold(man_escaped(name));
  if (typed.empty())
    typed = man_italic(man_escaped(option.value));
  else if (option.value_count > 0)
    typed += " " + man_italic(man_escaped(option.value));
  std::string words = option.words;
  if (!option.usual.empty()) words += fmt::format(" (otherwise {})", option.usual);
  if (option.is_repeatable && !option.names.empty()) words += "; may be given more than once";
  return man_entry(typed, words);
}

// Every command has these two; they are told of once.
bool is_in_every_command(const DescribedOption& option) {
  return option.names.back() == "--help" || option.names.back() == "--json";
}

std::string man_place_in_synopsis(const DescribedOption& place) {
  const std::string value = man_escaped(place.value) + (place.is_repeatable ? " ..." : "");
  return place.is_required ? value : "[" + value + "]";
}

std::string man_command_section(const DescribedCommand& command) {
  std::string title = man_escaped(command.path);
  for (const auto& place : command.places) title += " " + man_place_in_synopsis(place);
  std::string text = ".SS " + title + "\n" + man_sentence(command.words);
  for (const auto& place : command.places)
    if (!place.words.empty()) text += man_option_entry(place);
  for (const auto& option : command.options)
    if (!is_in_every_command(option)) text += man_option_entry(option);
  return text;
}

std::string man_section(const char* name,
                        std::initializer_list<std::pair<const char*, const char*>> entries) {
  std::string text = fmt::format(".SH {}\n", name);
  for (const auto& [typed, words] : entries) text += man_entry(man_bold(man_escaped(typed)), words);
  return text;
}

std::string man_about(const DescribedCommand& program) {
  return ".SH NAME\nmeanwhile \\- updates with screen and face, for people who work apart in time\n"
         ".SH SYNOPSIS\n\\fBmeanwhile\\fR [\\fIoption\\fR ...] [\\fIcommand\\fR [\\fIargument\\fR ...]]\n"
         ".SH DESCRIPTION\n" +
         man_lines(man_prose(
             "Meanwhile records screen, camera and microphone, publishes what was recorded in a library "
             "that a team shares, and plays what others published, with comments at their moments.")) +
         man_paragraph(
             "A library is a place in storage: a folder that is synced or mounted, WebDAV, or an S3 "
             "bucket. Without a command, the window opens.") +
         man_paragraph(
             "A clip is named by its id or the id's beginning, by a link, or as `latest`. A moment (T) "
             "is typed as 1:23 or 83, a length (DURATION) as 8s, 2m or 90.") +
         [&] {
           std::string options = ".SH OPTIONS\n";
           for (const auto& option : program.options) options += man_option_entry(option);
           return options + man_entry("\\fB\\-\\-json\\fR",
                                      "Of every command that prints something: as one JSON "
                                      "document");
         }();
}

std::string man_surroundings() {
  return man_section("FILES", {{"~/.config/meanwhile/", "Your settings and keys"},
                               {"~/.local/share/meanwhile/", "Your drafts, your libraries' logs and indices"},
                               {"~/.cache/meanwhile/", "What can be fetched again"}}) +
         man_section("ENVIRONMENT",
                     {{"XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_CACHE_HOME", "Other places for these folders"},
                      {"MEANWHILE_HOME", "One folder for all three, as with `--home`"},
                      {"MEANWHILE_FONTS", "A folder with fonts that goes before the system's"},
                      {"TZ", "The time zone that times are shown in"}}) +
         man_section("EXIT STATUS", {{"0", "It is done"},
                                     {"1", "It failed; one line says why, and what to do"},
                                     {"2", "Wrong usage"}}) +
         man_section("EXAMPLES", {{"meanwhile record --for 2m --title \"Where we stand\" --publish",
                                   "Records two minutes and publishes them"},
                                  {"meanwhile comment latest --at 1:23 \"Is that this month's?\"",
                                   "Comments on the newest update"},
                                  {"meanwhile library use folder:/srv/team",
                                   "Uses the library in a folder of the team"}});
}

}  // namespace

std::string man_page(const DescribedCommand& program, const std::string& date) {
  // Left-aligned and without hyphenation: most of it is to be typed.
  std::string page = fmt::format(".TH MEANWHILE 1 {} \"Meanwhile {}\" \"User Commands\"\n.nh\n.ad l\n", date,
                                 MEANWHILE_VERSION) +
                     man_about(program) + ".SH COMMANDS\n";
  for (const DescribedCommand* each : with_all_below(program))
    if (each != &program) page += man_command_section(*each);
  return page + man_surroundings();
}

}  // namespace meanwhile
