internal import CMathematics

/// The Cholesky factor of a symmetric positive definite matrix (LAPACK dpotrf).
package struct Cholesky: Sendable {
  /// Lower triangle; what stands above the diagonal is not part of it.
  package let factor: Matrix

  /// Nil where the matrix is not positive definite.
  package init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns)
    var factor = matrix
    guard matrix.rows == 0 || cn_cholesky(Int32(matrix.rows), &factor.elements) == 0 else {
      return nil
    }
    self.factor = factor
  }

  /// The logarithm of the matrix's determinant.
  package var logDeterminant: Double {
    var sum = 0.0
    for index in 0..<factor.rows { sum += factor[index, index].logarithm }
    return 2 * sum
  }

  /// `matrix⁻¹ · b`.
  package func solve(_ b: [Double]) -> [Double] {
    solve(Matrix(rows: b.count, columns: 1, elements: b)).elements
  }

  /// `matrix⁻¹ · b`.
  package func solve(_ b: Matrix) -> Matrix {
    precondition(b.rows == factor.rows)
    var x = b
    guard b.rows > 0, b.columns > 0 else { return x }
    _ = cn_cholesky_solve(
      Int32(factor.rows), Int32(b.columns), factor.elements, &x.elements)
    return x
  }

  /// `factor⁻¹ · b`: what whitens a covariance.
  package func half(_ b: Matrix) -> Matrix {
    precondition(b.rows == factor.rows)
    var x = b
    guard b.rows > 0, b.columns > 0 else { return x }
    _ = cn_triangular_solve(Int32(factor.rows), Int32(b.columns), factor.elements, &x.elements)
    return x
  }

  /// The matrix's inverse.
  package var inverse: Matrix {
    var inverse = factor
    if factor.rows > 0 { _ = cn_cholesky_inverse(Int32(factor.rows), &inverse.elements) }
    return inverse
  }
}

/// The QR decomposition of a matrix with at least as many rows as columns (LAPACK dgeqrf).
package struct QR: Sendable {
  /// `rows × columns`, with orthonormal columns.
  package let q: Matrix
  /// `columns × columns`, upper triangle.
  package let r: Matrix

  /// - Precondition: at least as many rows as columns.
  package init(_ matrix: Matrix) {
    precondition(matrix.rows >= matrix.columns)
    var q = matrix
    var r = Matrix(rows: matrix.columns, columns: matrix.columns)
    if matrix.columns > 0 {
      _ = cn_qr(Int32(matrix.rows), Int32(matrix.columns), &q.elements, &r.elements)
    }
    self.q = q
    self.r = r
  }
}

/// Eigenvalues and vectors of a symmetric matrix (LAPACK dsyevd).
package struct SymmetricEigen: Sendable {
  /// Ascending.
  package let values: [Double]
  /// A column a vector, in the order of the values.
  package let vectors: Matrix

  /// Nil where LAPACK does not converge.
  package init?(_ matrix: Matrix) {
    precondition(matrix.rows == matrix.columns)
    var vectors = matrix
    var values = Array(repeating: 0.0, count: matrix.rows)
    guard matrix.rows == 0 || cn_eigen(Int32(matrix.rows), &vectors.elements, &values) == 0 else {
      return nil
    }
    self.values = values
    self.vectors = vectors
  }
}

/// The singular value decomposition `u · diag(s) · vᵀ` (LAPACK dgesdd), of the smaller rank.
package struct SVD: Sendable {
  package let u: Matrix
  /// Descending.
  package let s: [Double]
  package let vTransposed: Matrix

  /// Nil where LAPACK does not converge.
  package init?(_ matrix: Matrix) {
    let least = min(matrix.rows, matrix.columns)
    var a = matrix.elements
    var u = Matrix(rows: matrix.rows, columns: least)
    var s = Array(repeating: 0.0, count: least)
    var v = Matrix(rows: least, columns: matrix.columns)
    guard
      least == 0
        || cn_svd(
          Int32(matrix.rows), Int32(matrix.columns), &a, &u.elements, &s, &v.elements) == 0
    else { return nil }
    self.u = u
    self.s = s
    vTransposed = v
  }
}
