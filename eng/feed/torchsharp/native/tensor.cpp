// Tensors: creation, inspection, arithmetic, reductions, views, autograd and the runtime's switches.
#include "common.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/TensorIndexing.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>

#include <cstring>
#include <limits>
#include <string>

static thread_local std::string last_error;
static thread_local bool has_error = false;

void ts_remember_error(const char* message) noexcept {
    try {
        last_error = message;
    } catch (...) {
        last_error.clear();
    }
    has_error = true;
}

// The pointer stays valid until the next failing call on this thread.
TS_API const char* ts_take_error() {
    if (!has_error) return nullptr;
    has_error = false;
    return last_error.c_str();
}

// ---- lifetime and inspection ----

TS_API void ts_dispose(Handle a) { delete a; }
TS_API Handle ts_alias(Handle a) { return make([&] { return *a; }); }
TS_API int64_t ts_ndim(Handle a) { return a->dim(); }
TS_API int64_t ts_numel(Handle a) { return a->numel(); }
TS_API int64_t ts_element_size(Handle a) { return a->element_size(); }
TS_API int32_t ts_type(Handle a) { return static_cast<int32_t>(a->scalar_type()); }
TS_API int32_t ts_device_type(Handle a) { return static_cast<int32_t>(a->device().type()); }
TS_API int32_t ts_device_index(Handle a) { return a->device().index(); }
TS_API int32_t ts_is_contiguous(Handle a) { return a->is_contiguous(); }
TS_API int32_t ts_is_pinned(Handle a) { return guarded([&]() -> int { return a->is_pinned(); }); }
TS_API int32_t ts_is_leaf(Handle a) { return guarded([&]() -> int { return a->is_leaf(); }); }
TS_API int32_t ts_requires_grad(Handle a) { return a->requires_grad(); }
TS_API int64_t ts_storage_offset(Handle a) { return a->storage_offset(); }
TS_API void* ts_data(Handle a) { return guarded([&]() -> void* { return a->data_ptr(); }); }

TS_API void ts_sizes(Handle a, int64_t* out) {
    auto s = a->sizes();
    std::memcpy(out, s.data(), s.size() * sizeof(int64_t));
}

TS_API void ts_strides(Handle a, int64_t* out) {
    run([&] {
        auto s = a->strides();
        std::memcpy(out, s.data(), s.size() * sizeof(int64_t));
    });
}

TS_API int64_t ts_size(Handle a, int64_t dim) { return guarded([&]() -> int64_t { return a->size(dim); }); }
TS_API int64_t ts_stride(Handle a, int64_t dim) { return guarded([&]() -> int64_t { return a->stride(dim); }); }

TS_API void ts_item(Handle a, ScalarValue* out) {
    run([&] {
        auto s = a->item();
        out->kind = s.isBoolean() ? 2 : s.isIntegral(false) ? 1 : 0;
        out->real = out->kind == 0 ? s.toDouble() : 0;
        out->integer = out->kind == 0 ? 0 : out->kind == 2 ? s.toBool() : s.toLong();
    });
}

// ---- autograd ----

TS_API void ts_set_requires_grad(Handle a, int32_t value) { run([&] { a->set_requires_grad(value != 0); }); }
TS_API void ts_retain_grad(Handle a) { run([&] { a->retain_grad(); }); }
TS_API void ts_backward(Handle a) { run([&] { a->backward(); }); }

TS_API Handle ts_grad(Handle a) {
    return guarded([&]() -> Handle {
        const at::Tensor& g = a->grad();
        return g.defined() ? new at::Tensor(g) : nullptr;
    });
}

TS_API void ts_set_grad(Handle a, Handle grad) {
    run([&] { a->mutable_grad() = grad == nullptr ? at::Tensor() : *grad; });
}

static std::vector<at::Tensor> gather_list(Handle* items, int64_t n) {
    std::vector<at::Tensor> list;
    list.reserve(n);
    for (int64_t i = 0; i < n; i++) list.push_back(items[i] == nullptr ? at::Tensor() : *items[i]);
    return list;
}

TS_API void ts_autograd_backward(Handle* roots, int64_t nroots, Handle* grads, int64_t ngrads, int32_t retain_graph,
                                 int32_t create_graph, Handle* inputs, int64_t ninputs) {
    run([&] {
        torch::autograd::backward(gather_list(roots, nroots), gather_list(grads, ngrads), retain_graph != 0,
                                  create_graph != 0, gather_list(inputs, ninputs));
    });
}

TS_API int32_t ts_autograd_grad(Handle* outputs, int64_t noutputs, Handle* inputs, int64_t ninputs, Handle* grads,
                                int64_t ngrads, int32_t retain_graph, int32_t create_graph, int32_t allow_unused,
                                Handle* result) {
    return guarded([&]() -> int {
        auto list = torch::autograd::grad(gather_list(outputs, noutputs), gather_list(inputs, ninputs),
                                          gather_list(grads, ngrads),
                                          retain_graph != 0 || create_graph != 0, create_graph != 0, allow_unused != 0);
        for (size_t i = 0; i < list.size(); i++) result[i] = list[i].defined() ? new at::Tensor(list[i]) : nullptr;
        return 1;
    });
}

TS_API int32_t ts_grad_mode_enabled() { return c10::GradMode::is_enabled(); }
TS_API void ts_grad_mode_set(int32_t value) { c10::GradMode::set_enabled(value != 0); }
TS_API int32_t ts_inference_mode_enabled() { return c10::InferenceMode::is_enabled(); }
TS_API void* ts_inference_mode_enter(int32_t value) {
    return guarded([&]() -> void* { return new c10::InferenceMode(value != 0); });
}
TS_API void ts_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

TS_API double ts_clip_grad_norm(Handle* parameters, int64_t n, double max_norm, double norm_type) {
    return guarded([&]() -> double {
        at::AutoGradMode off(false);
        std::vector<at::Tensor> grads;
        for (int64_t i = 0; i < n; i++) {
            const at::Tensor& g = parameters[i]->grad();
            if (g.defined()) grads.push_back(g);
        }
        if (grads.empty()) return 0.0;
        at::Tensor total;
        if (norm_type == std::numeric_limits<double>::infinity()) {
            std::vector<at::Tensor> norms;
            for (const auto& g : grads) norms.push_back(g.abs().max());
            total = norms.size() == 1 ? norms[0] : at::max(at::stack(norms));
        } else if (norm_type == 0) {
            total = at::full({}, static_cast<double>(grads.size()));
        } else {
            std::vector<at::Tensor> norms;
            for (const auto& g : grads) norms.push_back(g.norm(norm_type));
            total = norms.size() == 1 ? norms[0] : at::stack(norms).norm(norm_type);
        }
        double value = total.item<double>();
        double scale = max_norm / (value + 1e-6);
        if (scale < 1) {
            for (auto& g : grads) g.mul_(scale);
        }
        return value;
    });
}

TS_API void ts_clip_grad_value(Handle* parameters, int64_t n, double limit) {
    run([&] {
        at::AutoGradMode off(false);
        for (int64_t i = 0; i < n; i++) {
            at::Tensor g = parameters[i]->grad();
            if (g.defined()) g.clamp_(-limit, limit);
        }
    });
}

// ---- creation ----

static at::Tensor finished(at::Tensor t, int32_t requires_grad) {
    if (requires_grad != 0) t.set_requires_grad(true);
    return t;
}

TS_API Handle ts_empty(const int64_t* size, int64_t n, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::empty(ints(size, n), options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_zeros(const int64_t* size, int64_t n, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::zeros(ints(size, n), options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_ones(const int64_t* size, int64_t n, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::ones(ints(size, n), options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_full(const int64_t* size, int64_t n, const ScalarValue* value, int32_t type, int32_t dev, int32_t idx,
                      int32_t rg) {
    return make([&] { return finished(at::full(ints(size, n), number(value), options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_rand(const int64_t* size, int64_t n, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::rand(ints(size, n), options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_randn(const int64_t* size, int64_t n, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::randn(ints(size, n), options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_randint(int64_t low, int64_t high, const int64_t* size, int64_t n, int32_t type, int32_t dev,
                         int32_t idx, int32_t rg) {
    return make([&] { return finished(at::randint(low, high, ints(size, n), options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_randperm(int64_t n, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::randperm(n, options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_arange(const ScalarValue* start, const ScalarValue* stop, const ScalarValue* step, int32_t type,
                        int32_t dev, int32_t idx, int32_t rg) {
    return make([&] {
        return finished(at::arange(number(start), number(stop), number(step), options_of(type, dev, idx)), rg);
    });
}
TS_API Handle ts_linspace(double start, double end, int64_t steps, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::linspace(start, end, steps, options_of(type, dev, idx)), rg); });
}
TS_API Handle ts_eye(int64_t rows, int64_t columns, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::eye(rows, columns, options_of(type, dev, idx)), rg); });
}

// Copies from the caller's memory, so that no managed array has to stay pinned.
TS_API Handle ts_from_memory(const void* data, int32_t source_type, const int64_t* size, int64_t n, int32_t type,
                             int32_t dev, int32_t idx, int32_t rg) {
    return make([&] {
        auto host = at::empty(ints(size, n), static_cast<at::ScalarType>(source_type));
        if (host.numel() > 0) std::memcpy(host.data_ptr(), data, host.numel() * host.element_size());
        auto device = device_of(dev, idx);
        auto wanted = static_cast<at::ScalarType>(type);
        if (wanted != host.scalar_type() || !device.is_cpu()) host = host.to(device, wanted);
        return finished(host, rg);
    });
}

static at::TensorOptions like_options(int32_t type, int32_t dev, int32_t idx) {
    at::TensorOptions o;
    if (type >= 0) o = o.dtype(static_cast<at::ScalarType>(type));
    if (dev >= 0) o = o.device(device_of(dev, idx));
    return o;
}

TS_API Handle ts_zeros_like(Handle a, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::zeros_like(*a, like_options(type, dev, idx)), rg); });
}
TS_API Handle ts_ones_like(Handle a, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::ones_like(*a, like_options(type, dev, idx)), rg); });
}
TS_API Handle ts_empty_like(Handle a, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::empty_like(*a, like_options(type, dev, idx)), rg); });
}
TS_API Handle ts_rand_like(Handle a, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::rand_like(*a, like_options(type, dev, idx)), rg); });
}
TS_API Handle ts_randn_like(Handle a, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::randn_like(*a, like_options(type, dev, idx)), rg); });
}
TS_API Handle ts_full_like(Handle a, const ScalarValue* value, int32_t type, int32_t dev, int32_t idx, int32_t rg) {
    return make([&] { return finished(at::full_like(*a, number(value), like_options(type, dev, idx)), rg); });
}

// ---- conversion and copies ----

TS_API Handle ts_to(Handle a, int32_t type, int32_t dev, int32_t idx, int32_t non_blocking, int32_t copy) {
    return make([&] {
        auto o = at::TensorOptions(type < 0 ? a->scalar_type() : static_cast<at::ScalarType>(type))
                     .device(dev < 0 ? a->device() : device_of(dev, idx));
        return a->to(o, non_blocking != 0, copy != 0);
    });
}
TS_API void ts_copy_(Handle a, Handle source, int32_t non_blocking) { run([&] { a->copy_(*source, non_blocking != 0); }); }
TS_API void ts_set_(Handle a, Handle source) { run([&] { a->set_(*source); }); }
TS_API void ts_fill_(Handle a, const ScalarValue* value) { run([&] { a->fill_(number(value)); }); }

// ---- element-wise, one operand ----

#define UNARY(name) TS_API Handle ts_##name(Handle a) { return make([&] { return at::name(*a); }); }
#define UNARY_(name) TS_API void ts_##name##_(Handle a) { run([&] { at::name##_(*a); }); }
#define METHOD(name) TS_API Handle ts_##name(Handle a) { return make([&] { return a->name(); }); }

METHOD(clone) METHOD(contiguous) METHOD(detach) METHOD(pin_memory) METHOD(t)
UNARY(abs) UNARY(neg) UNARY(exp) UNARY(expm1) UNARY(log) UNARY(log2) UNARY(log10) UNARY(log1p) UNARY(sqrt) UNARY(rsqrt)
UNARY(square) UNARY(sign) UNARY(sigmoid) UNARY(tanh) UNARY(relu) UNARY(silu) UNARY(isnan) UNARY(isinf) UNARY(isfinite)
UNARY(floor) UNARY(ceil) UNARY(round) UNARY(trunc) UNARY(frac) UNARY(sin) UNARY(cos) UNARY(erf) UNARY(reciprocal)
UNARY(logical_not) UNARY(bitwise_not) UNARY(hardswish) UNARY(hardsigmoid) UNARY(log_sigmoid) UNARY(mish) UNARY(relu6) UNARY(nonzero)
UNARY_(abs) UNARY_(neg) UNARY_(exp) UNARY_(log) UNARY_(sqrt) UNARY_(rsqrt) UNARY_(square) UNARY_(sigmoid) UNARY_(tanh)
UNARY_(relu) UNARY_(silu) UNARY_(floor) UNARY_(ceil) UNARY_(round) UNARY_(reciprocal)
TS_API void ts_zero_(Handle a) { run([&] { a->zero_(); }); }
TS_API void ts_sign_(Handle a) { run([&] { a->sign_(); }); }
TS_API void ts_detach_(Handle a) { run([&] { a->detach_(); }); }

// ---- element-wise, two operands ----

#define BINARY(name) TS_API Handle ts_##name(Handle a, Handle b) { return make([&] { return at::name(*a, *b); }); }
#define WITH_NUMBER(name) \
    TS_API Handle ts_##name##_number(Handle a, const ScalarValue* b) { return make([&] { return at::name(*a, number(b)); }); }
#define IN_PLACE(name) TS_API void ts_##name##_(Handle a, Handle b) { run([&] { a->name##_(*b); }); }
#define IN_PLACE_NUMBER(name) \
    TS_API void ts_##name##_number_(Handle a, const ScalarValue* b) { run([&] { a->name##_(number(b)); }); }

BINARY(mul) BINARY(div) BINARY(pow) BINARY(eq) BINARY(ne) BINARY(lt) BINARY(le) BINARY(gt) BINARY(ge)
BINARY(maximum) BINARY(minimum) BINARY(matmul) BINARY(mm) BINARY(bmm) BINARY(remainder) BINARY(logical_and)
BINARY(logical_or) BINARY(logical_xor) BINARY(prelu) BINARY(atan2) BINARY(dot) BINARY(bitwise_and) BINARY(bitwise_or)
WITH_NUMBER(mul) WITH_NUMBER(div) WITH_NUMBER(pow) WITH_NUMBER(eq) WITH_NUMBER(ne) WITH_NUMBER(lt) WITH_NUMBER(le)
WITH_NUMBER(gt) WITH_NUMBER(ge) WITH_NUMBER(remainder)
IN_PLACE(mul) IN_PLACE(div) IN_PLACE(pow)
IN_PLACE_NUMBER(mul) IN_PLACE_NUMBER(div) IN_PLACE_NUMBER(pow)

TS_API Handle ts_add(Handle a, Handle b, const ScalarValue* alpha) { return make([&] { return at::add(*a, *b, number(alpha)); }); }
TS_API Handle ts_add_number(Handle a, const ScalarValue* b, const ScalarValue* alpha) { return make([&] { return at::add(*a, number(b), number(alpha)); }); }
TS_API void ts_add_(Handle a, Handle b, const ScalarValue* alpha) { run([&] { a->add_(*b, number(alpha)); }); }
TS_API void ts_add_number_(Handle a, const ScalarValue* b, const ScalarValue* alpha) { run([&] { a->add_(number(b), number(alpha)); }); }
TS_API Handle ts_sub(Handle a, Handle b, const ScalarValue* alpha) { return make([&] { return at::sub(*a, *b, number(alpha)); }); }
TS_API Handle ts_sub_number(Handle a, const ScalarValue* b, const ScalarValue* alpha) { return make([&] { return at::sub(*a, number(b), number(alpha)); }); }
TS_API void ts_sub_(Handle a, Handle b, const ScalarValue* alpha) { run([&] { a->sub_(*b, number(alpha)); }); }
TS_API void ts_sub_number_(Handle a, const ScalarValue* b, const ScalarValue* alpha) { run([&] { a->sub_(number(b), number(alpha)); }); }
TS_API Handle ts_rsub_number(Handle a, const ScalarValue* b) { return make([&] { return at::rsub(*a, number(b)); }); }
TS_API Handle ts_number_pow(const ScalarValue* base, Handle a) { return make([&] { return at::pow(number(base), *a); }); }

TS_API Handle ts_addcmul(Handle a, Handle b, Handle c, const ScalarValue* v) { return make([&] { return at::addcmul(*a, *b, *c, number(v)); }); }
TS_API void ts_addcmul_(Handle a, Handle b, Handle c, const ScalarValue* v) { run([&] { a->addcmul_(*b, *c, number(v)); }); }
TS_API Handle ts_addcdiv(Handle a, Handle b, Handle c, const ScalarValue* v) { return make([&] { return at::addcdiv(*a, *b, *c, number(v)); }); }
TS_API void ts_addcdiv_(Handle a, Handle b, Handle c, const ScalarValue* v) { run([&] { a->addcdiv_(*b, *c, number(v)); }); }
TS_API Handle ts_lerp(Handle a, Handle end, Handle weight) { return make([&] { return at::lerp(*a, *end, *weight); }); }
TS_API void ts_lerp_(Handle a, Handle end, Handle weight) { run([&] { a->lerp_(*end, *weight); }); }

static optional<at::Scalar> maybe_number(const ScalarValue* s) {
    if (s == nullptr) return none;
    return number(s);
}

TS_API Handle ts_clamp(Handle a, const ScalarValue* lo, const ScalarValue* hi) { return make([&] { return at::clamp(*a, maybe_number(lo), maybe_number(hi)); }); }
TS_API void ts_clamp_(Handle a, const ScalarValue* lo, const ScalarValue* hi) { run([&] { a->clamp_(maybe_number(lo), maybe_number(hi)); }); }
TS_API Handle ts_clamp_tensor(Handle a, Handle lo, Handle hi) { return make([&] { return at::clamp(*a, maybe(lo), maybe(hi)); }); }
TS_API Handle ts_where(Handle c, Handle a, Handle b) { return make([&] { return at::where(*c, *a, *b); }); }
TS_API Handle ts_isclose(Handle a, Handle b, double rtol, double atol, int32_t nan) { return make([&] { return at::isclose(*a, *b, rtol, atol, nan != 0); }); }
TS_API int32_t ts_allclose(Handle a, Handle b, double rtol, double atol, int32_t nan) { return guarded([&]() -> int { return at::allclose(*a, *b, rtol, atol, nan != 0); }); }
TS_API int32_t ts_equal(Handle a, Handle b) { return guarded([&]() -> int { return at::equal(*a, *b); }); }
TS_API Handle ts_masked_fill(Handle a, Handle mask, const ScalarValue* v) { return make([&] { return a->masked_fill(*mask, number(v)); }); }
TS_API void ts_masked_fill_(Handle a, Handle mask, const ScalarValue* v) { run([&] { a->masked_fill_(*mask, number(v)); }); }
TS_API void ts_normal_(Handle a, double mean, double std) { run([&] { a->normal_(mean, std); }); }
TS_API void ts_uniform_(Handle a, double from, double to) { run([&] { a->uniform_(from, to); }); }

// ---- reductions ----

TS_API Handle ts_sum(Handle a, int32_t type) { return make([&] { return at::sum(*a, maybe_type(type)); }); }
TS_API Handle ts_sum_dims(Handle a, const int64_t* d, int64_t n, int32_t keep, int32_t type) { return make([&] { return at::sum(*a, ints(d, n), keep != 0, maybe_type(type)); }); }
TS_API Handle ts_mean(Handle a) { return make([&] { return at::mean(*a); }); }
TS_API Handle ts_mean_dims(Handle a, const int64_t* d, int64_t n, int32_t keep, int32_t type) { return make([&] { return at::mean(*a, ints(d, n), keep != 0, maybe_type(type)); }); }
TS_API Handle ts_var(Handle a, int32_t unbiased) { return make([&] { return at::var(*a, unbiased != 0); }); }
TS_API Handle ts_var_dims(Handle a, const int64_t* d, int64_t n, int32_t unbiased, int32_t keep) { return make([&] { return at::var(*a, ints(d, n), unbiased != 0, keep != 0); }); }
TS_API Handle ts_std(Handle a, int32_t unbiased) { return make([&] { return at::std(*a, unbiased != 0); }); }
TS_API Handle ts_std_dims(Handle a, const int64_t* d, int64_t n, int32_t unbiased, int32_t keep) { return make([&] { return at::std(*a, ints(d, n), unbiased != 0, keep != 0); }); }
TS_API Handle ts_amax(Handle a, const int64_t* d, int64_t n, int32_t keep) { return make([&] { return at::amax(*a, ints(d, n), keep != 0); }); }
TS_API Handle ts_amin(Handle a, const int64_t* d, int64_t n, int32_t keep) { return make([&] { return at::amin(*a, ints(d, n), keep != 0); }); }
TS_API Handle ts_max(Handle a) { return make([&] { return at::max(*a); }); }
TS_API Handle ts_min(Handle a) { return make([&] { return at::min(*a); }); }
TS_API Handle ts_prod(Handle a, int32_t type) { return make([&] { return at::prod(*a, maybe_type(type)); }); }
TS_API Handle ts_all(Handle a) { return make([&] { return at::all(*a); }); }
TS_API Handle ts_any(Handle a) { return make([&] { return at::any(*a); }); }
TS_API Handle ts_all_dim(Handle a, int64_t d, int32_t keep) { return make([&] { return at::all(*a, d, keep != 0); }); }
TS_API Handle ts_any_dim(Handle a, int64_t d, int32_t keep) { return make([&] { return at::any(*a, d, keep != 0); }); }
TS_API Handle ts_norm(Handle a, double p) { return make([&] { return at::norm(*a, at::Scalar(p)); }); }
TS_API Handle ts_norm_dim(Handle a, int64_t d, int32_t keep, double p) { return make([&] { return at::norm(*a, optional<at::Scalar>(at::Scalar(p)), at::IntArrayRef(&d, 1), keep != 0); }); }
TS_API Handle ts_cumsum(Handle a, int64_t d, int32_t type) { return make([&] { return at::cumsum(*a, d, maybe_type(type)); }); }
TS_API Handle ts_median(Handle a) { return make([&] { return at::median(*a); }); }

static optional<int64_t> maybe_dim(int32_t has, int64_t dim) {
    if (has == 0) return none;
    return dim;
}
TS_API Handle ts_argmax(Handle a, int32_t has, int64_t d, int32_t keep) { return make([&] { return at::argmax(*a, maybe_dim(has, d), keep != 0); }); }
TS_API Handle ts_argmin(Handle a, int32_t has, int64_t d, int32_t keep) { return make([&] { return at::argmin(*a, maybe_dim(has, d), keep != 0); }); }

static void give_pair(std::tuple<at::Tensor, at::Tensor> pair, Handle* out) {
    out[0] = new at::Tensor(std::get<0>(std::move(pair)));
    out[1] = new at::Tensor(std::get<1>(std::move(pair)));
}
TS_API void ts_max_dim(Handle a, int64_t d, int32_t keep, Handle* out) { run([&] { give_pair(at::max(*a, d, keep != 0), out); }); }
TS_API void ts_min_dim(Handle a, int64_t d, int32_t keep, Handle* out) { run([&] { give_pair(at::min(*a, d, keep != 0), out); }); }
TS_API void ts_sort(Handle a, int64_t d, int32_t descending, int32_t stable, Handle* out) { run([&] { give_pair(at::sort(*a, optional<bool>(stable != 0), d, descending != 0), out); }); }
TS_API void ts_topk(Handle a, int64_t k, int64_t d, int32_t largest, int32_t sorted, Handle* out) { run([&] { give_pair(at::topk(*a, k, d, largest != 0, sorted != 0), out); }); }

// ---- shapes and views ----

TS_API Handle ts_view(Handle a, const int64_t* s, int64_t n) { return make([&] { return a->view(ints(s, n)); }); }
TS_API Handle ts_reshape(Handle a, const int64_t* s, int64_t n) { return make([&] { return a->reshape(ints(s, n)); }); }
TS_API Handle ts_permute(Handle a, const int64_t* s, int64_t n) { return make([&] { return a->permute(ints(s, n)); }); }
TS_API Handle ts_expand(Handle a, const int64_t* s, int64_t n, int32_t implicit) { return make([&] { return a->expand(ints(s, n), implicit != 0); }); }
TS_API Handle ts_repeat(Handle a, const int64_t* s, int64_t n) { return make([&] { return a->repeat(ints(s, n)); }); }
TS_API Handle ts_flip(Handle a, const int64_t* s, int64_t n) { return make([&] { return at::flip(*a, ints(s, n)); }); }
TS_API Handle ts_roll(Handle a, const int64_t* s, int64_t n, const int64_t* d, int64_t m) { return make([&] { return at::roll(*a, ints(s, n), ints(d, m)); }); }
TS_API Handle ts_rot90(Handle a, int64_t k, int64_t d0, int64_t d1) { return make([&] { return at::rot90(*a, k, {d0, d1}); }); }
TS_API Handle ts_transpose(Handle a, int64_t d0, int64_t d1) { return make([&] { return a->transpose(d0, d1); }); }
TS_API Handle ts_unsqueeze(Handle a, int64_t d) { return make([&] { return a->unsqueeze(d); }); }
TS_API void ts_unsqueeze_(Handle a, int64_t d) { run([&] { a->unsqueeze_(d); }); }
TS_API Handle ts_squeeze(Handle a, int32_t has, int64_t d) { return make([&] { return has != 0 ? a->squeeze(d) : a->squeeze(); }); }
TS_API Handle ts_flatten(Handle a, int64_t start, int64_t end) { return make([&] { return a->flatten(start, end); }); }
TS_API Handle ts_narrow(Handle a, int64_t d, int64_t start, int64_t length) { return make([&] { return a->narrow(d, start, length); }); }
TS_API Handle ts_slice(Handle a, int64_t d, int64_t start, int64_t stop, int64_t step) { return make([&] { return a->slice(d, start, stop, step); }); }
TS_API Handle ts_select(Handle a, int64_t d, int64_t i) { return make([&] { return a->select(d, i); }); }
TS_API Handle ts_index_select(Handle a, int64_t d, Handle i) { return make([&] { return a->index_select(d, *i); }); }
TS_API Handle ts_gather(Handle a, int64_t d, Handle i) { return make([&] { return a->gather(d, *i); }); }
TS_API Handle ts_tril(Handle a, int64_t d) { return make([&] { return at::tril(*a, d); }); }
TS_API Handle ts_triu(Handle a, int64_t d) { return make([&] { return at::triu(*a, d); }); }
TS_API Handle ts_as_strided(Handle a, const int64_t* s, int64_t n, const int64_t* st, int64_t m, int64_t offset) { return make([&] { return a->as_strided(ints(s, n), ints(st, m), offset); }); }
TS_API Handle ts_cat(Handle* items, int64_t n, int64_t d) { return make([&] { return at::cat(gather_list(items, n), d); }); }
TS_API Handle ts_stack(Handle* items, int64_t n, int64_t d) { return make([&] { return at::stack(gather_list(items, n), d); }); }

static int64_t give_list(std::vector<at::Tensor> list, Handle* out, int64_t capacity) {
    TORCH_CHECK(static_cast<int64_t>(list.size()) <= capacity, "more parts than the caller made room for");
    for (size_t i = 0; i < list.size(); i++) out[i] = new at::Tensor(std::move(list[i]));
    return static_cast<int64_t>(list.size());
}
TS_API int64_t ts_chunk(Handle a, int64_t chunks, int64_t d, Handle* out, int64_t capacity) { return guarded([&]() -> int64_t { return give_list(a->chunk(chunks, d), out, capacity); }); }
TS_API int64_t ts_split(Handle a, int64_t size, int64_t d, Handle* out, int64_t capacity) { return guarded([&]() -> int64_t { return give_list(a->split(size, d), out, capacity); }); }
TS_API int64_t ts_split_sizes(Handle a, const int64_t* s, int64_t n, int64_t d, Handle* out, int64_t capacity) { return guarded([&]() -> int64_t { return give_list(a->split_with_sizes(ints(s, n), d), out, capacity); }); }
TS_API int64_t ts_unbind(Handle a, int64_t d, Handle* out, int64_t capacity) { return guarded([&]() -> int64_t { return give_list(a->unbind(d), out, capacity); }); }

// Four numbers an index: kind, then what the kind needs (see TensorIndex on the managed side).
static std::vector<at::indexing::TensorIndex> indices_of(const int64_t* spec, Handle* tensors, int64_t n) {
    using namespace at::indexing;
    constexpr int64_t absent = INT64_MIN;
    std::vector<TensorIndex> list;
    list.reserve(n);
    for (int64_t i = 0; i < n; i++) {
        const int64_t* s = spec + 4 * i;
        switch (s[0]) {
            case 0: list.emplace_back(at::indexing::None); break;
            case 1: list.emplace_back(s[1]); break;
            case 2: list.emplace_back("..."); break;
            case 3: list.emplace_back(s[1] != 0); break;
            case 4: list.emplace_back(*tensors[i]); break;
            default: {
                auto part = [&](int64_t v) -> optional<int64_t> {
                    if (v == absent) return none;
                    return v;
                };
                list.emplace_back(Slice(part(s[1]), part(s[2]), part(s[3])));
            }
        }
    }
    return list;
}
TS_API Handle ts_index(Handle a, const int64_t* spec, Handle* tensors, int64_t n) { return make([&] { return a->index(indices_of(spec, tensors, n)); }); }
TS_API void ts_index_put_(Handle a, const int64_t* spec, Handle* tensors, int64_t n, Handle v) { run([&] { a->index_put_(indices_of(spec, tensors, n), *v); }); }
TS_API void ts_index_put_number_(Handle a, const int64_t* spec, Handle* tensors, int64_t n, const ScalarValue* v) { run([&] { a->index_put_(indices_of(spec, tensors, n), number(v)); }); }

// ---- runtime ----

TS_API void ts_set_num_threads(int32_t n) { run([&] { at::set_num_threads(n); }); }
TS_API int32_t ts_get_num_threads() { return at::get_num_threads(); }
TS_API void ts_set_num_interop_threads(int32_t n) { run([&] { at::set_num_interop_threads(n); }); }
TS_API int32_t ts_get_num_interop_threads() { return guarded([&]() -> int { return static_cast<int>(at::get_num_interop_threads()); }); }
TS_API void ts_manual_seed(int64_t seed) { run([&] { at::manual_seed(static_cast<uint64_t>(seed)); }); }
TS_API int64_t ts_initial_seed() { return guarded([&]() -> int64_t { return static_cast<int64_t>(at::globalContext().defaultGenerator(at::kCPU).current_seed()); }); }
TS_API Handle ts_get_rng_state() { return make([&] { return at::globalContext().defaultGenerator(at::kCPU).get_state(); }); }
TS_API void ts_set_rng_state(Handle state) { run([&] { auto g = at::globalContext().defaultGenerator(at::kCPU); g.set_state(*state); }); }
TS_API int32_t ts_cuda_available() { return guarded([&]() -> int { return at::globalContext().hasCUDA(); }); }
TS_API int32_t ts_cuda_device_count() {
    return guarded([&]() -> int {
        if (!at::globalContext().hasCUDA()) return 0;
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
        return static_cast<int>(at::detail::getCUDAHooks().deviceCount());
#else
        return at::detail::getCUDAHooks().getNumGPUs();
#endif
    });
}
TS_API void ts_cuda_synchronize(int32_t index) {
    run([&] {
        const auto& hooks = at::detail::getCUDAHooks();
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5)
        hooks.deviceSynchronize(static_cast<c10::DeviceIndex>(index < 0 ? hooks.getCurrentDevice() : index));
#else
        hooks.deviceSynchronize(index < 0 ? hooks.current_device() : index);
#endif
    });
}
TS_API void ts_set_deterministic(int32_t mode, int32_t warn_only) { run([&] { at::globalContext().setDeterministicAlgorithms(mode != 0, warn_only != 0); }); }
