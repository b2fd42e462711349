// The desktop's keyring (Secret Service: GNOME Keyring, KWallet, KeePassXC), if there is one.
#pragma once

#include <optional>
#include <string>

namespace meanwhile {

// All block: a desktop may ask its user to unlock the keyring. What takes longer than a minute counts as not
// there, and so does a keyring that fails. Any thread.

// nullopt: nothing is kept under that name, or there is no keyring, or it is locked.
std::optional<std::string> find_in_keyring(const std::string& name);

// label: what a keyring's own window shows. false: no keyring took it.
bool keep_in_keyring(const std::string& name, const std::string& label, const std::string& text);

}  // namespace meanwhile
