/// Noises that are averaged over; beforehand each is as likely as another.
package enum NoiseGrid {
  /// Correlation over a day, the share of what wanders, and the slow level's variance.
  package static let all: [Noise] = [0.15, 0.35, 0.55, 0.7, 0.82, 0.92].flatMap { perDay in
    [0.15, 0.4, 0.65, 0.9].flatMap { share in
      [0.02, 0.25, 1].map { Noise(perDay: perDay, share: share, slow: $0) }
    }
  }
}
