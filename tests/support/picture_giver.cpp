#include "tests/support/picture_giver.h"

#include <spa/param/video/format-utils.h>
#include <spa/pod/builder.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <ctime>

#include "tests/support/desktop_services.h"

namespace meanwhile {
namespace {

constexpr int kLargestPointer = 64;
constexpr std::size_t kPointerBytes =
    sizeof(spa_meta_cursor) + sizeof(spa_meta_bitmap) + kLargestPointer * kLargestPointer * 4;
constexpr int kRegions = 16;

std::int64_t now_ns() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

spa_region region_of(const Rect& area) {
  return {{area.x, area.y},
          {static_cast<std::uint32_t>(area.width), static_cast<std::uint32_t>(area.height)}};
}

void write_pointer(spa_meta_cursor& cursor, const GivenPointer& pointer) {
  cursor = {.id = pointer.id,
            .flags = 0,
            .position = {pointer.x, pointer.y},
            .hotspot = {pointer.hot_x, pointer.hot_y},
            .bitmap_offset = 0};
  if (pointer.bgra.empty()) return;
  cursor.bitmap_offset = sizeof(spa_meta_cursor);
  auto* bitmap = reinterpret_cast<spa_meta_bitmap*>(&cursor + 1);
  *bitmap = {.format = SPA_VIDEO_FORMAT_BGRA,
             .size = {static_cast<std::uint32_t>(pointer.size.width),
                      static_cast<std::uint32_t>(pointer.size.height)},
             .stride = pointer.size.width * 4,
             .offset = sizeof(spa_meta_bitmap)};
  std::memcpy(bitmap + 1, pointer.bgra.data(), pointer.bgra.size());
}

}  // namespace

void fill_bgrx(std::uint8_t* bytes, int stride, Rect area, std::uint32_t rgb) {
  for (int y = area.y; y < area.y + area.height; ++y) {
    for (int x = area.x; x < area.x + area.width; ++x)
      std::memcpy(bytes + static_cast<std::ptrdiff_t>(y) * stride + static_cast<std::ptrdiff_t>(x) * 4, &rgb,
                  4);
  }
}

const pw_stream_events PictureGiver::kEvents{
    .version = PW_VERSION_STREAM_EVENTS,
    .state_changed = [](void* self, pw_stream_state, pw_stream_state state,
                        const char*) { static_cast<PictureGiver*>(self)->on_state(state); },
    .param_changed =
        [](void* self, std::uint32_t id, const spa_pod* parameter) {
          if (id == SPA_PARAM_Format && parameter) static_cast<PictureGiver*>(self)->on_format(parameter);
        }};

Result<std::unique_ptr<PictureGiver>> PictureGiver::start(Options options) {
  pw_init(nullptr, nullptr);
  std::unique_ptr<PictureGiver> giver(new PictureGiver(std::move(options)));
  MEANWHILE_TRY(giver->open());
  return giver;
}

PictureGiver::~PictureGiver() {
  if (!loop_) return;
  pw_thread_loop_stop(loop_);
  if (stream_) pw_stream_destroy(stream_);
  pw_thread_loop_destroy(loop_);
}

Result<void> PictureGiver::open() {
  loop_ = pw_thread_loop_new("giver", nullptr);
  pw_properties* properties =
      pw_properties_new(PW_KEY_NODE_NAME, options_.name.c_str(), PW_KEY_NODE_DESCRIPTION,
                        options_.name.c_str(), PW_KEY_MEDIA_CLASS, options_.media_class.c_str(), nullptr);
  stream_ = pw_stream_new_simple(pw_thread_loop_get_loop(loop_), "giver", properties, &kEvents, this);
  if (!stream_) return fail(ErrorCode::Unavailable, "making a giver of pictures");
  std::array<std::byte, 1024> memory{};
  const spa_pod* pod = format_pod(memory.data(), memory.size());
  const auto flags = static_cast<pw_stream_flags>(PW_STREAM_FLAG_DRIVER | PW_STREAM_FLAG_MAP_BUFFERS);
  if (pw_stream_connect(stream_, PW_DIRECTION_OUTPUT, PW_ID_ANY, flags, &pod, 1) < 0)
    return fail(ErrorCode::Unavailable, "connecting a giver of pictures");
  pw_thread_loop_start(loop_);
  if (!wait_for([this] { return state_ == PW_STREAM_STATE_PAUSED; }))
    return fail(ErrorCode::Unavailable, "waiting for a giver of pictures");
  node_ = pw_stream_get_node_id(stream_);
  return {};
}

bool PictureGiver::wait_for(const std::function<bool()>& condition) {
  return becomes_true([&] {
    pw_thread_loop_lock(loop_);
    const bool is_true = condition();
    pw_thread_loop_unlock(loop_);
    return is_true;
  });
}

const spa_pod* PictureGiver::format_pod(void* memory, std::size_t size) const {
  spa_pod_builder builder{};
  spa_pod_builder_init(&builder, memory, static_cast<std::uint32_t>(size));
  const spa_rectangle picture{static_cast<std::uint32_t>(options_.size.width),
                              static_cast<std::uint32_t>(options_.size.height)};
  const spa_fraction rate{static_cast<std::uint32_t>(options_.frames_per_second), 1};
  const spa_fraction wanted{60, 1};
  const spa_fraction slowest{1, 1};
  const bool is_coded = options_.format == SPA_VIDEO_FORMAT_ENCODED;
  spa_pod_frame object{};
  spa_pod_builder_push_object(&builder, &object, SPA_TYPE_OBJECT_Format, SPA_PARAM_EnumFormat);
  spa_pod_builder_add(&builder, SPA_FORMAT_mediaType, SPA_POD_Id(SPA_MEDIA_TYPE_video),
                      SPA_FORMAT_mediaSubtype,
                      SPA_POD_Id(is_coded ? SPA_MEDIA_SUBTYPE_mjpg : SPA_MEDIA_SUBTYPE_raw), 0);
  if (!is_coded) spa_pod_builder_add(&builder, SPA_FORMAT_VIDEO_format, SPA_POD_Id(options_.format), 0);
  spa_pod_builder_add(&builder, SPA_FORMAT_VIDEO_size, SPA_POD_Rectangle(&picture),
                      SPA_FORMAT_VIDEO_framerate, SPA_POD_Fraction(&rate), 0);
  if (options_.frames_per_second == 0) {
    spa_pod_builder_add(&builder, SPA_FORMAT_VIDEO_maxFramerate,
                        SPA_POD_CHOICE_RANGE_Fraction(&wanted, &slowest, &wanted), 0);
  }
  return static_cast<const spa_pod*>(spa_pod_builder_pop(&builder, &object));
}

void PictureGiver::on_state(pw_stream_state state) {
  state_ = state;
}

int PictureGiver::stride() const {
  switch (options_.format) {
    case SPA_VIDEO_FORMAT_I420:
    case SPA_VIDEO_FORMAT_NV12:
      return options_.size.width;
    case SPA_VIDEO_FORMAT_YUY2:
      return options_.size.width * 2;
    case SPA_VIDEO_FORMAT_ENCODED:
      return 0;
    default:
      return options_.size.width * 4;
  }
}

// Enough for every format that the tests use.
std::size_t PictureGiver::picture_bytes() const {
  return static_cast<std::size_t>(options_.size.width) * static_cast<std::size_t>(options_.size.height) * 4;
}

void PictureGiver::on_format(const spa_pod* format) {
  std::uint32_t type = 0;
  std::uint32_t subtype = 0;
  spa_format_parse(format, &type, &subtype);
  if (subtype == SPA_MEDIA_SUBTYPE_mjpg) {
    spa_video_info_mjpg info{};
    spa_format_video_mjpg_parse(format, &info);
    agreed_ = {static_cast<int>(info.size.width), static_cast<int>(info.size.height)};
  } else {
    spa_video_info_raw info{};
    spa_format_video_raw_parse(format, &info);
    agreed_ = {static_cast<int>(info.size.width), static_cast<int>(info.size.height)};
  }
  std::array<std::byte, 2048> memory{};
  spa_pod_builder builder{};
  spa_pod_builder_init(&builder, memory.data(), memory.size());
  std::vector<const spa_pod*> pods;
  const auto add = [&](std::uint32_t object_type, std::uint32_t id, auto... values) {
    spa_pod_frame object{};
    spa_pod_builder_push_object(&builder, &object, object_type, id);
    spa_pod_builder_add(&builder, values..., 0);
    pods.push_back(static_cast<const spa_pod*>(spa_pod_builder_pop(&builder, &object)));
  };
  add(SPA_TYPE_OBJECT_ParamBuffers, SPA_PARAM_Buffers, SPA_PARAM_BUFFERS_buffers, "i", 4,
      SPA_PARAM_BUFFERS_blocks, "i", 1, SPA_PARAM_BUFFERS_size, "i", static_cast<int>(picture_bytes()),
      SPA_PARAM_BUFFERS_stride, "i", stride(), SPA_PARAM_BUFFERS_dataType,
      SPA_POD_CHOICE_FLAGS_Int(1 << SPA_DATA_MemFd));
  if (options_.offers_metadata) {
    const auto add_meta = [&](spa_meta_type meta, std::size_t size) {
      add(SPA_TYPE_OBJECT_ParamMeta, SPA_PARAM_Meta, SPA_PARAM_META_type, "I", meta, SPA_PARAM_META_size, "i",
          static_cast<int>(size));
    };
    add_meta(SPA_META_Header, sizeof(spa_meta_header));
    add_meta(SPA_META_VideoDamage, sizeof(spa_meta_region) * kRegions);
    add_meta(SPA_META_VideoCrop, sizeof(spa_meta_region));
    add_meta(SPA_META_Cursor, kPointerBytes);
  }
  pw_stream_update_params(stream_, pods.data(), static_cast<std::uint32_t>(pods.size()));
}

bool PictureGiver::wait_for_taker() {
  return wait_for([this] { return state_ == PW_STREAM_STATE_STREAMING; });
}

void PictureGiver::add_metadata(spa_buffer& buffer, const GivenPicture& picture) const {
  if (spa_meta* meta = spa_buffer_find_meta(&buffer, SPA_META_Header)) {
    auto* header = static_cast<spa_meta_header*>(meta->data);
    *header = {.flags = 0, .offset = 0, .pts = now_ns(), .dts_offset = 0, .seq = sequence_};
    if (picture.is_damaged) header->flags = SPA_META_HEADER_FLAG_CORRUPTED;
  }
  if (spa_meta* meta = spa_buffer_find_meta(&buffer, SPA_META_VideoDamage)) {
    auto* regions = static_cast<spa_meta_region*>(meta->data);
    const std::size_t room = meta->size / sizeof(spa_meta_region);
    for (std::size_t i = 0; i < room; ++i)
      regions[i].region = region_of(i < picture.damage.size() ? picture.damage[i] : Rect{});
  }
  if (spa_meta* meta = spa_buffer_find_meta(&buffer, SPA_META_VideoCrop)) {
    const Rect whole{0, 0, options_.size.width, options_.size.height};
    static_cast<spa_meta_region*>(meta->data)->region = region_of(picture.crop.value_or(whole));
  }
  if (spa_meta* meta = spa_buffer_find_meta(&buffer, SPA_META_Cursor))
    write_pointer(*static_cast<spa_meta_cursor*>(meta->data),
                  picture.pointer.value_or(GivenPointer{.id = 0}));
}

bool PictureGiver::give(const GivenPicture& picture) {
  pw_buffer* buffer = nullptr;
  const bool has_buffer = wait_for([&] {
    if (state_ != PW_STREAM_STATE_STREAMING) return false;
    buffer = pw_stream_dequeue_buffer(stream_);
    return buffer != nullptr;
  });
  if (!has_buffer) return false;
  pw_thread_loop_lock(loop_);
  spa_data& data = buffer->buffer->datas[0];
  *data.chunk = {.offset = 0, .size = 0, .stride = stride(), .flags = 0};
  if (picture.paint) {
    data.chunk->size =
        static_cast<std::uint32_t>(picture.paint(static_cast<std::uint8_t*>(data.data), stride()));
  }
  ++sequence_;
  add_metadata(*buffer->buffer, picture);
  pw_stream_queue_buffer(stream_, buffer);
  pw_thread_loop_unlock(loop_);
  return true;
}

bool PictureGiver::give_colour(std::uint32_t rgb) {
  return give({.paint =
                   [&](std::uint8_t* bytes, int row) {
                     fill_bgrx(bytes, row, {0, 0, options_.size.width, options_.size.height}, rgb);
                     return static_cast<std::size_t>(row) * static_cast<std::size_t>(options_.size.height);
                   },
               .damage = {{0, 0, options_.size.width, options_.size.height}}});
}

bool PictureGiver::resize(Size size) {
  pw_thread_loop_lock(loop_);
  options_.size = size;
  std::array<std::byte, 1024> memory{};
  const spa_pod* pod = format_pod(memory.data(), memory.size());
  pw_stream_update_params(stream_, &pod, 1);
  pw_thread_loop_unlock(loop_);
  return wait_for([&] {
    return agreed_.width == size.width && agreed_.height == size.height &&
           state_ == PW_STREAM_STATE_STREAMING;
  });
}

bool PictureGiver::pause(bool is_paused) {
  pw_thread_loop_lock(loop_);
  pw_stream_set_active(stream_, !is_paused);
  pw_thread_loop_unlock(loop_);
  return wait_for([&] { return state_ == (is_paused ? PW_STREAM_STATE_PAUSED : PW_STREAM_STATE_STREAMING); });
}

}  // namespace meanwhile
