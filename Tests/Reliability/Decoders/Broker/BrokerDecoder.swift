/// The reader of a broker's packets, for the campaign that feeds it with what it should never see.
///
/// The sources beside this file are skin2vec-mqtt's own, by a link: an executable cannot be imported.
package enum BrokerDecoder {
  /// What a broker's bytes say, in words, and the reason where they stop making sense.
  ///
  /// - Parameter pieces: The bytes as they came.
  /// - Returns: A line for each packet; whether all of them made sense; and the last words.
  package static func read(_ pieces: [[UInt8]]) -> (packets: [String], fault: String?, hint: String)
  {
    var buffer = PacketBuffer()
    var packets: [String] = []
    do throws(BrokerError) {
      for piece in pieces {
        buffer.append(piece)
        while let packet = try buffer.next() { packets.append(words(packet)) }
      }
      return (packets, nil, "")
    } catch {
      return (packets, error.description, error.hint)
    }
  }

  private static func words(_ packet: BrokerPacket) -> String {
    switch packet {
    case .answer(nil): "answer: come in"
    case .answer(let refusal?): "answer: \(refusal), \(refusal.hint), \(refusal.isAboutUser)"
    case .taken(let id): "taken \(id)"
    case .pingResponse: "ping"
    }
  }
}
