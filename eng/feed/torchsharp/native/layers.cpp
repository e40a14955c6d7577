// Layers in their functional form.
#include "common.h"

#include <cmath>

// ---- linear and convolution ----

TS_API Handle ts_linear(Handle x, Handle w, Handle b) { return make([&] { return at::linear(*x, *w, maybe(b)); }); }

TS_API Handle ts_conv2d(Handle x, Handle w, Handle b, const int64_t* s, int64_t ns, const int64_t* p, int64_t np,
                        const int64_t* d, int64_t nd, int64_t groups) {
    return make([&] { return at::conv2d(*x, *w, maybe(b), ints(s, ns), ints(p, np), ints(d, nd), groups); });
}
TS_API Handle ts_conv_transpose2d(Handle x, Handle w, Handle b, const int64_t* s, int64_t ns, const int64_t* p,
                                  int64_t np, const int64_t* o, int64_t no, const int64_t* d, int64_t nd,
                                  int64_t groups) {
    return make([&] {
        return at::conv_transpose2d(*x, *w, maybe(b), ints(s, ns), ints(p, np), ints(o, no), groups, ints(d, nd));
    });
}

// ---- normalisation ----

static bool cudnn() { return at::globalContext().userEnabledCuDNN(); }

TS_API Handle ts_batch_norm(Handle x, Handle mean, Handle var, Handle w, Handle b, int32_t training, double momentum,
                            double eps) {
    return make([&] {
        if (training != 0) {
            // at::batch_norm would silently divide by zero; the function of the C++ front end refuses.
            int64_t values = x->size(0);
            for (int64_t i = 2; i < x->dim(); i++) values *= x->size(i);
            TORCH_CHECK(values > 1, "Expected more than 1 value per channel when training, got input size ", x->sizes());
        }
        return at::batch_norm(*x, maybe(w), maybe(b), maybe(mean), maybe(var), training != 0, momentum, eps, cudnn());
    });
}
TS_API Handle ts_group_norm(Handle x, int64_t groups, Handle w, Handle b, double eps) {
    return make([&] { return at::group_norm(*x, groups, maybe(w), maybe(b), eps, cudnn()); });
}
TS_API Handle ts_layer_norm(Handle x, const int64_t* shape, int64_t n, Handle w, Handle b, double eps) {
    return make([&] { return at::layer_norm(*x, ints(shape, n), maybe(w), maybe(b), eps, cudnn()); });
}

// ---- activations ----

#define ACTIVATION(name) \
    TS_API Handle ts_##name(Handle x) { return make([&] { return at::name(*x); }); } \
    TS_API void ts_##name##_(Handle x) { run([&] { at::name##_(*x); }); }

ACTIVATION(relu) ACTIVATION(silu) ACTIVATION(sigmoid) ACTIVATION(tanh) ACTIVATION(gelu)
TS_API Handle ts_leaky_relu(Handle x, const ScalarValue* slope) { return make([&] { return at::leaky_relu(*x, number(slope)); }); }
TS_API void ts_leaky_relu_(Handle x, const ScalarValue* slope) { run([&] { at::leaky_relu_(*x, number(slope)); }); }
TS_API Handle ts_prelu(Handle x, Handle weight) { return make([&] { return at::prelu(*x, *weight); }); }
TS_API Handle ts_softplus(Handle x, double beta, double threshold) { return make([&] { return at::softplus(*x, beta, threshold); }); }

// ---- pooling ----

TS_API Handle ts_max_pool2d(Handle x, const int64_t* k, int64_t nk, const int64_t* s, int64_t ns, const int64_t* p,
                            int64_t np, const int64_t* d, int64_t nd, int32_t ceil_mode) {
    return make([&] { return at::max_pool2d(*x, ints(k, nk), ints(s, ns), ints(p, np), ints(d, nd), ceil_mode != 0); });
}
// A divisor of zero stands for none.
TS_API Handle ts_avg_pool2d(Handle x, const int64_t* k, int64_t nk, const int64_t* s, int64_t ns, const int64_t* p,
                            int64_t np, int32_t ceil_mode, int32_t include_pad, int64_t divisor) {
    return make([&] {
        optional<int64_t> own_divisor = none;
        if (divisor != 0) own_divisor = divisor;
        return at::avg_pool2d(*x, ints(k, nk), ints(s, ns), ints(p, np), ceil_mode != 0, include_pad != 0, own_divisor);
    });
}
TS_API Handle ts_adaptive_avg_pool2d(Handle x, const int64_t* o, int64_t n) { return make([&] { return at::adaptive_avg_pool2d(*x, ints(o, n)); }); }

// ---- resampling and padding ----

TS_API Handle ts_pixel_shuffle(Handle x, int64_t f) { return make([&] { return at::pixel_shuffle(*x, f); }); }
TS_API Handle ts_pixel_unshuffle(Handle x, int64_t f) { return make([&] { return at::pixel_unshuffle(*x, f); }); }

// Modes as the managed PaddingModes: 0 and 4 constant, 1 reflect, 2 replicate, 3 circular.
TS_API Handle ts_pad(Handle x, const int64_t* p, int64_t n, int32_t mode, double value) {
    return make([&] {
        optional<double> fill = none;
        if (mode == 0 || mode == 4) fill = value;
        const char* name = mode == 1 ? "reflect" : mode == 2 ? "replicate" : mode == 3 ? "circular" : "constant";
        return at::pad(*x, ints(p, n), name, fill);
    });
}

// Of the modes of the managed InterpolationMode, those for pictures: 0 nearest, 2 bilinear, 3 bicubic, 5 area.
TS_API Handle ts_interpolate(Handle input, const int64_t* size, int64_t nsize, const double* scale, int64_t nscale,
                             int32_t mode, int32_t align, int32_t recompute) {
    return make([&] {
        const at::Tensor& x = *input;
        TORCH_CHECK(x.dim() == 4, "interpolate takes a batch of pictures (4 dimensions) here, got ", x.dim(), " dimensions");
        TORCH_CHECK((nsize > 0) != (nscale > 0), "only one of size or scale_factor should be defined");
        TORCH_CHECK(nsize == 0 || nsize == 2, "size has ", nsize, " entries, the input has 2 spatial dimensions");
        TORCH_CHECK(nscale == 0 || nscale == 2, "scale_factor has ", nscale, " entries, the input has 2 spatial dimensions");
        TORCH_CHECK(align == 0 || mode == 2 || mode == 3, "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear");
        std::vector<int64_t> out;
        for (int64_t i = 0; i < 2; i++) {
            out.push_back(nsize > 0 ? size[i] : static_cast<int64_t>(std::floor(static_cast<double>(x.size(i + 2)) * scale[i])));
        }
        // A factor that is kept decides where samples lie; else the ratio of the sizes does.
        auto factor = [&](int64_t i) -> optional<double> {
            if (nscale == 0 || recompute != 0) return none;
            return scale[i];
        };
        const bool corners = align == 1;
        if (mode == 0) return at::upsample_nearest2d(x, out, factor(0), factor(1));
        if (mode == 2) return at::upsample_bilinear2d(x, out, corners, factor(0), factor(1));
        if (mode == 3) return at::upsample_bicubic2d(x, out, corners, factor(0), factor(1));
        if (mode == 5) return at::adaptive_avg_pool2d(x, out);
        TORCH_CHECK(false, "this interpolation mode does not go with an input of 4 dimensions");
    });
}
