#pragma once
/// The natural logarithm for hot loops: no branch and no call, so that it runs in vectors, and the
/// same bits in every version of a loop (private to the room).

#include <bit>
#include <cstdint>

namespace quartier::metrics {

/// ln(x) of a normal x > 0, relative error below 1e-15.
///
/// x = 2^e · m with m in [√½, √2), s = (m − 1) / (m + 1), ln m = 2 s + s³ · p(s²): the reduction
/// and the coefficients of fdlibm (Sun Microsystems 1993). At 0 it returns a finite number, so
/// that 0 · logarithm(0) is 0; NaN, negative and infinite x give no logarithm.
[[gnu::always_inline]] inline double logarithm(double x) {
  constexpr std::uint64_t mantissa = 0x000fffffffffffffU;
  constexpr std::uint64_t root_of_half = 0x3fe6a09e00000000U;
  constexpr std::uint64_t one = 0x3ff0000000000000U;
  constexpr std::uint64_t two_to_52 = 0x4330000000000000U;
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x) + (one - root_of_half);
  const double exponent =
      std::bit_cast<double>((bits >> 52U) | two_to_52) - (4503599627370496.0 + 1023.0);
  const double f = std::bit_cast<double>((bits & mantissa) + root_of_half) - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  const double w = z * z;
  const double even = w * (3.999999999940941908e-01 +
                           w * (2.222219843214978396e-01 + w * 1.531383769920937332e-01));
  const double odd = z * (6.666666666666735130e-01 +
                          w * (2.857142874366239149e-01 +
                               w * (1.818357216161805012e-01 + w * 1.479819860511658591e-01)));
  const double half = 0.5 * f * f;
  return exponent * 6.93147180369123816490e-01 -
         ((half - (s * (half + (even + odd)) + exponent * 1.90821492927058770002e-10)) - f);
}

}  // namespace quartier::metrics
