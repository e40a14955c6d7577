// Reads and writes PNG pixel data with libpng. Ancillary chunks are handled by the managed side.
#include "codecs.h"

#include <csetjmp>
#include <cstdlib>
#include <cstring>
#include <png.h>

bool codec_append(CodecBuffer* buffer, const uint8_t* data, size_t size) {
    if (size > buffer->capacity - buffer->size) {
        size_t wanted = buffer->capacity < 65536 ? 65536 : buffer->capacity;
        while (wanted - buffer->size < size) {
            if (wanted > SIZE_MAX / 2) {
                return false;
            }
            wanted *= 2;
        }
        uint8_t* grown = static_cast<uint8_t*>(realloc(buffer->data, wanted));
        if (grown == nullptr) {
            return false;
        }
        buffer->data = grown;
        buffer->capacity = wanted;
    }
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    return true;
}

void codec_say(CodecMessage* message, const char* text) {
    if (message->text == nullptr || message->size == 0) {
        return;
    }
    strncpy(message->text, text == nullptr ? "unknown error" : text, message->size - 1);
    message->text[message->size - 1] = '\0';
}

namespace {

struct PngState {
    const uint8_t* input;
    size_t left;
    CodecBuffer output;
    CodecMessage message;
    int status;
};

void on_error(png_structp png, png_const_charp text) {
    PngState* state = static_cast<PngState*>(png_get_error_ptr(png));
    codec_say(&state->message, text);
    if (strcmp(text, "Not enough image data") == 0 || strcmp(text, "end of input") == 0) {
        state->status = CODEC_ENDED_EARLY;
    } else if (strncmp(text, "IDAT: ", 6) == 0) {
        state->status = CODEC_CORRUPT_STREAM;
    } else {
        state->status = CODEC_FAILED;
    }
    png_longjmp(png, 1);
}

void on_warning(png_structp, png_const_charp) {
}

void on_read(png_structp png, png_bytep target, size_t size) {
    PngState* state = static_cast<PngState*>(png_get_io_ptr(png));
    if (size > state->left) {
        png_error(png, "end of input");
    }
    memcpy(target, state->input, size);
    state->input += size;
    state->left -= size;
}

void on_write(png_structp png, png_bytep data, size_t size) {
    PngState* state = static_cast<PngState*>(png_get_io_ptr(png));
    if (!codec_append(&state->output, data, size)) {
        png_error(png, "out of memory");
    }
}

void on_flush(png_structp) {
}

} // namespace

CODECS_API void codecs_free(void* memory) {
    free(memory);
}

// Decodes into `pixels`: `channels` samples of `depth` (8 or 16, native byte order) bits.
// Palettes become RGBA, transparent colours become an alpha channel, grey below 8 bits is scaled to 8.
CODECS_API int codecs_png_decode(const uint8_t* data, size_t size, uint32_t width, uint32_t height, int channels, int depth,
                                 uint8_t* pixels, size_t stride, char* message, size_t message_size) {
    PngState state = {data, size, {nullptr, 0, 0}, {message, message_size}, CODEC_OK};
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    if (png == nullptr) {
        codec_say(&state.message, "out of memory");
        return CODEC_NO_MEMORY;
    }
    png_infop info = png_create_info_struct(png);
    if (info == nullptr) {
        png_destroy_read_struct(&png, nullptr, nullptr);
        codec_say(&state.message, "out of memory");
        return CODEC_NO_MEMORY;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_read_struct(&png, &info, nullptr);
        return state.status == CODEC_OK ? CODEC_FAILED : state.status;
    }

    png_set_read_fn(png, &state, on_read);
    png_set_benign_errors(png, 1);
    // The managed side has checked what it means to check.
    png_set_crc_action(png, PNG_CRC_QUIET_USE, PNG_CRC_QUIET_USE);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_read_info(png, info);

    int color = png_get_color_type(png, info);
    bool transparent = png_get_valid(png, info, PNG_INFO_tRNS) != 0;
    if (color == PNG_COLOR_TYPE_PALETTE) {
        png_set_palette_to_rgb(png);
    } else if (color == PNG_COLOR_TYPE_GRAY) {
        png_set_expand_gray_1_2_4_to_8(png);
    }
    if (transparent) {
        png_set_tRNS_to_alpha(png);
    } else if (color == PNG_COLOR_TYPE_PALETTE) {
        png_set_add_alpha(png, 0xff, PNG_FILLER_AFTER);
    }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (png_get_bit_depth(png, info) == 16) {
        png_set_swap(png);
    }
#endif
    int passes = png_set_interlace_handling(png);
    png_read_update_info(png, info);

    if (png_get_image_width(png, info) != width || png_get_image_height(png, info) != height ||
        png_get_channels(png, info) != channels || png_get_bit_depth(png, info) != depth ||
        png_get_rowbytes(png, info) > stride) {
        png_error(png, "the header does not describe the expected pixels");
    }
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < height; y++) {
            png_read_row(png, pixels + static_cast<size_t>(y) * stride, nullptr);
        }
    }
    png_destroy_read_struct(&png, &info, nullptr);
    return CODEC_OK;
}

// `pixels` holds samples of 8 or 16 bits; fewer bits are packed here, one sample a byte in the input.
CODECS_API int codecs_png_encode(const uint8_t* pixels, size_t stride, uint32_t width, uint32_t height, int color_type, int bit_depth,
                                 int interlaced, int filters, int level, const uint8_t* palette, int palette_count,
                                 const uint8_t* alpha, int alpha_count, uint8_t** output, size_t* output_size,
                                 char* message, size_t message_size) {
    PngState state = {nullptr, 0, {nullptr, 0, 0}, {message, message_size}, CODEC_OK};
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &state, on_error, on_warning);
    if (png == nullptr) {
        codec_say(&state.message, "out of memory");
        return CODEC_NO_MEMORY;
    }
    png_infop info = png_create_info_struct(png);
    if (info == nullptr) {
        png_destroy_write_struct(&png, nullptr);
        codec_say(&state.message, "out of memory");
        return CODEC_NO_MEMORY;
    }
    if (setjmp(png_jmpbuf(png))) {
        png_destroy_write_struct(&png, &info);
        free(state.output.data);
        return CODEC_FAILED;
    }

    png_set_write_fn(png, &state, on_write, on_flush);
    png_set_user_limits(png, 0x7fffffff, 0x7fffffff);
    png_set_IHDR(png, info, width, height, bit_depth, color_type, interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_filter(png, PNG_FILTER_TYPE_BASE, filters);
    png_set_compression_level(png, level);
    if (palette_count > 0) {
        png_color colors[PNG_MAX_PALETTE_LENGTH];
        for (int i = 0; i < palette_count && i < PNG_MAX_PALETTE_LENGTH; i++) {
            colors[i].red = palette[3 * i];
            colors[i].green = palette[3 * i + 1];
            colors[i].blue = palette[3 * i + 2];
        }
        png_set_PLTE(png, info, colors, palette_count);
        if (alpha_count > 0) {
            png_set_tRNS(png, info, alpha, alpha_count, nullptr);
        }
    }
    png_write_info(png, info);
    if (bit_depth < 8) {
        png_set_packing(png);
    }
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (bit_depth == 16) {
        png_set_swap(png);
    }
#endif
    int passes = png_set_interlace_handling(png);
    for (int pass = 0; pass < passes; pass++) {
        for (uint32_t y = 0; y < height; y++) {
            png_write_row(png, pixels + static_cast<size_t>(y) * stride);
        }
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    *output = state.output.data;
    *output_size = state.output.size;
    return CODEC_OK;
}
