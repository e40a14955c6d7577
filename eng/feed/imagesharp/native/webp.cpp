// Reads and writes WebP pixels with libwebp. Metadata chunks are handled by the managed side.
#include "codecs.h"

#include <cstring>
#include <webp/decode.h>
#include <webp/demux.h>
#include <webp/encode.h>

namespace {

const size_t rgba_bytes = 4;

int decode_first_frame(const WebPData* file, uint32_t width, uint32_t height, uint8_t* pixels, size_t stride, CodecMessage* message) {
    WebPAnimDecoderOptions options;
    WebPAnimDecoderOptionsInit(&options);
    options.color_mode = MODE_RGBA;
    WebPAnimDecoder* decoder = WebPAnimDecoderNew(file, &options);
    uint8_t* canvas = nullptr;
    int time = 0;
    WebPAnimInfo info;
    if (decoder == nullptr || !WebPAnimDecoderGetInfo(decoder, &info) || info.canvas_width != width || info.canvas_height != height ||
        !WebPAnimDecoderGetNext(decoder, &canvas, &time)) {
        WebPAnimDecoderDelete(decoder);
        codec_say(message, "the first frame is damaged");
        return CODEC_FAILED;
    }
    for (uint32_t y = 0; y < height; y++) {
        memcpy(pixels + y * stride, canvas + y * rgba_bytes * width, rgba_bytes * width);
    }
    WebPAnimDecoderDelete(decoder);
    return CODEC_OK;
}

int on_write(const uint8_t* data, size_t size, const WebPPicture* picture) {
    return codec_append(static_cast<CodecBuffer*>(picture->custom_ptr), data, size) ? 1 : 0;
}

} // namespace

// Decodes a whole file, or the first frame of an animation, into RGBA.
CODECS_API int codecs_webp_decode(const uint8_t* data, size_t size, uint32_t width, uint32_t height, uint8_t* pixels, size_t stride,
                                  char* message, size_t message_size) {
    CodecMessage text = {message, message_size};
    WebPBitstreamFeatures features;
    if (WebPGetFeatures(data, size, &features) != VP8_STATUS_OK) {
        codec_say(&text, "the header is damaged");
        return CODEC_FAILED;
    }
    if (features.has_animation) {
        WebPData file = {data, size};
        return decode_first_frame(&file, width, height, pixels, stride, &text);
    }
    if (static_cast<uint32_t>(features.width) != width || static_cast<uint32_t>(features.height) != height) {
        codec_say(&text, "the header does not describe the expected pixels");
        return CODEC_FAILED;
    }
    if (WebPDecodeRGBAInto(data, size, pixels, stride * height, static_cast<int>(stride)) == nullptr) {
        codec_say(&text, "the pixel data are damaged or end early");
        return CODEC_FAILED;
    }
    return CODEC_OK;
}

// Encodes RGBA. `exact` keeps the colour of transparent pixels.
CODECS_API int codecs_webp_encode(const uint8_t* pixels, size_t stride, uint32_t width, uint32_t height, int lossless, int quality,
                                  int method, int exact, uint8_t** output, size_t* output_size, char* message, size_t message_size) {
    CodecMessage text = {message, message_size};
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture)) {
        codec_say(&text, "libwebp is of another version");
        return CODEC_FAILED;
    }
    config.lossless = lossless;
    config.quality = static_cast<float>(quality);
    config.method = method;
    config.exact = exact;
    picture.use_argb = lossless;
    picture.width = static_cast<int>(width);
    picture.height = static_cast<int>(height);
    CodecBuffer buffer = {nullptr, 0, 0};
    picture.writer = on_write;
    picture.custom_ptr = &buffer;
    bool done = WebPPictureImportRGBA(&picture, pixels, static_cast<int>(stride)) && WebPEncode(&config, &picture);
    int error = picture.error_code;
    WebPPictureFree(&picture);
    if (!done) {
        codecs_free(buffer.data);
        codec_say(&text, error == VP8_ENC_ERROR_BAD_DIMENSION ? "a WebP has at most 16383 rows and columns" : "libwebp refused the picture");
        return CODEC_FAILED;
    }
    *output = buffer.data;
    *output_size = buffer.size;
    return CODEC_OK;
}
