import FoundationEssentials
import Settings
import Testing

/// The unit and the shipped settings are two files that must agree.
@Suite struct UnitFileTests {
  private static let services = [
    "skin2vecd.service", "skin2vec-backup.service", "skin2vec-mqtt.service",
    "skin2vec-analyse.service",
  ]

  /// What a unit says, key by key; of a key given twice, all.
  private func unit(_ name: String = "skin2vecd.service") throws -> [String: [String]] {
    let folder = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let text = try String(
      contentsOfFile: folder + "/systemd/" + name, encoding: .utf8)
    var values: [String: [String]] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { values[String(parts[0]), default: []].append(String(parts[1])) }
    }
    return values
  }

  @Test("the diary and the socket are by default in the folders the unit makes")
  func folders() throws {
    let unit = try unit()
    let state = try #require(unit["StateDirectory"]?.first)
    let runtime = try #require(unit["RuntimeDirectory"]?.first)
    #expect(Settings().diary.hasPrefix("/var/lib/\(state)/"))
    #expect(Settings().control.hasPrefix("/run/\(runtime)/"))
  }

  @Test("the sandbox lets the daemon reach buses and lines, and no network")
  func sandbox() throws {
    let unit = try unit()
    #expect(unit["DeviceAllow"] == ["char-i2c rw", "char-gpiochip rw"])
    #expect(unit["SupplementaryGroups"] == ["i2c gpio"])
    #expect(unit["RestrictAddressFamilies"] == ["AF_UNIX"])
    #expect(unit["PrivateNetwork"] == ["yes"])
    // What the runtime would complain of, thread by thread, is what the filter takes from it.
    #expect(unit["SystemCallFilter"]?[1].contains("@resources") == true)
    #expect(unit["Environment"]?.contains("LIBDISPATCH_LOG=NO") == true)
  }

  @Test("where /proc is cut down to processes, the unit passes the boot's id")
  func bootID() throws {
    for name in Self.services {
      let unit = try unit(name)
      #expect(unit["ProcSubset"] == ["pid"])
      #expect(unit["Environment"]?.contains("SKIN2VEC_BOOT_ID=%b") == true)
    }
  }

  @Test("who runs as what: one user of its own, in a user namespace that knows nobody else")
  func users() throws {
    for name in Self.services {
      let unit = try unit(name)
      #expect(unit["User"] == ["skin2vec"])
      #expect(unit["Group"] == ["skin2vec"])
      #expect(unit["PrivateUsers"] == ["yes"])
    }
  }

  @Test("the nightly copy goes by default to a folder that its unit makes, as the daemon's user")
  func backups() throws {
    let unit = try unit("skin2vec-backup.service")
    let folder = try #require(unit["StateDirectory"]?.first)
    #expect(Settings().backup.folder == "/var/lib/" + folder)
    #expect(unit["User"] == (try self.unit())["User"])
    #expect(unit["ReadOnlyPaths"] == ["-" + Settings().diary])
    #expect(unit["ConditionPathExists"] == [Settings().diary])
    #expect(unit["ExecStart"]?.first?.hasPrefix("/usr/bin/skin2vec backup ") == true)
  }

  @Test("the copy's sandbox is the daemon's, without buses and lines")
  func backupSandbox() throws {
    let daemon = try unit()
    let backup = try unit("skin2vec-backup.service")
    // What the daemon says of its own: its folders, its devices, its watchdog.
    let own: Set = [
      "Description", "Documentation", "After", "Wants", "StartLimitIntervalSec", "Type",
      "NotifyAccess", "ExecStart",
      "ExecReload", "ExecStopPost", "Restart", "RestartSec", "RestartPreventExitStatus",
      "TimeoutStartSec",
      "TimeoutStopSec", "WatchdogSec", "SupplementaryGroups", "StateDirectory", "RuntimeDirectory",
      "RuntimeDirectoryMode", "RuntimeDirectoryPreserve", "DeviceAllow", "SystemCallFilter",
      "TasksMax", "WantedBy",
    ]
    for (key, values) in daemon where !own.contains(key) {
      #expect(backup[key] == values, "\(key)")
    }
    // A copy does not ask whether the clock is set.
    #expect(
      backup["SystemCallFilter"] == daemon["SystemCallFilter"]?.filter { !$0.contains("adjtimex") })
    #expect(backup["DeviceAllow"] == nil)
    #expect(backup["PrivateDevices"] == ["yes"])
  }

  @Test("wish 20: of the station's own units only the publisher's has a network, within the house")
  func publisherNetwork() throws {
    let unit = try unit("skin2vec-mqtt.service")
    #expect(unit["IPAddressDeny"] == ["any"])
    #expect(
      unit["IPAddressAllow"] == [
        "localhost link-local 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7"
      ])
    #expect(unit["SocketBindDeny"] == ["any"])
    for name in Self.services where name != "skin2vec-mqtt.service" {
      #expect(try self.unit(name)["PrivateNetwork"] == ["yes"])
    }
  }

  @Test("the publisher reads the diary, and reaches neither the daemon nor the copies")
  func publisherSandbox() throws {
    let unit = try unit("skin2vec-mqtt.service")
    #expect(unit["ReadOnlyPaths"] == ["-" + Settings().diary])
    #expect(
      unit["InaccessiblePaths"] == ["-/run/skin2vec", "-" + Settings().backup.folder])
    #expect(unit["RestartPreventExitStatus"] == ["78"])
    // What the copy's unit says of its own: its network, its folder, its patience.
    let own: Set = [
      "Description", "Documentation", "After", "Type", "ExecStart", "TimeoutStartSec", "Nice",
      "CPUSchedulingPolicy", "IOSchedulingClass", "UMask", "StateDirectory", "StateDirectoryMode",
      "PrivateNetwork", "RestrictAddressFamilies",
    ]
    for (key, values) in try self.unit("skin2vec-backup.service") where !own.contains(key) {
      #expect(unit[key] == values, "\(key)")
    }
  }

  @Test("the copy is made every night, and made up for where the board was off")
  func timer() throws {
    let timer = try unit("skin2vec-backup.timer")
    #expect(timer["OnCalendar"] == ["*-*-* 03:30:00"])
    #expect(timer["Persistent"] == ["true"])
    #expect(timer["WantedBy"] == ["timers.target"])
    #expect(timer["RandomizedDelaySec"] != nil)
  }

  @Test("the analyses run every night after the copy, in its sandbox, and change only their own")
  func analyses() throws {
    let unit = try unit("skin2vec-analyse.service")
    #expect(unit["ReadOnlyPaths"] == ["-" + Settings().diary])
    #expect(unit["InaccessiblePaths"] == ["-" + Settings().backup.folder])
    let own: Set = [
      "Description", "Documentation", "After", "ExecStart", "TimeoutStartSec", "StateDirectory",
      "StateDirectoryMode",
    ]
    for (key, values) in try self.unit("skin2vec-backup.service") where !own.contains(key) {
      #expect(unit[key] == values, "\(key)")
    }
    let timer = try self.unit("skin2vec-analyse.timer")
    #expect(timer["OnCalendar"] == ["*-*-* 04:15:00"])
    #expect(timer["Persistent"] == ["true"])
  }

  /// What the unit of the pages has in place of the publisher's.
  private static let ownOfPages: Set = [
    "Description", "Documentation", "After", "ConditionPathExists", "ExecStart", "TimeoutStartSec",
    "WatchdogSec", "User", "StateDirectory", "StateDirectoryMode", "RuntimeDirectory",
    "RuntimeDirectoryMode", "ReadWritePaths", "ReadOnlyPaths", "InaccessiblePaths",
    "SocketBindAllow", "Environment", "MemoryMax", "TasksMax",
  ]

  @Test("wish 20: the pages are reached from the house alone, at the one port that is shipped")
  func pagesNetwork() throws {
    let unit = try unit("skin2vec-web.service")
    #expect(unit["IPAddressDeny"] == ["any"])
    #expect(
      unit["IPAddressAllow"] == [
        "localhost link-local 10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 fc00::/7"
      ])
    #expect(unit["SocketBindDeny"] == ["any"])
    #expect(unit["SocketBindAllow"] == ["tcp:\(Settings().web.port)"])
    #expect(unit["RestrictAddressFamilies"] == ["AF_INET AF_INET6 AF_UNIX AF_NETLINK"])
  }

  @Test("the pages' sandbox is the publisher's, and the diary is wholly read only")
  func pagesSandbox() throws {
    let unit = try unit("skin2vec-web.service")
    let diary = try #require(Settings().diary.split(separator: "/").dropLast().last)
    #expect(unit["ReadOnlyPaths"] == ["-/var/lib/\(diary)"])
    #expect(unit["ReadWritePaths"] == nil)
    #expect(unit["Environment"] == ["LIBDISPATCH_LOG=NO"])
    for (key, values) in try self.unit("skin2vec-mqtt.service")
    where !Self.ownOfPages.contains(key) {
      #expect(unit[key] == values, "\(key)")
    }
  }

  @Test("the pages have a user of their own in the station's group, which alone is told codes")
  func pagesUser() throws {
    let unit = try unit("skin2vec-web.service")
    #expect(unit["User"] == ["skin2vec-web"])
    #expect(unit["Group"] == ["skin2vec"])
    #expect(unit["SupplementaryGroups"] == nil)
    #expect(unit["StateDirectory"] == ["skin2vec-web"])
    #expect(unit["StateDirectoryMode"] == ["0700"])
    #expect(unit["RuntimeDirectory"] == ["skin2vec-web"])
    #expect(unit["RuntimeDirectoryMode"] == ["0750"])
  }
}
