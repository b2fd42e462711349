#include "upload/gzip.h"

#define ZLIB_CONST  // it reads what it is given, and may say so
#include <zlib.h>

#include <cstddef>
#include <new>
#include <span>

#include "media/base/byte_stream.h"

namespace meanwhile {

Bytes gzip(std::span<const std::byte> bytes) {
  constexpr int kGzipWindow = 15 + 16;  // zlib.h, "deflateInit2": + 16 writes a gzip header
  constexpr int kMemory = 9;
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) != Z_OK)
    throw std::bad_alloc();
  Bytes packed(deflateBound(&stream, bytes.size()));
  stream.next_in = reinterpret_cast<const Bytef*>(bytes.data());
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);  // there is room for all of it
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace meanwhile
