import Settings
import Testing

/// The file that is installed, found beside the sources of this test.
let shippedPath: String = {
  let folder = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
  return "/\(folder)/config/skin2vec.yaml"
}()

@Suite struct ShippedFileTests {
  @Test("the shipped file is wholly valid and says what the defaults are")
  func shippedFileIsTheDefaults() throws {
    let settings = try Settings.read(path: shippedPath)
    #expect(settings == Settings())
  }
}
