// What Swift cannot see of LAPACK, BLAS and Boost.Math: plain C faces, columns first.
#ifndef SKIN2VEC_CNUMERICS_H
#define SKIN2VEC_CNUMERICS_H

#ifdef __cplusplus
extern "C" {
#endif

// Of a matrix, columns first: c = alpha * op(a) * op(b) + beta * c; op transposes where asked.
void cn_multiply(int transpose_a, int transpose_b, int rows, int columns, int inner, const double *a,
                 int lda, const double *b, int ldb, double *c, int ldc);
// c = aᵀ a, both triangles; a has rows rows and columns columns.
void cn_gram(int rows, int columns, const double *a, int lda, double *c);
// Each returns LAPACK's info: 0, or what was wrong.
int cn_cholesky(int n, double *a);                                         // lower triangle, in place
int cn_cholesky_solve(int n, int columns, const double *l, double *b);     // in place
int cn_cholesky_inverse(int n, double *l);                                 // both triangles
int cn_triangular_solve(int n, int columns, const double *l, double *b);   // l x = b, in place
int cn_qr(int rows, int columns, double *a, double *r);                    // a becomes q
int cn_eigen(int n, double *a, double *values);                            // ascending; a: vectors
int cn_svd(int rows, int columns, double *a, double *u, double *s, double *vt);

// Distribution functions and quantiles; NaN outside their domain.
double cn_normal_cdf(double x);
double cn_normal_quantile(double p);
double cn_t_cdf(double x, double df);
double cn_t_quantile(double p, double df);
double cn_f_cdf(double x, double df1, double df2);
double cn_f_quantile(double p, double df1, double df2);
double cn_gamma_cdf(double x, double shape, double scale);
double cn_gamma_quantile(double p, double shape, double scale);
double cn_beta_cdf(double x, double a, double b);
double cn_beta_quantile(double p, double a, double b);
double cn_lgamma(double x);

#ifdef __cplusplus
}
#endif
#endif
