// Shared by the translation units of the native half: error transport and argument conversion.
#pragma once

#include <ATen/ATen.h>
#include <torch/version.h>

#include <cstdint>
#include <exception>
#include <utility>
#include <vector>

#define TS_API extern "C" __attribute__((visibility("default")))

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 3)
template <class V> using optional = std::optional<V>;
constexpr auto none = std::nullopt;
#else
template <class V> using optional = c10::optional<V>;
constexpr auto none = c10::nullopt;
#endif

using Handle = at::Tensor*;

// Mirrors the managed struct of the same name, field for field.
struct ScalarValue {
    int64_t kind;  // 0 floating, 1 integer, 2 boolean
    double real;
    int64_t integer;
};

void ts_remember_error(const char* message) noexcept;

template <class F> auto guarded(F&& body) noexcept -> decltype(body()) {
    try {
        return body();
    } catch (const std::exception& e) {
        ts_remember_error(e.what());
    } catch (...) {
        ts_remember_error("unknown native error");
    }
    return decltype(body())();
}

template <class F> Handle make(F&& body) noexcept {
    return guarded([&]() -> Handle { return new at::Tensor(body()); });
}

template <class F> void run(F&& body) noexcept {
    guarded([&]() -> int { body(); return 0; });
}

inline at::Scalar number(const ScalarValue* s) {
    if (s->kind == 1) return at::Scalar(s->integer);
    if (s->kind == 2) return at::Scalar(s->integer != 0);
    return at::Scalar(s->real);
}

inline at::IntArrayRef ints(const int64_t* p, int64_t n) { return at::IntArrayRef(p, static_cast<size_t>(n)); }

inline optional<at::Tensor> maybe(Handle h) {
    if (h == nullptr) return none;
    return *h;
}

// A negative type means "as the input".
inline optional<at::ScalarType> maybe_type(int32_t type) {
    if (type < 0) return none;
    return static_cast<at::ScalarType>(type);
}

// A null entry stands for an absent tensor.
inline std::vector<at::Tensor> gather_list(Handle* items, int64_t n) {
    std::vector<at::Tensor> list;
    list.reserve(n);
    for (int64_t i = 0; i < n; i++) list.push_back(items[i] == nullptr ? at::Tensor() : *items[i]);
    return list;
}

inline at::Device device_of(int32_t type, int32_t index) {
    return at::Device(static_cast<c10::DeviceType>(type), static_cast<c10::DeviceIndex>(type == 0 ? -1 : index));
}

inline at::TensorOptions options_of(int32_t type, int32_t device, int32_t index) {
    return at::TensorOptions(static_cast<at::ScalarType>(type)).device(device_of(device, index));
}
