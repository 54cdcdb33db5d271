/// Rows in columns, as wide as their longest cell; the last column is not padded.
package struct TextTable: Hashable, Sendable {
  private var rows: [[String]] = []

  package init() {}

  /// A row of cells.
  package mutating func add(_ cells: String...) { rows.append(cells) }

  package var isEmpty: Bool { rows.isEmpty }

  /// The lines, each behind the indentation, columns two spaces apart.
  package func lines(indentedBy indentation: Int = 0) -> [String] {
    let columns = rows.map(\.count).max() ?? 0
    let widths = (0..<columns).map { column in
      rows.map { column < $0.count ? $0[column].terminalColumns : 0 }.max() ?? 0
    }
    let margin = String(repeating: " ", count: indentation)
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        let isLast = column == row.count - 1
        return isLast
          ? cell : cell + String(repeating: " ", count: widths[column] - cell.terminalColumns)
      }
      var line = margin + cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }
  }
}
