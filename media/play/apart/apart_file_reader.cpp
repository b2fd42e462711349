#include <cstddef>
#include <cstring>
#include <expected>
#include <memory>
#include <optional>
#include <utility>

#include "media/base/byte_stream.h"
#include "media/base/media_time.h"
#include "media/base/result.h"
#include "media/base/translation.h"
#include "media/play/apart/apart_readers.h"
#include "media/play/apart/decoder_link.h"
#include "media/play/apart/messages.h"
#include "media/play/apart/recovering_decoder.h"
#include "media/play/apart/sent_file.h"
#include "media/play/file_reader.h"
#include "media/play/newer_mark.h"

namespace meanwhile {
namespace {

// No picture of kLongestFileSide comes near.
constexpr std::size_t kLargestPacket = std::size_t{64} << 20;
constexpr const char* kNonsense = tr_later("is damaged: it ends what decodes it");

class ApartFileReader final : public FileReader {
 public:
  ApartFileReader(std::unique_ptr<DecoderLink> link, std::shared_ptr<ByteSource> file, Interrupts interrupts)
      : link_(std::move(link)), file_(std::move(file)), interrupts_(std::move(interrupts)) {}

  Result<void> open() {
    const auto opened = carry_out(OrderKind::OpenFile);
    if (!opened) return std::unexpected(opened.error());
    const auto bytes = link_->take_bytes(opened->place);
    auto facts = bytes ? parse_sent_file(*bytes) : std::nullopt;
    if (!facts) return fail(ErrorCode::Corrupt, tr(kNonsense));
    facts_ = std::move(*facts);
    return {};
  }

  [[nodiscard]] const FileFacts& facts() const override { return facts_; }

  Result<FilePiece> next() override {
    const auto done = carry_out(OrderKind::NextPiece);
    if (!done) return std::unexpected(done.error());
    if (done->piece.track >= facts_.tracks.size() || done->time == kNoTime || done->piece.end == kNoTime)
      return fail(ErrorCode::Corrupt, tr(kNonsense));
    FilePiece piece;
    piece.track = done->piece.track;
    piece.at = MediaTime(done->time);
    piece.end = MediaTime(done->piece.end);
    piece.is_damaged = (done->piece.marks & kPieceDamaged) != 0;
    piece.is_keyframe = (done->piece.marks & kPieceKeyframe) != 0;
    const FileTrack& track = facts_.tracks[piece.track];
    if (!(track.is_copied    ? take_packet(*done, piece)
          : track.is_picture ? take_picture(*done, track, piece)
                             : take_samples(*done, track, piece)))
      return fail(ErrorCode::Corrupt, tr(kNonsense));
    return piece;
  }

 private:
  // One that is lost takes what it had read along: there is no going on with another.
  Result<Report> carry_out(OrderKind kind) {
    auto done = link_->carry_out({.kind = kind}, *file_, interrupts_);
    if (!done && link_->is_lost() && done.error().code == ErrorCode::Corrupt)
      return fail(ErrorCode::Corrupt, tr(kNonsense));
    return done;
  }

  bool take_picture(const Report& done, const FileTrack& track, FilePiece& piece) {
    auto picture = link_->take_picture(done.picture);
    if (!picture || (*picture)->width != track.width || (*picture)->height != track.height) return false;
    piece.picture = std::move(*picture);
    return true;
  }

  bool take_packet(const Report& done, FilePiece& piece) {
    const auto bytes = link_->take_bytes(done.place);
    if (!bytes || bytes->empty() || bytes->size() > kLargestPacket) return false;
    piece.packet.assign(bytes->begin(), bytes->end());
    return true;
  }

  bool take_samples(const Report& done, const FileTrack& track, FilePiece& piece) {
    const auto bytes = link_->take_bytes(done.place);
    if (!bytes || bytes->size() % (sizeof(float) * static_cast<std::size_t>(track.channels)) != 0)
      return false;
    piece.samples.resize(bytes->size() / sizeof(float));
    std::memcpy(piece.samples.data(), bytes->data(), bytes->size());
    return true;
  }

  const std::unique_ptr<DecoderLink> link_;
  const std::shared_ptr<ByteSource> file_;
  const Interrupts interrupts_;
  FileFacts facts_;
};

}  // namespace

Result<std::unique_ptr<FileReader>> open_file_apart(const RecoveringDecoder::Start& start,
                                                    std::shared_ptr<ByteSource> file, Interrupts interrupts) {
  auto link = start();
  if (!link) return std::unexpected(link.error());
  auto reader = std::make_unique<ApartFileReader>(std::move(*link), std::move(file), std::move(interrupts));
  MEANWHILE_TRY(reader->open());
  return reader;
}

}  // namespace meanwhile
