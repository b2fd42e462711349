#include "tests/support/play_rig.h"

#include "tests/support/test_clip.h"

namespace meanwhile::test {
namespace {

constexpr auto kDeadline = std::chrono::seconds(20);

}  // namespace

class FakeSpeaker::Output final : public AudioOutput {
 public:
  explicit Output(FakeSpeaker& speaker) : speaker_(speaker) {}
  Result<void> open(Fill fill) override {
    if (speaker_.refuses) return fail(ErrorCode::Unavailable, "no sound device");
    const std::lock_guard lock(speaker_.mutex_);
    speaker_.fill_ = std::move(fill);
    speaker_.is_open_ = true;
    speaker_.is_lost_ = false;
    speaker_.is_paused_ = true;
    return {};
  }
  void set_paused(bool paused) override { speaker_.is_paused_ = paused; }
  bool is_lost() const override { return speaker_.is_lost_; }
  MediaTime latency() const override { return speaker_.latency_; }
  void close() override {
    const std::lock_guard lock(speaker_.mutex_);
    speaker_.fill_ = nullptr;
    speaker_.is_open_ = false;
  }

 private:
  FakeSpeaker& speaker_;
};

std::unique_ptr<AudioOutput> FakeSpeaker::output() {
  return std::make_unique<Output>(*this);
}

std::vector<float> FakeSpeaker::pull(int frames) {
  const std::lock_guard lock(mutex_);
  if (!fill_ || is_paused_) return {};
  std::vector<float> samples(static_cast<std::size_t>(frames) * 2);
  fill_(samples);
  return samples;
}

PlayRig::PlayRig(ClipMedia media, FakeSpeaker* speaker)
    : player_(Player::create(std::move(media), speaker ? speaker->output() : nullptr, clock_, [this] {
        const std::lock_guard lock(mutex_);
        changed_.notify_all();
      })) {}

bool PlayRig::pump_until(const std::function<bool()>& condition) {
  const auto deadline = std::chrono::steady_clock::now() + kDeadline;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > deadline) return false;
    // Some conditions change without an event of the player's: looked at again soon.
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, std::chrono::milliseconds(2));
  }
  return true;
}

bool PlayRig::settle() {
  return pump_until([&] { return !player_->status().is_seeking; });
}

int PlayRig::shown(PictureTrack track) {
  const PicturePtr picture = player_->picture(track);
  return picture ? read_frame_number(*picture) : -2;
}

std::shared_ptr<ByteSource> memory(Bytes bytes) {
  return std::make_shared<MemorySource>(std::move(bytes));
}

Result<std::size_t> FaultySource::read_at(std::uint64_t offset, std::span<std::byte> into) {
  if (offset >= bytes_.size()) return std::size_t{0};
  if (offset + into.size() > limit_) {
    std::unique_lock lock(mutex_);
    if (error_ && !is_aborted_) return fail(*error_, "the storage is away");
    is_blocked_ = true;
    changed_.notify_all();
    changed_.wait(lock, [&] { return is_aborted_; });
    return fail(ErrorCode::Aborted, "aborted");
  }
  const auto count = std::min<std::uint64_t>(into.size(), bytes_.size() - offset);
  std::copy_n(bytes_.begin() + static_cast<std::ptrdiff_t>(offset), count, into.begin());
  return static_cast<std::size_t>(count);
}

void FaultySource::abort() {
  const std::lock_guard lock(mutex_);
  is_aborted_ = true;
  changed_.notify_all();
}

bool FaultySource::wait_until_blocked() {
  std::unique_lock lock(mutex_);
  return changed_.wait_for(lock, kDeadline, [&] { return is_blocked_; });
}

}  // namespace meanwhile::test
