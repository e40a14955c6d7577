// The C ABI between the managed stand-in and libpng, libjpeg-turbo, libwebp and libtiff.
// Every function returns a status and never lets an error of a library leave it in another way.
#ifndef IMAGESHARP_CODECS_H
#define IMAGESHARP_CODECS_H

#include <cstddef>
#include <cstdint>

#define CODECS_API extern "C" __attribute__((visibility("default")))

enum CodecStatus {
    CODEC_OK = 0,
    CODEC_ENDED_EARLY = 1,    // the compressed data stops before the last row; the rows before it are valid
    CODEC_CORRUPT_STREAM = 2, // the deflate stream is damaged
    CODEC_FAILED = 3,         // anything else; the message says what
    CODEC_NO_MEMORY = 4
};

// The message of an error, truncated to the caller's buffer.
struct CodecMessage {
    char* text;
    size_t size;
};

// A growing block of malloc'ed memory that the caller releases with codecs_free.
struct CodecBuffer {
    uint8_t* data;
    size_t size;
    size_t capacity;
};

bool codec_append(CodecBuffer* buffer, const uint8_t* data, size_t size);
void codec_say(CodecMessage* message, const char* text);
CODECS_API void codecs_free(void* memory);

#endif
