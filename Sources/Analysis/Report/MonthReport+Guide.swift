// How a page is to be read.
extension MonthReport {
  static let guide =
    paragraph(
      "An interval says how sure a number is: of many 90 % intervals about nine in ten hold the "
        + "true number. Where one holds zero, there may be no effect at all.")
    + paragraph(
      "Own SD is the usual scatter of your own readings: an effect of 1 own SD is as large as that."
    )
    + paragraph(
      "Evidence has grades. Hint: it stands out among everything that was asked, with an allowance "
        + "for chance finds. Replicated: each half of the diary says so by itself. Randomised: a "
        + "coin decided what was done on which day or side. None: the diary does not speak for it.")
    + paragraph(
      "An association is no cause unless it is randomised: whatever comes with late nights may do "
        + "what late nights seem to do.")
    + paragraph(
      "n is how many readings, or applications, a number rests on. Adjusted for: what was taken "
        + "out of the number, as far as it was measured. An epoch ends where a part or its "
        + "calibration changes; readings of several epochs are not compared.")
}
