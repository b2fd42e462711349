#include "app/ui/state.h"

#include <algorithm>

namespace meanwhile {

const ChannelView* chosen_channel(const InboxState& inbox) {
  const auto found = std::ranges::find_if(inbox.channels, [&](const ChannelView& channel) {
    return channel.name == inbox.channel && (inbox.library.empty() || channel.library == inbox.library);
  });
  return inbox.channel.empty() || found == inbox.channels.end() ? nullptr : &*found;
}

}  // namespace meanwhile
