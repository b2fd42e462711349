// What somebody typed to say where a library is.
#pragma once

#include <string>
#include <string_view>

namespace meanwhile {

// Unknown: no kind of storage is called so.
enum class AddressKind { None, Unknown, Invitation, Folder, Server };

AddressKind kind_of_address(std::string_view text);

// As the program writes it: "folder:/srv/team" of "/srv/team" and "~/team" (home: what "~" stands for),
// anything else without the blanks around it.
std::string library_address(std::string_view text, std::string_view home);

}  // namespace meanwhile
