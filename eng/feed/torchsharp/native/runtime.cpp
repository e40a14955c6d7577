// What belongs to no tensor: errors, threads, devices, gradient modes.
#include "common.h"

#include <ATen/Context.h>
#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/GradMode.h>
#include <c10/core/InferenceMode.h>

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

// ---- threads and devices ----

TS_API void ts_set_num_threads(int32_t n) { run([&] { at::set_num_threads(n); }); }
TS_API int32_t ts_get_num_threads() { return guarded([&]() -> int { return at::get_num_threads(); }); }
TS_API int32_t ts_cuda_available() { return guarded([&]() -> int { return at::globalContext().hasCUDA(); }); }

// Both hooks changed their names in libtorch 2.5.
#define NEW_CUDA_HOOKS (TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 5))

TS_API int32_t ts_cuda_device_count() {
    return guarded([&]() -> int {
        if (!at::globalContext().hasCUDA()) return 0;
#if NEW_CUDA_HOOKS
        return static_cast<int>(at::detail::getCUDAHooks().deviceCount());
#else
        return at::detail::getCUDAHooks().getNumGPUs();
#endif
    });
}

TS_API void ts_cuda_synchronize(int32_t index) {
    run([&] {
        const auto& hooks = at::detail::getCUDAHooks();
#if NEW_CUDA_HOOKS
        hooks.deviceSynchronize(static_cast<c10::DeviceIndex>(index < 0 ? hooks.getCurrentDevice() : index));
#else
        hooks.deviceSynchronize(index < 0 ? hooks.current_device() : index);
#endif
    });
}

// ---- gradient modes ----

TS_API int32_t ts_grad_mode_enabled() { return c10::GradMode::is_enabled(); }
TS_API void ts_grad_mode_set(int32_t value) { c10::GradMode::set_enabled(value != 0); }

// The mode lasts as long as the object behind the pointer.
TS_API void* ts_inference_mode_enter(int32_t value) {
    return guarded([&]() -> void* { return new c10::InferenceMode(value != 0); });
}
TS_API void ts_inference_mode_leave(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }
