// Owners of libav objects: nothing of libav is freed by hand anywhere else.
#pragma once

// IWYU pragma: begin_exports
extern "C" {
#include <libavcodec/avcodec.h>
#include <libavfilter/avfilter.h>
#include <libavformat/avformat.h>
#include <libavutil/frame.h>
#include <libswresample/swresample.h>
#include <libswscale/swscale.h>
}
// IWYU pragma: end_exports

#include <memory>

namespace meanwhile {

struct AvDeleter {
  void operator()(AVFrame* frame) const { av_frame_free(&frame); }
  void operator()(AVPacket* packet) const { av_packet_free(&packet); }
  void operator()(AVCodecContext* context) const { avcodec_free_context(&context); }
  void operator()(AVFilterGraph* graph) const { avfilter_graph_free(&graph); }
  void operator()(SwrContext* context) const { swr_free(&context); }
  void operator()(SwsContext* context) const { sws_freeContext(context); }
  void operator()(AVBufferRef* buffer) const { av_buffer_unref(&buffer); }
  void operator()(AVDictionary* dictionary) const { av_dict_free(&dictionary); }
  void operator()(AVCodecParameters* parameters) const { avcodec_parameters_free(&parameters); }
};
struct AvInputDeleter {
  void operator()(AVFormatContext* context) const { avformat_close_input(&context); }
};
struct AvOutputDeleter {
  void operator()(AVFormatContext* context) const { avformat_free_context(context); }
};

using FramePtr = std::unique_ptr<AVFrame, AvDeleter>;
using PacketPtr = std::unique_ptr<AVPacket, AvDeleter>;
using CodecContextPtr = std::unique_ptr<AVCodecContext, AvDeleter>;
using CodecParametersPtr = std::unique_ptr<AVCodecParameters, AvDeleter>;
using FilterGraphPtr = std::unique_ptr<AVFilterGraph, AvDeleter>;
using ResamplerPtr = std::unique_ptr<SwrContext, AvDeleter>;
using ScalerPtr = std::unique_ptr<SwsContext, AvDeleter>;
using BufferPtr = std::unique_ptr<AVBufferRef, AvDeleter>;
using InputContextPtr = std::unique_ptr<AVFormatContext, AvInputDeleter>;
using OutputContextPtr = std::unique_ptr<AVFormatContext, AvOutputDeleter>;

// Never null: running out of memory ends the program, as everywhere else in C++ (std::bad_alloc).
FramePtr make_frame();
PacketPtr make_packet();
// A second owner of the same data.
FramePtr reference(const AVFrame& frame);

}  // namespace meanwhile
