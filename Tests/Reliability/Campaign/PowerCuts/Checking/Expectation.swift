/// What must be found after a power cut: nothing acknowledged is missing, nothing is half there.
struct Expectation: Sendable {
  /// What the diary may hold, each with what it is: the states from the last that was on the disk to
  /// the one that was being written.
  var states: [(act: String, state: DiaryState)]
  /// Whether only the taps must be as in one of them.
  var isSalvage: Bool
  /// Whether everything derived was worked out by the station itself.
  var isDerived: Bool
  /// Whether the writer must be found not to have closed the diary.
  var isUnclosed: Bool
  /// By name, each with its digest.
  var copies: [String: String]
  /// Texts that must be in no byte of the diary's files.
  var erased: [String]

  /// What a scene's marks promise where a disk's log has come.
  init(_ marks: [Stage.Mark], after last: Int, of scene: Scene) {
    let floor = marks[...last].lastIndex { $0.isDurable } ?? 0
    let end = min(last + 1, marks.count - 1)
    states = (floor...end).compactMap { index in
      marks[index].state.map { (marks[index].act, $0) }
    }
    isSalvage = scene == .damaged
    isDerived = scene != .migration
    // The opening itself notes it before it returns, and the closing takes it back.
    isUnclosed = marks[last].isOpen && marks[end].isOpen
    copies = marks[last].copies
    erased = marks[last].erased
  }

  /// What is wrong with a state that was found; nil where it is one of those expected.
  func problem(with found: DiaryState) -> String? {
    if isSalvage {
      return states.contains { $0.state.taps == found.taps }
        ? nil : "\(found.tapCount) taps, none of \(states.map(\.state.tapCount))"
    }
    guard !states.contains(where: { $0.state.tables == found.tables }) else { return nil }
    let nearest = states.map { (act: $0.act, tables: found.differences(from: $0.state)) }
      .min { $0.tables.count < $1.tables.count }
    guard let nearest else { return "nothing was expected" }
    return "\(found.tapCount) taps; nearest is the state after '\(nearest.act)', but for "
      + nearest.tables.joined(separator: ", ")
  }
}
