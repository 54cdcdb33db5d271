import Bus
import Foundation
import Testing

@testable import LinuxBus

@Suite struct AdapterDriverTests {
  /// Folders and links as the kernel has them: an adapter below a controller that has a driver.
  private static func withSysfs(_ body: (URL) async throws -> Void) async throws {
    let manager = FileManager.default
    let root = manager.temporaryDirectory.appending(path: "skin2vec-\(UUID().uuidString)")
    // A folder left in the temporary directory spoils no test.
    defer { try? manager.removeItem(at: root) }
    let adapter = root.appending(path: "devices/soc/fe804000.i2c/i2c-1")
    let driver = root.appending(path: "drivers/i2c-bcm2835")
    let list = root.appending(path: "bus")
    for folder in [adapter, driver, list] {
      try manager.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    try manager.createSymbolicLink(
      at: adapter.appending(path: "../driver").standardized, withDestinationURL: driver)
    try manager.createSymbolicLink(at: list.appending(path: "i2c-1"), withDestinationURL: adapter)
    for file in ["bind", "unbind"] {
      try Data().write(to: driver.appending(path: file))
    }
    try await body(root)
  }

  /// A bus's driver, which may take as long as a machine that is busy with other tests.
  private func driver(of number: Int, below root: URL) -> AdapterDriver {
    AdapterDriver(
      ofBus: "/dev/i2c-\(number)", devices: root.appending(path: "bus").path,
      deadline: .seconds(50))
  }

  @Test("the controller's name, and not the adapter's, goes to the driver's two files")
  func names() async throws {
    try await Self.withSysfs { root in
      try await driver(of: 1, below: root).rebind()
      for file in ["bind", "unbind"] {
        let path = root.appending(path: "drivers/i2c-bcm2835/\(file)")
        #expect(try String(contentsOf: path, encoding: .utf8) == "fe804000.i2c")
      }
    }
  }

  @Test("a bus without a driver that could let go of it says so")
  func nothing() async throws {
    try await Self.withSysfs { root in
      let driver = driver(of: 9, below: root)
      await #expect {
        try await driver.rebind()
      } throws: { error in
        (error as? BusError)?.kind == .unsupported
      }
    }
  }
}
