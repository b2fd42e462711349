// The Publish page behind the picture: a take gets its title and channel, and goes to the outbox.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/window/desk.h"
#include "media/record/recorder.h"

namespace meanwhile {

class PublishDesk {
 public:
  // on_change: clips or takes are other than before.
  PublishDesk(Desk& desk, std::function<void()> on_change) : desk_(desk), on_change_(std::move(on_change)) {}

  // Errors: the take can't be read.
  Result<void> open(const std::string& take);
  // poster: what is shown while the clip isn't played; nullptr: none yet.
  void show_poster(PicturePtr poster);

  void edit_title(const std::string& title) { page().title = title; }
  void edit_channel(const std::string& channel) { page().channel = channel; }
  void publish();
  // Writes down title and channel for later.
  void keep();
  Result<void> discard();

  // The outbox got on.
  void note_progress();

 private:
  void hand_over(Result<PreparedTake> prepared);
  void fail_with(const Error& error);
  PublishState& page() const { return desk_.state.publish; }

  Desk& desk_;
  const std::function<void()> on_change_;
  const std::shared_ptr<int> alive_ = std::make_shared<int>();
};

}  // namespace meanwhile
