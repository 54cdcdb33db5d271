extension SEN5x {
  struct Command: SensirionCommand {
    let word: UInt16
    let wait: Duration

    // Words and waits: Sensirion embedded-i2c-sen5x, sen5x_i2c.c, and python-i2c-sen5x,
    // commands.py; the longer wait where they differ.
    static let start = Command(word: 0x0021, wait: .milliseconds(50))
    static let startWithoutParticles = Command(word: 0x0037, wait: .milliseconds(50))
    static let stop = Command(word: 0x0104, wait: .milliseconds(200))
    static let dataReady = Command(word: 0x0202, wait: .milliseconds(20))
    static let values = Command(word: 0x03C4, wait: .milliseconds(20))
    static let startFanCleaning = Command(word: 0x5607, wait: .milliseconds(20))
    static let temperatureCompensation = Command(word: 0x60B2, wait: .milliseconds(20))
    static let warmStart = Command(word: 0x60C6, wait: .milliseconds(20))
    static let fanCleaningInterval = Command(word: 0x8004, wait: .milliseconds(20))
    static let productName = Command(word: 0xD014, wait: .milliseconds(50))
    static let serialNumber = Command(word: 0xD033, wait: .milliseconds(50))
    static let version = Command(word: 0xD100, wait: .milliseconds(20))
    static let status = Command(word: 0xD206, wait: .milliseconds(20))
    static let readAndClearStatus = Command(word: 0xD210, wait: .milliseconds(20))
    static let reset = Command(word: 0xD304, wait: .milliseconds(200))
  }
}
