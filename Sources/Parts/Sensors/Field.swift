/// One value of a reading, or what the part said in its place.
package enum Field<Value: Hashable & Sendable>: Hashable, Sendable {
  case value(Value)
  /// The part's own sentinel: it has nothing yet, or never measures this.
  case unknown
  /// Near a sentinel, saturated, or outside what the part can mean.
  case fault

  /// The value, where there is one.
  package var value: Value? {
    guard case .value(let value) = self else { return nil }
    return value
  }
}

extension Field {
  /// The same absence, or the value in another form.
  func map<Other>(_ transform: (Value) -> Other) -> Field<Other> {
    switch self {
    case .value(let value): .value(transform(value))
    case .unknown: .unknown
    case .fault: .fault
    }
  }
}
