// Element-wise arithmetic, comparisons and reductions.
#include "common.h"

// ---- one operand ----

#define UNARY(name) TS_API Handle ts_##name(Handle a) { return make([&] { return at::name(*a); }); }
#define UNARY_(name) TS_API void ts_##name##_(Handle a) { run([&] { at::name##_(*a); }); }

UNARY(abs) UNARY(neg) UNARY(exp) UNARY(log) UNARY(sqrt) UNARY(rsqrt) UNARY(square) UNARY(reciprocal) UNARY(isfinite)
UNARY_(abs) UNARY_(neg) UNARY_(exp) UNARY_(log) UNARY_(sqrt) UNARY_(rsqrt) UNARY_(square) UNARY_(reciprocal)

// ---- two operands ----

#define BINARY(name) TS_API Handle ts_##name(Handle a, Handle b) { return make([&] { return at::name(*a, *b); }); }
#define WITH_NUMBER(name) \
    TS_API Handle ts_##name##_number(Handle a, const ScalarValue* b) { return make([&] { return at::name(*a, number(b)); }); }
#define IN_PLACE(name) TS_API void ts_##name##_(Handle a, Handle b) { run([&] { a->name##_(*b); }); }
#define IN_PLACE_NUMBER(name) \
    TS_API void ts_##name##_number_(Handle a, const ScalarValue* b) { run([&] { a->name##_(number(b)); }); }

BINARY(mul) BINARY(div) BINARY(pow) BINARY(maximum) BINARY(minimum)
BINARY(eq) BINARY(ne) BINARY(lt) BINARY(le) BINARY(gt) BINARY(ge)
WITH_NUMBER(mul) WITH_NUMBER(div) WITH_NUMBER(pow)
WITH_NUMBER(eq) WITH_NUMBER(ne) WITH_NUMBER(lt) WITH_NUMBER(le) WITH_NUMBER(gt) WITH_NUMBER(ge)
IN_PLACE(mul) IN_PLACE(div) IN_PLACE(pow)
IN_PLACE_NUMBER(mul) IN_PLACE_NUMBER(div) IN_PLACE_NUMBER(pow)

// Shapes and values alike.
TS_API int32_t ts_equal(Handle a, Handle b) { return guarded([&]() -> int { return at::equal(*a, *b); }); }

// Sums and differences take a factor for the second operand.
#define SUM(name) \
    TS_API Handle ts_##name(Handle a, Handle b, const ScalarValue* alpha) { return make([&] { return at::name(*a, *b, number(alpha)); }); } \
    TS_API Handle ts_##name##_number(Handle a, const ScalarValue* b, const ScalarValue* alpha) { return make([&] { return at::name(*a, number(b), number(alpha)); }); } \
    TS_API void ts_##name##_(Handle a, Handle b, const ScalarValue* alpha) { run([&] { a->name##_(*b, number(alpha)); }); } \
    TS_API void ts_##name##_number_(Handle a, const ScalarValue* b, const ScalarValue* alpha) { run([&] { a->name##_(number(b), number(alpha)); }); }

SUM(add) SUM(sub)
TS_API Handle ts_rsub_number(Handle a, const ScalarValue* b) { return make([&] { return at::rsub(*a, number(b)); }); }

// ---- three operands ----

TS_API Handle ts_addcmul(Handle a, Handle b, Handle c, const ScalarValue* v) { return make([&] { return at::addcmul(*a, *b, *c, number(v)); }); }
TS_API void ts_addcmul_(Handle a, Handle b, Handle c, const ScalarValue* v) { run([&] { a->addcmul_(*b, *c, number(v)); }); }
TS_API Handle ts_addcdiv(Handle a, Handle b, Handle c, const ScalarValue* v) { return make([&] { return at::addcdiv(*a, *b, *c, number(v)); }); }
TS_API void ts_addcdiv_(Handle a, Handle b, Handle c, const ScalarValue* v) { run([&] { a->addcdiv_(*b, *c, number(v)); }); }

static optional<at::Scalar> maybe_number(const ScalarValue* s) {
    if (s == nullptr) return none;
    return number(s);
}
TS_API Handle ts_clamp(Handle a, const ScalarValue* lo, const ScalarValue* hi) { return make([&] { return at::clamp(*a, maybe_number(lo), maybe_number(hi)); }); }
TS_API void ts_clamp_(Handle a, const ScalarValue* lo, const ScalarValue* hi) { run([&] { a->clamp_(maybe_number(lo), maybe_number(hi)); }); }

// ---- reductions ----

TS_API Handle ts_sum(Handle a, int32_t type) { return make([&] { return at::sum(*a, maybe_type(type)); }); }
TS_API Handle ts_sum_dims(Handle a, const int64_t* d, int64_t n, int32_t keep, int32_t type) { return make([&] { return at::sum(*a, ints(d, n), keep != 0, maybe_type(type)); }); }
TS_API Handle ts_mean(Handle a) { return make([&] { return at::mean(*a); }); }
TS_API Handle ts_mean_dims(Handle a, const int64_t* d, int64_t n, int32_t keep, int32_t type) { return make([&] { return at::mean(*a, ints(d, n), keep != 0, maybe_type(type)); }); }
TS_API Handle ts_var(Handle a, int32_t unbiased) { return make([&] { return at::var(*a, unbiased != 0); }); }
TS_API Handle ts_var_dims(Handle a, const int64_t* d, int64_t n, int32_t unbiased, int32_t keep) { return make([&] { return at::var(*a, ints(d, n), unbiased != 0, keep != 0); }); }
TS_API Handle ts_std(Handle a, int32_t unbiased) { return make([&] { return at::std(*a, unbiased != 0); }); }
TS_API Handle ts_std_dims(Handle a, const int64_t* d, int64_t n, int32_t unbiased, int32_t keep) { return make([&] { return at::std(*a, ints(d, n), unbiased != 0, keep != 0); }); }
TS_API Handle ts_max(Handle a) { return make([&] { return at::max(*a); }); }
TS_API Handle ts_min(Handle a) { return make([&] { return at::min(*a); }); }
TS_API Handle ts_amax(Handle a, const int64_t* d, int64_t n, int32_t keep) { return make([&] { return at::amax(*a, ints(d, n), keep != 0); }); }
TS_API Handle ts_amin(Handle a, const int64_t* d, int64_t n, int32_t keep) { return make([&] { return at::amin(*a, ints(d, n), keep != 0); }); }
TS_API Handle ts_all(Handle a) { return make([&] { return at::all(*a); }); }
TS_API Handle ts_any(Handle a) { return make([&] { return at::any(*a); }); }
TS_API Handle ts_mm(Handle a, Handle b) { return make([&] { return at::mm(*a, *b); }); }
TS_API Handle ts_addmm(Handle a, Handle m1, Handle m2, float beta, float alpha) { return make([&] { return at::addmm(*a, *m1, *m2, at::Scalar(beta), at::Scalar(alpha)); }); }
TS_API Handle ts_norm(Handle a, double p) { return make([&] { return at::norm(*a, at::Scalar(p)); }); }
