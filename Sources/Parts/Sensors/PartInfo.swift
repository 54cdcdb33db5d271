/// What a part says about itself when asked.
package struct PartInfo: Hashable, Sendable {
  /// The product, as the part spells it; as the maker does where the part cannot say.
  package var product: String
  /// The serial number, where the part has one.
  package var serial: String?
  /// The firmware's version, where the part has one: `2.0`.
  package var firmware: String?

  package init(product: String, serial: String? = nil, firmware: String? = nil) {
    self.product = product
    self.serial = serial
    self.firmware = firmware
  }
}
