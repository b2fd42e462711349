// What somebody typed to say where a library is.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// Unknown: no kind of storage is called so. Answers: no library at all, but a guest's words for one.
enum class AddressKind { None, Unknown, Invitation, Answers, Folder, Server };

AddressKind kind_of_address(std::string_view text);

// As the program writes it: "folder:/srv/team" of "/srv/team" and "~/team" (home: what "~" stands for),
// anything else without the blanks around it.
std::string library_address(std::string_view text, std::string_view home);

}  // namespace meanwhile
