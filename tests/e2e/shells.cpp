#include "tests/e2e/shells.h"

#include <fstream>
#include <sstream>
#include <utility>

#include "media/base/child_process.h"
#include "tests/e2e/person.h"
#include "tests/support/environment.h"

namespace meanwhile::e2e {
namespace {

// Splits the line at blanks and at "=", as readline does.
constexpr const char* kBash = R"bash(
cd "$1" && source ./meanwhile.bash || exit 1
while IFS= read -r line; do
  line=${line//=/ = }
  read -ra COMP_WORDS <<<"$line"
  [[ $line != *' ' || $line == *'= ' ]] || COMP_WORDS+=('')
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _meanwhile
  printf '%s\n' "${COMPREPLY[@]}" ---
done
)bash";

constexpr const char* kFish = R"fish(
cd $argv[1]; and source ./meanwhile.fish; or exit 1
while read -l line
  complete -C $line | string split -f 1 \t
  echo ---
end
)fish";

// A terminal of its own, where what is offered is written down as it is added.
constexpr const char* kZsh = R"zsh(
zmodload zsh/zpty
while IFS= read -r line; do
  hits=$(mktemp)
  zpty -b shell zsh -f -i
  zpty -w shell "cd $1; fpath=($1 \$fpath); HITS=$hits; source $1/offers.zsh"
  zpty -w -n shell "$line"$'\t'
  for ((i = 0; i < 600; ++i)); do
    grep -q '^---$' $hits && break
    sleep 0.1
  done
  zpty -d shell
  cat $hits
  rm $hits
done
)zsh";
constexpr const char* kZshOffers = R"zsh(
autoload -Uz compinit
compinit -D -u
compadd() {
  local -a hits
  if [[ ${@[(I)-[OAD]]} -eq 0 ]]; then
    builtin compadd -O hits "$@"
    print -rl -- $hits >>$HITS
  fi
  builtin compadd "$@"
}
tell_end() {
  print -- --- >>$HITS
  exit
}
comppostfuncs=(tell_end)
)zsh";

void write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream(path) << text;
}

// The shell's script reads lines and prints offers, a line each, and "---" behind each line's.
Offers offers_of(const std::vector<std::string>& shell, const char* script,
                 const std::filesystem::path& scripts, const std::vector<std::string>& lines) {
  const ScopedFolder folder;
  std::string typed;
  for (const auto& line : lines) typed += line + "\n";
  write_text(folder.path() / "lines", typed);
  write_text(folder.path() / "script", script);
  std::string command;
  for (const auto& word : shell) command += word + " ";
  command += (folder.path() / "script").string() + " " + scripts.string() + " <" +
             (folder.path() / "lines").string();
  const auto said = folder.path() / "said";
  (void)run_program(
      {"sh", "-c", command},
      {.environment = {{"HOME", folder.path().string()}, {"LC_ALL", "C.UTF-8"}, {"TERM", "xterm"}},
       .output = said,
       .errors = folder.path() / "complaints"});
  Offers offers(1);
  std::istringstream answers(text_of_file(said));
  for (std::string line; std::getline(answers, line);) {
    if (line == "---")
      offers.emplace_back();
    else if (!line.empty())
      offers.back().insert(line);
  }
  offers.pop_back();
  if (const auto complaints = text_of_file(folder.path() / "complaints"); !complaints.empty())
    offers.push_back({complaints});
  return offers;
}

}  // namespace

Offers bash_offers(const std::filesystem::path& scripts, const std::vector<std::string>& lines) {
  return offers_of({"bash", "--norc"}, kBash, scripts, lines);
}

Offers fish_offers(const std::filesystem::path& scripts, const std::vector<std::string>& lines) {
  return offers_of({"fish", "--no-config"}, kFish, scripts, lines);
}

Offers zsh_offers(const std::filesystem::path& scripts, const std::vector<std::string>& lines) {
  write_text(scripts / "offers.zsh", kZshOffers);
  return offers_of({"zsh", "-f"}, kZsh, scripts, lines);
}

}  // namespace meanwhile::e2e
