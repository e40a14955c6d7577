// Layers and losses in their functional form.
#include "common.h"

#include <cmath>
#include <string>

#define TAIL(dim) TORCH_CHECK(dim > 0, "input has no spatial dimension")

// ---- linear and convolution ----

TS_API Handle ts_linear(Handle x, Handle w, Handle b) { return make([&] { return at::linear(*x, *w, maybe(b)); }); }

TS_API Handle ts_conv1d(Handle x, Handle w, Handle b, const int64_t* s, int64_t ns, const int64_t* p, int64_t np,
                        const int64_t* d, int64_t nd, int64_t groups) {
    return make([&] { return at::conv1d(*x, *w, maybe(b), ints(s, ns), ints(p, np), ints(d, nd), groups); });
}
TS_API Handle ts_conv2d(Handle x, Handle w, Handle b, const int64_t* s, int64_t ns, const int64_t* p, int64_t np,
                        const int64_t* d, int64_t nd, int64_t groups) {
    return make([&] { return at::conv2d(*x, *w, maybe(b), ints(s, ns), ints(p, np), ints(d, nd), groups); });
}
TS_API Handle ts_conv2d_same(Handle x, Handle w, Handle b, const int64_t* s, int64_t ns, int32_t same,
                             const int64_t* d, int64_t nd, int64_t groups) {
    return make([&] { return at::conv2d(*x, *w, maybe(b), ints(s, ns), same != 0 ? "same" : "valid", ints(d, nd), groups); });
}
TS_API Handle ts_conv_transpose2d(Handle x, Handle w, Handle b, const int64_t* s, int64_t ns, const int64_t* p,
                                  int64_t np, const int64_t* o, int64_t no, const int64_t* d, int64_t nd,
                                  int64_t groups) {
    return make([&] {
        return at::conv_transpose2d(*x, *w, maybe(b), ints(s, ns), ints(p, np), ints(o, no), groups, ints(d, nd));
    });
}

// ---- normalisation ----

TS_API Handle ts_batch_norm(Handle x, Handle mean, Handle var, Handle w, Handle b, int32_t training, double momentum,
                            double eps) {
    return make([&] {
        if (training != 0) {
            int64_t values = x->size(0);
            for (int64_t i = 2; i < x->dim(); i++) values *= x->size(i);
            TORCH_CHECK(values > 1, "Expected more than 1 value per channel when training, got input size ", x->sizes());
        }
        return at::batch_norm(*x, maybe(w), maybe(b), maybe(mean), maybe(var), training != 0, momentum, eps,
                              at::globalContext().userEnabledCuDNN());
    });
}
TS_API Handle ts_group_norm(Handle x, int64_t groups, Handle w, Handle b, double eps) {
    return make([&] { return at::group_norm(*x, groups, maybe(w), maybe(b), eps, at::globalContext().userEnabledCuDNN()); });
}
TS_API Handle ts_layer_norm(Handle x, const int64_t* shape, int64_t n, Handle w, Handle b, double eps) {
    return make([&] { return at::layer_norm(*x, ints(shape, n), maybe(w), maybe(b), eps, at::globalContext().userEnabledCuDNN()); });
}
TS_API Handle ts_instance_norm(Handle x, Handle mean, Handle var, Handle w, Handle b, int32_t use_input, double momentum,
                               double eps) {
    return make([&] {
        return at::instance_norm(*x, maybe(w), maybe(b), maybe(mean), maybe(var), use_input != 0, momentum, eps,
                                 at::globalContext().userEnabledCuDNN());
    });
}

// ---- activations ----

TS_API Handle ts_leaky_relu(Handle x, const ScalarValue* slope) { return make([&] { return at::leaky_relu(*x, number(slope)); }); }
TS_API void ts_leaky_relu_(Handle x, const ScalarValue* slope) { run([&] { at::leaky_relu_(*x, number(slope)); }); }
TS_API Handle ts_gelu(Handle x, int32_t approximate) { return make([&] { return at::gelu(*x, approximate != 0 ? "tanh" : "none"); }); }
TS_API void ts_gelu_(Handle x, int32_t approximate) { run([&] { at::gelu_(*x, approximate != 0 ? "tanh" : "none"); }); }
TS_API Handle ts_softplus(Handle x, double beta, double threshold) { return make([&] { return at::softplus(*x, beta, threshold); }); }
TS_API Handle ts_softmax(Handle x, int64_t dim, int32_t type) { return make([&] { return at::softmax(*x, dim, maybe_type(type)); }); }
TS_API Handle ts_log_softmax(Handle x, int64_t dim, int32_t type) { return make([&] { return at::log_softmax(*x, dim, maybe_type(type)); }); }
TS_API Handle ts_elu(Handle x, const ScalarValue* alpha) { return make([&] { return at::elu(*x, number(alpha)); }); }
TS_API Handle ts_hardtanh(Handle x, const ScalarValue* lo, const ScalarValue* hi) { return make([&] { return at::hardtanh(*x, number(lo), number(hi)); }); }
TS_API Handle ts_dropout(Handle x, double p, int32_t training) { return make([&] { return at::dropout(*x, p, training != 0); }); }
TS_API void ts_dropout_(Handle x, double p, int32_t training) { run([&] { at::dropout_(*x, p, training != 0); }); }

// ---- pooling and resampling ----

TS_API Handle ts_max_pool2d(Handle x, const int64_t* k, int64_t nk, const int64_t* s, int64_t ns, const int64_t* p,
                            int64_t np, const int64_t* d, int64_t nd, int32_t ceil_mode) {
    return make([&] { return at::max_pool2d(*x, ints(k, nk), ints(s, ns), ints(p, np), ints(d, nd), ceil_mode != 0); });
}
TS_API Handle ts_avg_pool2d(Handle x, const int64_t* k, int64_t nk, const int64_t* s, int64_t ns, const int64_t* p,
                            int64_t np, int32_t ceil_mode, int32_t include_pad, int32_t has_divisor, int64_t divisor) {
    return make([&] {
        optional<int64_t> override_value = none;
        if (has_divisor != 0) override_value = divisor;
        return at::avg_pool2d(*x, ints(k, nk), ints(s, ns), ints(p, np), ceil_mode != 0, include_pad != 0, override_value);
    });
}
TS_API Handle ts_adaptive_avg_pool2d(Handle x, const int64_t* o, int64_t n) { return make([&] { return at::adaptive_avg_pool2d(*x, ints(o, n)); }); }
TS_API Handle ts_adaptive_max_pool2d(Handle x, const int64_t* o, int64_t n) { return make([&] { return std::get<0>(at::adaptive_max_pool2d(*x, ints(o, n))); }); }
TS_API Handle ts_pixel_shuffle(Handle x, int64_t f) { return make([&] { return at::pixel_shuffle(*x, f); }); }
TS_API Handle ts_pixel_unshuffle(Handle x, int64_t f) { return make([&] { return at::pixel_unshuffle(*x, f); }); }
TS_API Handle ts_unfold(Handle x, int64_t kh, int64_t kw, int64_t dh, int64_t dw, int64_t ph, int64_t pw, int64_t sh, int64_t sw) {
    return make([&] { return at::im2col(*x, {kh, kw}, {dh, dw}, {ph, pw}, {sh, sw}); });
}

// Modes as the managed PaddingModes: 0 and 4 constant, 1 reflect, 2 replicate, 3 circular.
TS_API Handle ts_pad(Handle x, const int64_t* p, int64_t n, int32_t mode, double value) {
    return make([&] {
        optional<double> fill = none;
        if (mode == 0 || mode == 4) fill = value;
        const char* name = mode == 1 ? "reflect" : mode == 2 ? "replicate" : mode == 3 ? "circular" : "constant";
        return at::pad(*x, ints(p, n), name, fill);
    });
}

// Modes as the managed InterpolationMode: nearest, linear, bilinear, bicubic, trilinear, area.
TS_API Handle ts_interpolate(Handle input, const int64_t* size, int64_t nsize, const double* scale, int64_t nscale,
                             int32_t mode, int32_t align, int32_t recompute) {
    return make([&] {
        const at::Tensor& x = *input;
        int64_t spatial = x.dim() - 2;
        TAIL(spatial);
        TORCH_CHECK((nsize > 0) != (nscale > 0), "only one of size or scale_factor should be defined");
        TORCH_CHECK(nsize == 0 || nsize == spatial, "size has ", nsize, " entries, the input has ", spatial, " spatial dimensions");
        TORCH_CHECK(nscale == 0 || nscale == spatial, "scale_factor has ", nscale, " entries, the input has ", spatial, " spatial dimensions");
        TORCH_CHECK(align == 0 || (mode >= 1 && mode <= 4), "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear");
        std::vector<int64_t> out;
        std::vector<double> factors;
        for (int64_t i = 0; i < spatial; i++) {
            out.push_back(nsize > 0 ? size[i] : static_cast<int64_t>(std::floor(static_cast<double>(x.size(i + 2)) * scale[i])));
        }
        bool keep_scale = nscale > 0 && recompute == 0;
        if (keep_scale) factors.assign(scale, scale + nscale);
        auto factor = [&](int64_t i) -> optional<double> {
            if (!keep_scale) return none;
            return factors[i];
        };
        bool corners = align == 1;
        if (mode == 0 && spatial == 1) return at::upsample_nearest1d(x, out, factor(0));
        if (mode == 0 && spatial == 2) return at::upsample_nearest2d(x, out, factor(0), factor(1));
        if (mode == 0 && spatial == 3) return at::upsample_nearest3d(x, out, factor(0), factor(1), factor(2));
        if (mode == 5 && spatial == 1) return at::adaptive_avg_pool1d(x, out);
        if (mode == 5 && spatial == 2) return at::adaptive_avg_pool2d(x, out);
        if (mode == 5 && spatial == 3) return at::adaptive_avg_pool3d(x, out);
        if (mode == 1 && spatial == 1) return at::upsample_linear1d(x, out, corners, factor(0));
        if (mode == 2 && spatial == 2) return at::upsample_bilinear2d(x, out, corners, factor(0), factor(1));
        if (mode == 3 && spatial == 2) return at::upsample_bicubic2d(x, out, corners, factor(0), factor(1));
        if (mode == 4 && spatial == 3) return at::upsample_trilinear3d(x, out, corners, factor(0), factor(1), factor(2));
        TORCH_CHECK(false, "this interpolation mode does not go with an input of ", x.dim(), " dimensions");
    });
}

// ---- losses ----

TS_API Handle ts_l1_loss(Handle x, Handle y, int64_t reduction) { return make([&] { return at::l1_loss(*x, *y, reduction); }); }
TS_API Handle ts_mse_loss(Handle x, Handle y, int64_t reduction) { return make([&] { return at::mse_loss(*x, *y, reduction); }); }
TS_API Handle ts_huber_loss(Handle x, Handle y, double delta, int64_t reduction) { return make([&] { return at::huber_loss(*x, *y, reduction, delta); }); }
TS_API Handle ts_smooth_l1_loss(Handle x, Handle y, double beta, int64_t reduction) { return make([&] { return at::smooth_l1_loss(*x, *y, reduction, beta); }); }
TS_API Handle ts_bce(Handle x, Handle y, Handle w, int64_t reduction) { return make([&] { return at::binary_cross_entropy(*x, *y, maybe(w), reduction); }); }
TS_API Handle ts_bce_logits(Handle x, Handle y, Handle w, Handle pos, int64_t reduction) { return make([&] { return at::binary_cross_entropy_with_logits(*x, *y, maybe(w), maybe(pos), reduction); }); }
TS_API Handle ts_cross_entropy(Handle x, Handle y, Handle w, int64_t ignore, int64_t reduction, double smoothing) { return make([&] { return at::cross_entropy_loss(*x, *y, maybe(w), reduction, ignore, smoothing); }); }
