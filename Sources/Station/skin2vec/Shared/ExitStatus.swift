/// How a command ends, as sysexits.h numbers it, and 3 as `systemctl status` has it.
enum ExitStatus: Int32, Hashable, Sendable {
  case done = 0
  case notRunning = 3
  case usage = 64
  case badData = 65
  case noDiary = 66
  case unavailable = 69
  case software = 70
  case cannotCreate = 73
  case inputOutput = 74
  case configuration = 78
}
