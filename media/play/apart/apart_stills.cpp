#include <cstddef>
#include <cstdint>
#include <cstring>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "media/base/byte_stream.h"
#include "media/base/picture.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/apart_readers.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/packed_picture.h"
#include "media/play/apart/recovering_decoder.h"
#include "media/play/pointer_image.h"
#include "media/play/pointer_png.h"
#include "media/play/still_image.h"
#include "media/play/stills.h"

namespace meanwhile {
namespace {

constexpr const char* kNonsensePicture = tr_later("the picture is damaged (its decoder makes no sense)");

class ApartStills final : public Stills {
 public:
  explicit ApartStills(RecoveringDecoder::Start start) : start_(std::move(start)) {}

  // A picture that is kept for long keeps no memory of its decoder.
  Result<PicturePtr> poster(std::span<const std::byte> jpeg) override {
    const auto done = carry_out(OrderKind::Poster, jpeg);
    if (!done) return std::unexpected(done.error());
    const auto shared = link_->take_picture(done->picture);
    if (!shared || (*shared)->width > kLargestPosterSide || (*shared)->height > kLargestPosterSide)
      return fail(ErrorCode::Corrupt, tr(kNonsensePicture));
    auto memory = std::make_shared<std::vector<std::uint8_t>>(packed_size(**shared));
    auto copy = std::make_shared<Picture>(pack_into(**shared, memory->data()));
    copy->owner = std::move(memory);
    return copy;
  }

  Result<PointerImage> pointer(std::span<const std::byte> png) override {
    const auto done = carry_out(OrderKind::Pointer, png);
    if (!done) return std::unexpected(done.error());
    const std::uint32_t width = done->picture.width;
    const std::uint32_t height = done->picture.height;
    const auto rgba = link_->take_bytes(done->place);
    const bool is_sound = rgba && width >= 1 && width <= kLargestPointer && height >= 1 &&
                          height <= kLargestPointer && rgba->size() == std::size_t{4} * width * height;
    if (!is_sound) return fail(ErrorCode::Corrupt, tr(kNonsensePicture));
    PointerImage image{.width = static_cast<int>(width), .height = static_cast<int>(height)};
    image.rgba.resize(rgba->size());
    std::memcpy(image.rgba.data(), rgba->data(), rgba->size());
    return image;
  }

 private:
  // What ends two decoders is given up.
  Result<Report> carry_out(OrderKind kind, std::span<const std::byte> picture) {
    MemorySource source(Bytes(picture.begin(), picture.end()));
    auto done = try_once(kind, source);
    return link_ || done || done.error().code == ErrorCode::Unavailable ? done : try_once(kind, source);
  }

  Result<Report> try_once(OrderKind kind, ByteSource& source) {
    if (!link_) {
      auto link = start_();
      if (!link) return std::unexpected(link.error());
      link_ = std::move(*link);
    }
    auto done = link_->carry_out({.kind = kind}, source, {});
    if (link_->is_lost()) link_.reset();
    return done;
  }

  const RecoveringDecoder::Start start_;
  std::unique_ptr<DecoderLink> link_;
};

}  // namespace

std::unique_ptr<Stills> open_stills_apart(RecoveringDecoder::Start start) {
  return std::make_unique<ApartStills>(std::move(start));
}

}  // namespace meanwhile
