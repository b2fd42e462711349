// Shells that complete a line with the scripts that the program wrote.
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace meanwhile::e2e {

// What is offered for each of `lines`, the last word of which is being typed: "meanwhile open --pa". A set a
// line, in their order. scripts: the folder that `meanwhile manual` filled. They work in `scripts`, so files
// there are offered, too. Bash and fish take all lines at once; zsh has a terminal, and a shell a line.
using Offers = std::vector<std::set<std::string>>;
Offers bash_offers(const std::filesystem::path& scripts, const std::vector<std::string>& lines);
Offers fish_offers(const std::filesystem::path& scripts, const std::vector<std::string>& lines);
Offers zsh_offers(const std::filesystem::path& scripts, const std::vector<std::string>& lines);

}  // namespace meanwhile::e2e
