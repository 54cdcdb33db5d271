import Dashboard
import Logging
import ServiceLifecycle

/// A server at one more place, where that can be had: the program does without.
struct FurtherServer: Service {
  let server: WebServer
  let logger: Logger

  func run() async throws {
    do {
      try await server.run()
    } catch let refused as WebServer.Refused {
      logger.debug("not at \(refused.place.address) (errno \(refused.code))")
      // A service that ends takes the others with it.
      try? await gracefulShutdown()
    }
  }
}
