/// Asks many made-up people, on two cores.
///
/// - Parameters:
///   - count: how many.
///   - seed: the first one's; the others' follow.
///   - ask: makes the person of a seed up, and asks.
/// - Returns: what came of each, in the order of the seeds.
func asked<Answer: Sendable>(
  _ count: Int, seed: UInt64, _ ask: @escaping @Sendable (UInt64) -> Answer
) async -> [Answer] {
  await withTaskGroup(of: [(Int, Answer)].self) { group in
    for part in 0..<2 {
      group.addTask {
        stride(from: part, to: count, by: 2).map { ($0, ask(seed &+ UInt64($0))) }
      }
    }
    var answers: [(Int, Answer)] = []
    for await part in group { answers += part }
    return answers.sorted { $0.0 < $1.0 }.map(\.1)
  }
}
