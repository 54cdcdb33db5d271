package import Bus

extension StationClock {
  /// Waits until a moment; false where the task was cancelled first.
  package func wait(until deadline: BootInstant) async -> Bool {
    do {
      try await sleep(until: deadline, tolerance: nil)
      return true
    } catch {
      return false
    }
  }

  /// Waits for a time; false where the task was cancelled first.
  package func wait(for duration: Duration) async -> Bool {
    await wait(until: now.advanced(by: duration))
  }
}
