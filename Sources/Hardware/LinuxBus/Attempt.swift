import Bus

/// What is being tried on a bus or a line; it fills in the error of whatever goes wrong.
struct Attempt: Sendable {
  var path: String
  var address: I2CAddress?
  var operation: String

  func failure(_ kind: BusError.Kind, code: Int32? = nil) -> BusError {
    BusError(kind, path: path, address: address, operation: operation, code: code)
  }

  /// Passes an answer on, or throws what a negative errno means.
  @discardableResult
  func check(_ answer: Int32, during call: KernelCall) throws(BusError) -> Int32 {
    guard answer < 0 else { return answer }
    throw failure(BusError.Kind(errno: -answer, during: call), code: -answer)
  }
}
