internal import CMathematics

/// A matrix of doubles, columns first, as LAPACK keeps it.
package struct Matrix: Hashable, Sendable {
  package let rows: Int
  package let columns: Int
  /// `rows × columns` numbers, a column after the other.
  package var elements: [Double]

  package init(rows: Int, columns: Int, repeating value: Double = 0) {
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: value, count: rows * columns)
  }

  /// - Precondition: `elements` has `rows × columns` numbers, columns first.
  package init(rows: Int, columns: Int, elements: [Double]) {
    precondition(elements.count == rows * columns)
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// From columns of one length.
  package init(columns: [[Double]]) {
    rows = columns.first?.count ?? 0
    self.columns = columns.count
    elements = columns.flatMap { $0 }
    precondition(elements.count == rows * self.columns)
  }

  package static func identity(_ size: Int) -> Matrix {
    var matrix = Matrix(rows: size, columns: size)
    for index in 0..<size { matrix[index, index] = 1 }
    return matrix
  }

  package subscript(row: Int, column: Int) -> Double {
    get { elements[row + column * rows] }
    set { elements[row + column * rows] = newValue }
  }

  /// One column.
  package func column(_ index: Int) -> [Double] {
    Array(elements[(index * rows)..<((index + 1) * rows)])
  }

  /// The square of rows and columns with these indices.
  package func minor(_ indices: [Int]) -> Matrix {
    var part = Matrix(rows: indices.count, columns: indices.count)
    for (column, from) in indices.enumerated() {
      for (row, source) in indices.enumerated() { part[row, column] = self[source, from] }
    }
    return part
  }

  package var transposed: Matrix {
    var result = Matrix(rows: columns, columns: rows)
    for column in 0..<columns {
      for row in 0..<rows { result[column, row] = self[row, column] }
    }
    return result
  }

  /// `self · other`, by BLAS (dgemm).
  package static func * (a: Matrix, b: Matrix) -> Matrix {
    precondition(a.columns == b.rows)
    var product = Matrix(rows: a.rows, columns: b.columns)
    guard a.rows > 0, b.columns > 0, a.columns > 0 else { return product }
    cn_multiply(
      0, 0, Int32(a.rows), Int32(b.columns), Int32(a.columns), a.elements, Int32(a.rows),
      b.elements, Int32(b.rows), &product.elements, Int32(a.rows))
    return product
  }

  /// `selfᵀ · other`, by BLAS (dgemm).
  package func transposedTimes(_ other: Matrix) -> Matrix {
    precondition(rows == other.rows)
    var product = Matrix(rows: columns, columns: other.columns)
    guard columns > 0, other.columns > 0, rows > 0 else { return product }
    cn_multiply(
      1, 0, Int32(columns), Int32(other.columns), Int32(rows), elements, Int32(rows),
      other.elements, Int32(other.rows), &product.elements, Int32(columns))
    return product
  }

  /// `selfᵀ · self`, by BLAS (dsyrk).
  package var gram: Matrix {
    var product = Matrix(rows: columns, columns: columns)
    guard rows > 0, columns > 0 else { return product }
    cn_gram(Int32(rows), Int32(columns), elements, Int32(rows), &product.elements)
    return product
  }

  /// `self · vector`.
  package func times(_ vector: [Double]) -> [Double] {
    (self * Matrix(rows: vector.count, columns: 1, elements: vector)).elements
  }
}
