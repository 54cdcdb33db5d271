import Acquisition
import Tape

extension Relay {
  /// Passes everything through a deck.
  init(_ deck: any Deck) {
    self.init { what, number in
      let outcome = await deck.carry(Request(.keep, what), on: nil) {
        number.map { number in
          .bytes(withUnsafeBytes(of: number.littleEndian) { Array($0) })
        } ?? .done
      }
      guard case .bytes(let bytes) = outcome, bytes.count == 8 else { return nil }
      return bytes.reversed().reduce(Int64(0)) { $0 << 8 | Int64($1) }
    }
  }
}
