// Tensors as such: lifetime, inspection, creation, conversion, gradients, shapes and views.
#include "common.h"

#include <cstring>
#include <limits>

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
TS_API int32_t ts_is_leaf(Handle a) { return guarded([&]() -> int { return a->is_leaf(); }); }
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
TS_API Handle ts_arange(const ScalarValue* start, const ScalarValue* stop, const ScalarValue* step, int32_t type,
                        int32_t dev, int32_t idx, int32_t rg) {
    return make([&] {
        return finished(at::arange(number(start), number(stop), number(step), options_of(type, dev, idx)), rg);
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

// ---- conversion and copies ----

TS_API Handle ts_to(Handle a, int32_t type, int32_t dev, int32_t idx, int32_t copy) {
    return make([&] {
        auto o = at::TensorOptions(type < 0 ? a->scalar_type() : static_cast<at::ScalarType>(type))
                     .device(dev < 0 ? a->device() : device_of(dev, idx));
        return a->to(o, false, copy != 0);
    });
}
TS_API Handle ts_clone(Handle a) { return make([&] { return a->clone(); }); }
TS_API Handle ts_contiguous(Handle a) { return make([&] { return a->contiguous(); }); }
TS_API void ts_copy_(Handle a, Handle source, int32_t non_blocking) {
    run([&] { a->copy_(*source, non_blocking != 0); });
}
TS_API Handle ts_pin_memory(Handle a) { return make([&] { return a->pin_memory(); }); }
TS_API void ts_fill_(Handle a, const ScalarValue* value) { run([&] { a->fill_(number(value)); }); }
TS_API void ts_zero_(Handle a) { run([&] { a->zero_(); }); }

// ---- gradients ----

TS_API int32_t ts_requires_grad(Handle a) { return a->requires_grad(); }
TS_API void ts_set_requires_grad(Handle a, int32_t value) { run([&] { a->set_requires_grad(value != 0); }); }
TS_API Handle ts_detach(Handle a) { return make([&] { return a->detach(); }); }
TS_API void ts_backward(Handle a) { run([&] { a->backward(); }); }

// Null without an error where there is no gradient.
TS_API Handle ts_grad(Handle a) {
    return guarded([&]() -> Handle {
        const at::Tensor& g = a->grad();
        return g.defined() ? new at::Tensor(g) : nullptr;
    });
}
TS_API void ts_set_grad(Handle a, Handle grad) {
    run([&] { a->mutable_grad() = grad == nullptr ? at::Tensor() : *grad; });
}

// Norms are joined on the device, so that only one number crosses to the host.
TS_API double ts_clip_grad_norm(Handle* parameters, int64_t n, double max_norm, double norm_type) {
    return guarded([&]() -> double {
        at::AutoGradMode off(false);
        std::vector<at::Tensor> grads;
        for (int64_t i = 0; i < n; i++) {
            const at::Tensor& g = parameters[i]->grad();
            if (g.defined()) grads.push_back(g);
        }
        if (grads.empty()) return 0.0;
        const bool largest = norm_type == std::numeric_limits<double>::infinity();
        std::vector<at::Tensor> norms;
        for (const auto& g : grads) norms.push_back(largest ? g.abs().max() : g.norm(norm_type));
        at::Tensor total = norms[0];
        if (norm_type == 0) {
            total = at::full({}, static_cast<double>(grads.size()));
        } else if (norms.size() > 1) {
            total = largest ? at::stack(norms).max() : at::stack(norms).norm(norm_type);
        }
        const double value = total.item<double>();
        const double scale = max_norm / (value + 1e-6);
        if (scale < 1) {
            for (auto& g : grads) g.mul_(scale);
        }
        return value;
    });
}

// ---- shapes and views ----

TS_API Handle ts_view(Handle a, const int64_t* s, int64_t n) { return make([&] { return a->view(ints(s, n)); }); }
TS_API Handle ts_reshape(Handle a, const int64_t* s, int64_t n) { return make([&] { return a->reshape(ints(s, n)); }); }
TS_API Handle ts_permute(Handle a, const int64_t* s, int64_t n) { return make([&] { return a->permute(ints(s, n)); }); }
TS_API Handle ts_expand(Handle a, const int64_t* s, int64_t n, int32_t implicit) { return make([&] { return a->expand(ints(s, n), implicit != 0); }); }
TS_API Handle ts_transpose(Handle a, int64_t d0, int64_t d1) { return make([&] { return a->transpose(d0, d1); }); }
TS_API Handle ts_unsqueeze(Handle a, int64_t d) { return make([&] { return a->unsqueeze(d); }); }
TS_API Handle ts_squeeze(Handle a, int32_t has, int64_t d) { return make([&] { return has != 0 ? a->squeeze(d) : a->squeeze(); }); }
TS_API Handle ts_flatten(Handle a, int64_t start, int64_t end) { return make([&] { return a->flatten(start, end); }); }
TS_API Handle ts_narrow(Handle a, int64_t d, int64_t start, int64_t length) { return make([&] { return a->narrow(d, start, length); }); }
TS_API Handle ts_cat(Handle* items, int64_t n, int64_t d) { return make([&] { return at::cat(gather_list(items, n), d); }); }
TS_API Handle ts_stack(Handle* items, int64_t n, int64_t d) { return make([&] { return at::stack(gather_list(items, n), d); }); }

// One index for each leading dimension; the result is a view of what remains.
TS_API Handle ts_at(Handle a, const int64_t* index, int64_t n) {
    return make([&] {
        at::Tensor part = *a;
        for (int64_t i = 0; i < n; i++) part = part.select(0, index[i]);
        return part;
    });
}

static int64_t give_list(std::vector<at::Tensor> list, Handle* out, int64_t capacity) {
    TORCH_CHECK(static_cast<int64_t>(list.size()) <= capacity, "more parts than the caller made room for");
    for (size_t i = 0; i < list.size(); i++) out[i] = new at::Tensor(std::move(list[i]));
    return static_cast<int64_t>(list.size());
}
TS_API int64_t ts_chunk(Handle a, int64_t chunks, int64_t d, Handle* out, int64_t capacity) {
    return guarded([&]() -> int64_t { return give_list(a->chunk(chunks, d), out, capacity); });
}
TS_API int64_t ts_split(Handle a, int64_t size, int64_t d, Handle* out, int64_t capacity) {
    return guarded([&]() -> int64_t { return give_list(a->split(size, d), out, capacity); });
}
TS_API int64_t ts_split_sizes(Handle a, const int64_t* s, int64_t n, int64_t d, Handle* out, int64_t capacity) {
    return guarded([&]() -> int64_t { return give_list(a->split_with_sizes(ints(s, n), d), out, capacity); });
}
