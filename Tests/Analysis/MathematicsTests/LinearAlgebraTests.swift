import Mathematics
import Testing

/// Turns a sign per column so that what decompositions leave open is the same for both.
private func turned(_ matrix: Matrix, _ signs: [Double]) -> [Double] {
  var result = matrix
  for column in 0..<matrix.columns {
    for row in 0..<matrix.rows { result[row, column] *= signs[column] }
  }
  return result.elements
}

/// The sign of each column's largest number.
private func signs(_ matrix: Matrix) -> [Double] {
  (0..<matrix.columns).map { column in
    let largest = matrix.column(column).max { $0.magnitude < $1.magnitude } ?? 1
    return largest < 0 ? -1 : 1
  }
}

@Suite("linear algebra") struct LinearAlgebraTests {
  private let cases: [MathematicsFixture.Linear]

  init() throws {
    cases = try MathematicsFixture.load().linear
    try #require(cases.count == 4)
  }

  @Test func `products agree with NumPy`() {
    for linear in cases {
      let x = linear.x.matrix
      let first = Matrix(rows: x.rows, columns: 1, elements: x.column(0))
      #expect(difference(x.gram.elements, linear.gram) < 1e-13)
      #expect(difference((x * linear.b.matrix).elements, linear.product) < 1e-13)
      #expect(difference(x.transposedTimes(first).elements, linear.crossed) < 1e-13)
      #expect(difference((x.transposed * first).elements, linear.crossed) < 1e-13)
      #expect(
        difference(x.times(linear.b.matrix.column(1)), (x * linear.b.matrix).column(1)) < 1e-13)
    }
  }

  @Test func `Cholesky agrees with SciPy in factor, determinant, solution and inverse`() throws {
    for linear in cases {
      let cholesky = try #require(Cholesky(linear.x.matrix.gram))
      var lower = cholesky.factor
      for column in 0..<lower.columns { for row in 0..<column { lower[row, column] = 0 } }
      #expect(difference(lower.elements, linear.cholesky) < 1e-12)
      #expect((cholesky.logDeterminant - linear.logDeterminant).magnitude < 1e-11)
      #expect(difference(cholesky.solve(linear.b.matrix).elements, linear.solved) < 1e-11)
      #expect(difference(cholesky.half(linear.b.matrix).elements, linear.half) < 1e-12)
      #expect(difference(cholesky.inverse.elements, linear.inverse) < 1e-11)
    }
  }

  @Test func `a matrix that is not positive definite has no Cholesky factor`() {
    #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: [1, 2, 2, 1])) == nil)
    #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: [1, 1, 1, 1])) == nil)
    #expect(Cholesky(Matrix(rows: 1, columns: 1, elements: [.nan])) == nil)
    #expect(Cholesky(Matrix(rows: 0, columns: 0))?.logDeterminant == 0)
  }

  @Test func `QR agrees with SciPy`() {
    for linear in cases {
      let qr = QR(linear.x.matrix)
      let diagonal = (0..<qr.r.rows).map { qr.r[$0, $0] < 0 ? -1.0 : 1 }
      #expect(difference(turned(qr.q, diagonal), linear.q) < 1e-12)
      #expect(difference(Matrix(columns: turnedRows(qr.r, diagonal)).elements, linear.r) < 1e-12)
    }
  }

  private func turnedRows(_ matrix: Matrix, _ signs: [Double]) -> [[Double]] {
    (0..<matrix.columns).map { column in
      zip(matrix.column(column), signs).map { $0 * $1 }
    }
  }

  @Test func `singular values and vectors agree with SciPy, for tall and for wide matrices`() throws
  {
    for linear in cases {
      let svd = try #require(SVD(linear.x.matrix))
      let turns = signs(svd.u)
      #expect(difference(svd.s, linear.s) < 1e-12)
      #expect(difference(turned(svd.u, turns), linear.u) < 1e-11)
      #expect(difference(turned(svd.vTransposed.transposed, turns), transposed(linear)) < 1e-11)
      #expect(difference(try #require(SVD(linear.wide.matrix)).s, linear.wideS) < 1e-12)
    }
  }

  private func transposed(_ linear: MathematicsFixture.Linear) -> [Double] {
    Matrix(rows: linear.s.count, columns: linear.x.columns, elements: linear.vt).transposed.elements
  }

  @Test func `eigenvalues and vectors of a symmetric matrix agree with SciPy`() throws {
    for linear in cases {
      let eigen = try #require(SymmetricEigen(linear.x.matrix.gram))
      #expect(difference(eigen.values, linear.values) < 1e-12)
      #expect(difference(turned(eigen.vectors, signs(eigen.vectors)), linear.vectors) < 1e-10)
    }
  }
}
