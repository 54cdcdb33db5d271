import Readings

extension PartIdentity {
  /// Product, serial number, firmware and status in words.
  var words: String {
    var words = product
    if let serial { words += ", serial \(serial)" }
    if let firmware { words += ", firmware \(firmware)" }
    if let status, !status.isEmpty { words += ", says \(status)" }
    return words
  }

  var fields: [Notice.Field] {
    [.init("PART", part), .init("PRODUCT", product)]
      + [("SERIAL", serial), ("FIRMWARE", firmware), ("PART_STATUS", status)].compactMap {
        name, value in value.map { Notice.Field(name, $0) }
      }
  }
}
