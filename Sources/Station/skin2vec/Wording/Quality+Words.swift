import Readings

/// A quality with its reason in words: `ok`, `suspect: cleansed too short before`.
func qualityWords(_ quality: Quality, reason: String?) -> String {
  guard let reason, !reason.isEmpty else { return quality.rawValue }
  let words = reason.split(separator: ",").map { reasonWords(String($0)) }
  return "\(quality.rawValue): \(words.joined(separator: ", "))"
}

/// A check that failed, in words; one that this version does not know as it is.
func reasonWords(_ reason: String) -> String {
  switch reason {
  case "spread": "the touches disagree"
  case "cleansed": "cleansed too short before"
  case "climate": "the air was outside what can be compared"
  case "climate_not_ideal": "the air was not ideal"
  case "range": "outside what it can be"
  case "step": "a step from what was before"
  case "flat": "exactly the same for too long"
  default: reason.printable
  }
}
