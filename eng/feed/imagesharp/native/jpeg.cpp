// Reads and writes JPEG scans with libjpeg-turbo. Metadata segments are handled by the managed side.
#include "codecs.h"

#include <csetjmp>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <jpeglib.h>

namespace {

struct JpegErrors {
    jpeg_error_mgr base; // first, so that libjpeg's pointer is this one's
    jmp_buf jump;
    CodecMessage message;
};

void on_exit(j_common_ptr common) {
    JpegErrors* errors = reinterpret_cast<JpegErrors*>(common->err);
    char text[JMSG_LENGTH_MAX];
    errors->base.format_message(common, text);
    codec_say(&errors->message, text);
    longjmp(errors->jump, 1);
}

// Damaged entropy-coded data is a warning to libjpeg; decoding goes on.
void on_message(j_common_ptr, int) {
}

void prepare(JpegErrors* errors, char* message, size_t message_size) {
    jpeg_std_error(&errors->base);
    errors->base.error_exit = on_exit;
    errors->base.emit_message = on_message;
    errors->message.text = message;
    errors->message.size = message_size;
}

// Collects the compressed bytes in a block that survives, and can be released, whatever libjpeg does.
struct JpegTarget {
    jpeg_destination_mgr base; // first, so that libjpeg's pointer is this one's
    CodecBuffer buffer;
    JOCTET block[65536];
};

JpegTarget* target_of(j_compress_ptr info) {
    return reinterpret_cast<JpegTarget*>(info->dest);
}

void on_target_start(j_compress_ptr info) {
    JpegTarget* target = target_of(info);
    target->base.next_output_byte = target->block;
    target->base.free_in_buffer = sizeof target->block;
}

void keep(j_compress_ptr info, size_t size) {
    if (!codec_append(&target_of(info)->buffer, target_of(info)->block, size)) {
        JpegErrors* errors = reinterpret_cast<JpegErrors*>(info->err);
        codec_say(&errors->message, "out of memory");
        longjmp(errors->jump, 1);
    }
}

boolean on_target_full(j_compress_ptr info) {
    keep(info, sizeof target_of(info)->block);
    on_target_start(info);
    return TRUE;
}

void on_target_end(j_compress_ptr info) {
    keep(info, sizeof target_of(info)->block - target_of(info)->base.free_in_buffer);
}

J_COLOR_SPACE color_space(int value) {
    switch (value) {
    case 1: return JCS_GRAYSCALE;
    case 2: return JCS_RGB;
    case 4: return JCS_CMYK;
    case 5: return JCS_YCCK;
    default: return JCS_YCbCr;
    }
}

} // namespace

// Decodes into `channels` bytes a pixel: 1 grey, 3 RGB, 4 CMYK as stored. `space` is how the file's components are to be read.
CODECS_API int codecs_jpeg_decode(const uint8_t* data, size_t size, uint32_t width, uint32_t height, int channels, int space,
                                  uint8_t* pixels, size_t stride, char* message, size_t message_size) {
    jpeg_decompress_struct info;
    JpegErrors errors;
    memset(&info, 0, sizeof info);
    prepare(&errors, message, message_size);
    info.err = &errors.base;
    if (setjmp(errors.jump)) {
        jpeg_destroy_decompress(&info);
        return CODEC_FAILED;
    }

    jpeg_create_decompress(&info);
    jpeg_mem_src(&info, data, size);
    jpeg_read_header(&info, TRUE);
    info.jpeg_color_space = color_space(space);
    info.out_color_space = channels == 1 ? JCS_GRAYSCALE : channels == 3 ? JCS_RGB : JCS_CMYK;
    jpeg_start_decompress(&info);
    if (info.output_width != width || info.output_height != height || info.output_components != channels) {
        codec_say(&errors.message, "the header does not describe the expected pixels");
        jpeg_destroy_decompress(&info);
        return CODEC_FAILED;
    }
    while (info.output_scanline < info.output_height) {
        JSAMPROW row = pixels + static_cast<size_t>(info.output_scanline) * stride;
        jpeg_read_scanlines(&info, &row, 1);
    }
    // What follows the last row is of no interest, so the decompressor is not asked to finish.
    jpeg_destroy_decompress(&info);
    return CODEC_OK;
}

// `space`: 1 grey (one byte a pixel), 2 RGB or 3 YCbCr (three bytes, RGB). The tables are in natural order.
CODECS_API int codecs_jpeg_encode(const uint8_t* pixels, size_t stride, uint32_t width, uint32_t height, int space, int h, int v,
                                  int interleaved, const uint32_t* luminance, const uint32_t* chrominance,
                                  uint8_t** output, size_t* output_size, char* message, size_t message_size) {
    jpeg_compress_struct info;
    JpegErrors errors;
    jpeg_scan_info scans[3];
    JpegTarget target;
    memset(&info, 0, sizeof info);
    memset(scans, 0, sizeof scans);
    target.base.init_destination = on_target_start;
    target.base.empty_output_buffer = on_target_full;
    target.base.term_destination = on_target_end;
    target.buffer = {nullptr, 0, 0};
    prepare(&errors, message, message_size);
    info.err = &errors.base;
    if (setjmp(errors.jump)) {
        jpeg_destroy_compress(&info);
        free(target.buffer.data);
        return CODEC_FAILED;
    }

    jpeg_create_compress(&info);
    info.dest = &target.base;
    info.image_width = width;
    info.image_height = height;
    info.input_components = space == 1 ? 1 : 3;
    info.in_color_space = space == 1 ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(&info);
    jpeg_set_colorspace(&info, color_space(space));
    info.write_JFIF_header = FALSE;
    jpeg_add_quant_table(&info, 0, luminance, 100, TRUE);
    if (space != 1) {
        jpeg_add_quant_table(&info, 1, chrominance, 100, TRUE);
    }
    info.comp_info[0].h_samp_factor = h;
    info.comp_info[0].v_samp_factor = v;
    if (!interleaved && space != 1) {
        for (int i = 0; i < 3; i++) {
            scans[i].comps_in_scan = 1;
            scans[i].component_index[0] = i;
            scans[i].Se = 63;
        }
        info.scan_info = scans;
        info.num_scans = 3;
    }
    jpeg_start_compress(&info, TRUE);
    while (info.next_scanline < info.image_height) {
        JSAMPROW row = const_cast<JSAMPROW>(pixels + static_cast<size_t>(info.next_scanline) * stride);
        jpeg_write_scanlines(&info, &row, 1);
    }
    jpeg_finish_compress(&info);
    jpeg_destroy_compress(&info);
    *output = target.buffer.data;
    *output_size = target.buffer.size;
    return CODEC_OK;
}
