#include "CMathematics.h"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <algorithm>
#include <cblas.h>
#include <cmath>
#include <lapacke.h>

namespace {

// Nothing is thrown across the C face: what is outside a domain is NaN or an infinity.
using namespace boost::math;
using Quiet = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>,
    policies::evaluation_error<policies::ignore_error>, policies::promote_double<false>>;

using Normal = normal_distribution<double, Quiet>;
using T = students_t_distribution<double, Quiet>;
using F = fisher_f_distribution<double, Quiet>;
using Gamma = gamma_distribution<double, Quiet>;
using Beta = beta_distribution<double, Quiet>;

// Boost knows no distribution function outside the support; there it is 0 or 1.
template <class D>
double within(const D &distribution, double x, double low, double high) {
  double inside = cdf(distribution, std::isnan(x) ? x : (low + std::min(high, low + 1)) / 2);
  if (std::isnan(inside)) return inside;  // parameters that are no distribution's, or x is NaN
  return x <= low ? 0 : x >= high ? 1 : cdf(distribution, x);
}

CBLAS_TRANSPOSE transposed(int asked) { return asked ? CblasTrans : CblasNoTrans; }

// The matrices are small: threads cost more than they give, and the station has other work.
struct OneThread {
  OneThread() { openblas_set_num_threads(1); }
} const one_thread;

}  // namespace

extern "C" {

void cn_multiply(int transpose_a, int transpose_b, int rows, int columns, int inner, const double *a,
                 int lda, const double *b, int ldb, double *c, int ldc) {
  cblas_dgemm(CblasColMajor, transposed(transpose_a), transposed(transpose_b), rows, columns, inner,
              1, a, lda, b, ldb, 0, c, ldc);
}

void cn_gram(int rows, int columns, const double *a, int lda, double *c) {
  cblas_dsyrk(CblasColMajor, CblasLower, CblasTrans, columns, rows, 1, a, lda, 0, c, columns);
  for (int j = 0; j < columns; j++)
    for (int i = 0; i < j; i++) c[i + static_cast<long>(j) * columns] = c[j + static_cast<long>(i) * columns];
}

int cn_cholesky(int n, double *a) { return LAPACKE_dpotrf(LAPACK_COL_MAJOR, 'L', n, a, n); }

int cn_cholesky_solve(int n, int columns, const double *l, double *b) {
  return LAPACKE_dpotrs(LAPACK_COL_MAJOR, 'L', n, columns, l, n, b, n);
}

int cn_cholesky_inverse(int n, double *l) {
  int info = LAPACKE_dpotri(LAPACK_COL_MAJOR, 'L', n, l, n);
  for (int j = 0; j < n; j++)
    for (int i = 0; i < j; i++) l[i + static_cast<long>(j) * n] = l[j + static_cast<long>(i) * n];
  return info;
}

int cn_triangular_solve(int n, int columns, const double *l, double *b) {
  return LAPACKE_dtrtrs(LAPACK_COL_MAJOR, 'L', 'N', 'N', n, columns, l, n, b, n);
}

int cn_qr(int rows, int columns, double *a, double *r) {
  double tau[columns > 0 ? columns : 1];
  int info = LAPACKE_dgeqrf(LAPACK_COL_MAJOR, rows, columns, a, rows, tau);
  if (info != 0) return info;
  for (int j = 0; j < columns; j++)
    for (int i = 0; i < columns; i++)
      r[i + static_cast<long>(j) * columns] = i <= j ? a[i + static_cast<long>(j) * rows] : 0;
  return LAPACKE_dorgqr(LAPACK_COL_MAJOR, rows, columns, columns, a, rows, tau);
}

int cn_eigen(int n, double *a, double *values) {
  return LAPACKE_dsyevd(LAPACK_COL_MAJOR, 'V', 'L', n, a, n, values);
}

int cn_svd(int rows, int columns, double *a, double *u, double *s, double *vt) {
  int least = std::min(rows, columns);
  return LAPACKE_dgesdd(LAPACK_COL_MAJOR, 'S', rows, columns, a, rows, s, u, rows, vt, least);
}

double cn_normal_cdf(double x) { return cdf(Normal(), x); }
double cn_normal_quantile(double p) { return quantile(Normal(), p); }
double cn_t_cdf(double x, double df) { return cdf(T(df), x); }
double cn_t_quantile(double p, double df) { return quantile(T(df), p); }
double cn_f_cdf(double x, double df1, double df2) { return within(F(df1, df2), x, 0, INFINITY); }
double cn_f_quantile(double p, double df1, double df2) { return quantile(F(df1, df2), p); }
double cn_gamma_cdf(double x, double shape, double scale) { return within(Gamma(shape, scale), x, 0, INFINITY); }
double cn_gamma_quantile(double p, double shape, double scale) {
  return quantile(Gamma(shape, scale), p);
}
double cn_beta_cdf(double x, double a, double b) { return within(Beta(a, b), x, 0, 1); }
double cn_beta_quantile(double p, double a, double b) { return quantile(Beta(a, b), p); }
double cn_lgamma(double x) { return boost::math::lgamma(x, Quiet()); }

}  // extern "C"
