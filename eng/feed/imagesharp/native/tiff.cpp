// Reads TIFF pixels with libtiff. Tags are handled by the managed side.
#include "codecs.h"

#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <tiffio.h>

namespace {

struct TiffFile {
    const uint8_t* data;
    uint64_t size;
    uint64_t position;
    CodecMessage message;
};

TiffFile* file_of(thandle_t handle) {
    return static_cast<TiffFile*>(handle);
}

tmsize_t on_read(thandle_t handle, void* target, tmsize_t size) {
    TiffFile* file = file_of(handle);
    uint64_t left = file->position < file->size ? file->size - file->position : 0;
    uint64_t count = static_cast<uint64_t>(size) < left ? static_cast<uint64_t>(size) : left;
    memcpy(target, file->data + file->position, count);
    file->position += count;
    return static_cast<tmsize_t>(count);
}

tmsize_t on_write(thandle_t, void*, tmsize_t) {
    return 0;
}

toff_t on_seek(thandle_t handle, toff_t offset, int whence) {
    TiffFile* file = file_of(handle);
    uint64_t start = whence == SEEK_CUR ? file->position : whence == SEEK_END ? file->size : 0;
    file->position = start + offset;
    return file->position;
}

int on_close(thandle_t) {
    return 0;
}

toff_t on_size(thandle_t handle) {
    return file_of(handle)->size;
}

int on_error(TIFF*, void* user, const char*, const char* format, va_list values) {
    char text[256];
    vsnprintf(text, sizeof text, format, values);
    codec_say(&static_cast<TiffFile*>(user)->message, text);
    return 1;
}

int on_warning(TIFF*, void*, const char*, const char*, va_list) {
    return 1;
}

struct Layout {
    uint32_t width;
    uint32_t height;
    uint32_t channels;
    uint32_t sample_bytes;
    bool planar;
};

bool read_rows(TIFF* tiff, const Layout& layout, uint8_t* pixels, size_t stride, uint8_t* block) {
    for (uint32_t plane = 0; plane < (layout.planar ? layout.channels : 1); plane++) {
        for (uint32_t y = 0; y < layout.height; y++) {
            uint8_t* row = pixels + y * stride;
            if (TIFFReadScanline(tiff, layout.planar ? block : row, y, static_cast<uint16_t>(plane)) < 0) {
                return false;
            }
            for (uint32_t x = 0; layout.planar && x < layout.width; x++) {
                memcpy(row + (x * layout.channels + plane) * layout.sample_bytes, block + x * layout.sample_bytes, layout.sample_bytes);
            }
        }
    }
    return true;
}

bool read_tiles(TIFF* tiff, const Layout& layout, uint8_t* pixels, size_t stride, uint8_t* block) {
    uint32_t tile_width = 0;
    uint32_t tile_height = 0;
    TIFFGetField(tiff, TIFFTAG_TILEWIDTH, &tile_width);
    TIFFGetField(tiff, TIFFTAG_TILELENGTH, &tile_height);
    size_t pixel = static_cast<size_t>(layout.channels) * layout.sample_bytes;
    size_t unit = layout.planar ? layout.sample_bytes : pixel;
    for (uint32_t plane = 0; plane < (layout.planar ? layout.channels : 1); plane++) {
        for (uint32_t top = 0; top < layout.height; top += tile_height) {
            for (uint32_t left = 0; left < layout.width; left += tile_width) {
                if (TIFFReadTile(tiff, block, left, top, 0, static_cast<uint16_t>(plane)) < 0) {
                    return false;
                }
                for (uint32_t y = 0; y < tile_height && top + y < layout.height; y++) {
                    for (uint32_t x = 0; x < tile_width && left + x < layout.width; x++) {
                        memcpy(pixels + (top + y) * stride + (left + x) * pixel + plane * (layout.planar ? unit : 0),
                               block + (static_cast<size_t>(y) * tile_width + x) * unit, unit);
                    }
                }
            }
        }
    }
    return true;
}

int decode(TIFF* tiff, TiffFile* file, const Layout& expected, uint8_t* pixels, size_t stride) {
    uint32_t width = 0;
    uint32_t height = 0;
    uint16_t channels = 1;
    uint16_t bits = 1;
    uint16_t planar = PLANARCONFIG_CONTIG;
    uint16_t photometric = PHOTOMETRIC_MINISBLACK;
    TIFFGetField(tiff, TIFFTAG_IMAGEWIDTH, &width);
    TIFFGetField(tiff, TIFFTAG_IMAGELENGTH, &height);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_SAMPLESPERPIXEL, &channels);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_BITSPERSAMPLE, &bits);
    TIFFGetFieldDefaulted(tiff, TIFFTAG_PLANARCONFIG, &planar);
    TIFFGetField(tiff, TIFFTAG_PHOTOMETRIC, &photometric);
    if (width != expected.width || height != expected.height || channels != expected.channels || bits != 8 * expected.sample_bytes) {
        codec_say(&file->message, "the tags do not describe the expected pixels");
        return CODEC_FAILED;
    }
    Layout layout = expected;
    layout.planar = planar == PLANARCONFIG_SEPARATE && channels > 1;
    bool tiled = TIFFIsTiled(tiff) != 0;
    tmsize_t block_size = tiled ? TIFFTileSize(tiff) : TIFFScanlineSize(tiff);
    if (block_size <= 0 || (!tiled && !layout.planar && static_cast<size_t>(block_size) > stride)) {
        codec_say(&file->message, "the rows are of another length");
        return CODEC_FAILED;
    }
    uint8_t* block = static_cast<uint8_t*>(malloc(static_cast<size_t>(block_size)));
    if (block == nullptr) {
        codec_say(&file->message, "out of memory");
        return CODEC_NO_MEMORY;
    }
    bool done = tiled ? read_tiles(tiff, layout, pixels, stride, block) : read_rows(tiff, layout, pixels, stride, block);
    free(block);
    if (done && photometric == PHOTOMETRIC_MINISWHITE) {
        for (uint32_t y = 0; y < height; y++) {
            for (size_t i = 0; i < static_cast<size_t>(width) * channels * layout.sample_bytes; i++) {
                pixels[y * stride + i] = static_cast<uint8_t>(~pixels[y * stride + i]);
            }
        }
    }
    return done ? CODEC_OK : CODEC_FAILED;
}

} // namespace

// Decodes the first picture into `channels` interleaved samples of `depth` (8 or 16, native byte order) bits.
CODECS_API int codecs_tiff_decode(const uint8_t* data, size_t size, uint32_t width, uint32_t height, int channels, int depth,
                                  uint8_t* pixels, size_t stride, char* message, size_t message_size) {
    TiffFile file = {data, size, 0, {message, message_size}};
    TIFFOpenOptions* options = TIFFOpenOptionsAlloc();
    if (options == nullptr) {
        codec_say(&file.message, "out of memory");
        return CODEC_NO_MEMORY;
    }
    TIFFOpenOptionsSetErrorHandlerExtR(options, on_error, &file);
    TIFFOpenOptionsSetWarningHandlerExtR(options, on_warning, &file);
    TIFF* tiff = TIFFClientOpenExt("memory", "rm", &file, on_read, on_write, on_seek, on_close, on_size, nullptr, nullptr, options);
    TIFFOpenOptionsFree(options);
    if (tiff == nullptr) {
        return CODEC_FAILED;
    }
    Layout layout = {width, height, static_cast<uint32_t>(channels), static_cast<uint32_t>(depth / 8), false};
    int status = decode(tiff, &file, layout, pixels, stride);
    TIFFClose(tiff);
    return status;
}
