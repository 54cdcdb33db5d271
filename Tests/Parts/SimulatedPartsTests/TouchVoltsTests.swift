import Bus
import SimulatedParts
import Testing

/// What the ADS1115 sees of the probe.
///
/// Expected voltages: worked out in Python for a thermistor of 10 kΩ and B 3950 K over 10 kΩ, and by
/// hand for a force sensor that has half the supply at 2 N.
@Suite struct TouchVoltsTests {
  @Test(
    "the thermistor's divider is at half the supply at 25 °C, and rises with the warmth",
    arguments: [(25, 1.65), (32, 1.898_815), (20, 1.464_368), (35, 1.999_330)])
  func thermistor(celsius: Double, volts: Double) {
    #expect(abs(ProbePhysics().temperatureVolts(celsius: celsius) - volts) < 1e-6)
  }

  @Test(
    "the force sensor's divider is at nothing in the air, and at half the supply at 2 N",
    arguments: [(0, 0), (2, 1.65), (1, 1.1), (6, 2.475)])
  func force(newtons: Double, volts: Double) {
    #expect(abs(ProbePhysics().forceVolts(newtons: newtons) - volts) < 1e-9)
  }

  /// The voltage at an input of the part at 0x48, of ±4.096 V.
  private func volts(
    _ bus: SimulatedI2CBus, _ time: SimulatedTime, config: [UInt8]
  ) async throws -> Double {
    try bus.writeRegister(0x01, config, to: 0x48)
    try await time.sleep(until: time.now.advanced(by: .milliseconds(9)), tolerance: nil)
    let bytes = try bus.readRegister(0x00, count: 2, from: 0x48)
    return Double(Int16(bitPattern: UInt16(bytes[0]) << 8 | UInt16(bytes[1]))) * 0.000_125
  }

  @Test("a touch presses with about a newton and warms the thermistor towards the skin")
  func touch() async throws {
    var scenario = Scenario(seed: 3, startUTCMicroseconds: 1_772_323_200_000_000)
    scenario.person.missed = 0
    scenario.person.tooShort = 0
    scenario.person.unsteady = 0
    let person = SimulatedPerson(plan: scenario.person, seed: scenario.seed)
    let planned = try #require(person.session(day: 20_513, slot: .morning))
    let time = SimulatedTime(utcMicroseconds: 1_772_323_200_000_000, uptime: .zero)
    let house = SimulatedHouse(
      scenario: scenario, clock: time, parts: [.init(.ads1115, at: 0x48)])
    let (before, during) = try await time.run {
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await house.run() }
        func both() async throws -> [Double] {
          [
            try await volts(house.bus, time, config: [0xC3, 0x83]),
            try await volts(house.bus, time, config: [0xD3, 0x83]),
          ]
        }
        let before = try await both()
        try await time.sleep(until: at(1000).advanced(by: planned.start), tolerance: nil)
        let during = try await both()
        group.cancelAll()
        return (before, during)
      }
    }
    let probe = ProbePhysics()
    #expect(before[0] == 0)
    #expect(abs(before[1] - probe.temperatureVolts(celsius: 24)) < 0.001)
    // A newton, half more or less; a second is four of the thermistor's time constants.
    #expect((probe.forceVolts(newtons: 0.5)...probe.forceVolts(newtons: 1.5)).contains(during[0]))
    #expect(
      (probe.temperatureVolts(celsius: 29.5)...probe.temperatureVolts(celsius: 34.5))
        .contains(during[1]))
  }
}
