// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // An async function runs where its caller runs: no hop between a sampler, its driver and its bus.
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

// Third-party products. Each is imported by one target, save logging, lifecycle and arguments.
let sqlite: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqliteCalls: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yaml: Target.Dependency = .product(name: "Yams", package: "Yams")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")
let signals: Target.Dependency = .product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let arguments: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")
let pages: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let pagesCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")

func library(_ path: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: String(path.split(separator: "/").last ?? ""), dependencies: dependencies,
    path: "Sources/" + path, swiftSettings: settings)
}

/// A library that brings a folder of files which stand beside the program.
func library(
  _ path: String, _ dependencies: [Target.Dependency], folder: String
) -> Target {
  .target(
    name: String(path.split(separator: "/").last ?? ""), dependencies: dependencies,
    path: "Sources/" + path, resources: [.copy(folder)], swiftSettings: settings)
}

func executable(_ path: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: String(path.split(separator: "/").last ?? ""), dependencies: dependencies,
    path: "Sources/" + path, swiftSettings: settings)
}

func decoders(
  _ name: String, without excluded: [String] = [], _ dependencies: [Target.Dependency]
) -> Target {
  .target(
    name: name + "Decoders", dependencies: dependencies,
    path: "Tests/Reliability/Decoders/" + name, exclude: excluded, swiftSettings: settings)
}

func tests(
  _ path: String, _ dependencies: [Target.Dependency], fixtures: [String] = []
) -> Target {
  .testTarget(
    name: String(path.split(separator: "/").last ?? ""), dependencies: dependencies,
    path: "Tests/" + path, exclude: fixtures, swiftSettings: settings)
}

let package = Package(
  name: "Skin2Vec",
  dependencies: [
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    // Without its traits: no full Foundation, and no settings but ours.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
  ],
  targets: [
    // Hardware: the wires.
    .target(
      name: "CHardware", path: "Sources/Hardware/CHardware",
      linkerSettings: [.linkedLibrary("gpiod"), .linkedLibrary("i2c")]),
    library("Hardware/Bus"),
    library("Hardware/LinuxBus", ["Bus", "CHardware"]),
    // Parts: the things on the wires, and their stand-ins.
    library("Parts/Sensors", ["Bus", "Quantities"]),
    library("Parts/SimulatedParts", ["Bus", "Quantities"]),
    executable(
      "Parts/skin2vec-cuse", ["Bus", "LinuxBus", "Quantities", "SimulatedParts", arguments]),
    // Diary: what is kept.
    library("Diary/Quantities"),
    library("Diary/Readings", ["Quantities"]),
    library("Diary/Normalisation", ["Readings"]),
    library("Diary/Store", ["Readings", "Normalisation", sqlite, sqliteCalls]),
    library("Diary/Wording", ["Readings", "Normalisation", "Store"]),
    // Station: what runs.
    library(
      "Station/Acquisition",
      ["Sensors", "Bus", "Quantities", "Readings", "Normalisation", lifecycle]),
    library("Station/Settings", ["Quantities", "Bus", yaml]),
    library("Station/Journal", ["Readings", logging]),
    library("Station/Control", ["Readings"]),
    library("Station/Tape", ["Bus"]),
    executable(
      "Station/skin2vecd",
      [
        "Bus", "LinuxBus", "Quantities", "Sensors", "SimulatedParts", "Readings", "Store",
        "Acquisition", "Settings", "Journal", "Control", "Tape", logging, lifecycle, signals,
        arguments,
      ]),
    executable(
      "Station/skin2vec",
      [
        "Bus", "LinuxBus", "Quantities", "Sensors", "Readings", "Store", "Wording", "Acquisition",
        "Settings",
        "Journal", "Control", "Tape", arguments,
      ]),
    executable(
      "Station/skin2vec-mqtt",
      ["Bus", "LinuxBus", "Readings", "Store", "Settings", "Journal", signals, arguments]),
    library(
      "Station/Dashboard",
      ["Readings", "Normalisation", "Control", logging, lifecycle, pages, pagesCore],
      folder: "Pages"),
    executable(
      "Station/skin2vec-web",
      [
        "Dashboard", "Readings", "Store", "Wording", "Settings", "Control", "Journal", "Figures",
        "Findings", "Curves", logging, lifecycle, signals, arguments,
      ]),
    // Analysis: modules that read the diary and never touch a sensor. The daemon links none of it.
    .target(
      name: "CMathematics", path: "Sources/Analysis/CMathematics",
      linkerSettings: [.linkedLibrary("lapacke"), .linkedLibrary("openblas")]),
    library("Analysis/Mathematics", ["CMathematics"]),
    library("Analysis/Curves", ["Readings"]),
    library("Analysis/StateSpace", ["Mathematics", "Curves", "Readings"]),
    library("Analysis/SyntheticSubject", ["Mathematics", "Curves", "Readings"]),
    library("Analysis/Effects", ["Mathematics", "Curves", "StateSpace"]),
    library("Analysis/Humidity", ["Mathematics", "Curves", "StateSpace"]),
    library("Analysis/Watch", ["Mathematics", "Curves", "Readings"]),
    library("Analysis/Forecast", ["StateSpace", "Mathematics", "Curves", "Readings"]),
    library("Analysis/WhatIf", ["StateSpace", "Mathematics", "Curves", "Readings"]),
    library("Analysis/Products", ["Mathematics", "Curves", "Readings"]),
    library(
      "Analysis/Trials",
      ["Effects", "Products", "StateSpace", "Mathematics", "Curves", "Readings"]),
    library("Analysis/Figures", ["Curves", "Readings"]),
    library(
      "Analysis/Drawings",
      [
        "Readings", "Curves", "Mathematics", "StateSpace", "Effects", "Humidity", "Watch",
        "Forecast",
        "WhatIf", "Products", "Trials", "Figures",
      ]),
    library(
      "Analysis/Report",
      [
        "Readings", "Curves", "Mathematics", "StateSpace", "Effects", "Humidity", "Watch",
        "Forecast",
        "Products", "Figures", "Drawings", "Findings",
      ]),
    // What was found has a database of its own.
    library("Analysis/Findings", ["Readings", "Curves", "Figures", sqlite]),
    executable(
      "Analysis/skin2vec-analyse",
      [
        "Readings", "Store", "Settings", "Curves", "Effects", "Humidity", "Products", "Forecast",
        "WhatIf", "Watch", "Trials", "Figures", "Drawings", "Findings", "Report", "Control",
        arguments,
      ]),
    // The diary that the figures of ten years are measured on.
    .executableTarget(
      name: "ten-years", dependencies: ["Readings", "Store"], path: "Tests/Figures/TenYears",
      swiftSettings: settings),
    // What tries to lose a reading, in bulk.
    .target(
      name: "CRecordingVFS", path: "Tests/Reliability/CRecordingVFS",
      linkerSettings: [.linkedLibrary("sqlite3")]),
    // An executable cannot be imported: its decoders are built once more, beside what feeds them.
    decoders(
      "Command", without: ["skin2vec/Skin2Vec.swift"],
      [
        "Bus", "LinuxBus", "Quantities", "Sensors", "Readings", "Store", "Wording", "Acquisition",
        "Settings",
        "Journal", "Control", "Tape", arguments,
      ]),
    decoders(
      "Simulation", ["Bus", "Readings", "Settings", "SimulatedParts"]),
    decoders("Broker", []),
    decoders(
      "Board", without: ["skin2vec-cuse/Skin2VecCuse.swift"],
      ["Bus", "LinuxBus", "Quantities", "SimulatedParts", arguments]),
    .executableTarget(
      name: "reliability",
      dependencies: [
        "CRecordingVFS", "Bus", "LinuxBus", "Quantities", "Sensors", "SimulatedParts", "Readings",
        "Normalisation", "Store", "Acquisition", "Settings", "Journal", "Control", "Tape",
        "CommandDecoders", "SimulationDecoders", "BrokerDecoders", "BoardDecoders",
        sqlite, sqliteCalls, lifecycle, arguments,
      ],
      path: "Tests/Reliability/Campaign", swiftSettings: settings),
    // What the analyses claim of people whose truth is known.
    .executableTarget(
      name: "evidence",
      dependencies: [
        "Readings", "Store", "Curves", "Mathematics", "SyntheticSubject", "Effects", "Humidity",
        "Products", "Forecast", "WhatIf", "Watch", "Trials", arguments,
      ],
      path: "Tests/Evidence", swiftSettings: settings),
    tests("Reliability/CampaignTests", ["reliability"]),
    tests("Reliability/PowerCutTests", ["reliability", "CRecordingVFS", sqliteCalls]),
    // Tests, in the folders of what they test, and what several of them need.
    .target(name: "TestSupport", path: "Tests/Support", swiftSettings: settings),
    tests("Hardware/BusTests", ["Bus"]),
    tests("Hardware/LinuxBusTests", ["LinuxBus", "Bus"]),
    tests("Parts/SensorsTests", ["Sensors", "SimulatedParts", "Bus", "Quantities"]),
    tests("Parts/SimulatedPartsTests", ["SimulatedParts", "Bus", "Quantities"]),
    tests("Parts/Skin2VecCuseTests", ["skin2vec-cuse", "Bus", "Quantities", "SimulatedParts"]),
    tests(
      "Diary/ReadingsTests", ["Readings"],
      fixtures: ["zones.py", "offsets.csv", "slots.csv", "zoneinfo"]),
    tests(
      "Diary/NormalisationTests", ["Normalisation", "Readings", "TestSupport"],
      fixtures: ["normalise.py", "normalised.csv"]),
    tests(
      "Diary/StoreTests", ["Store", "Readings", "Normalisation", "TestSupport", sqlite],
      fixtures: ["recompute.py", "slots-of-sixty-days.csv"]),
    tests(
      "Diary/WordingTests", ["Wording", "Store", "Readings", "Normalisation"]),
    tests("Station/SettingsTests", ["Settings", "Quantities", "Bus", "Readings"]),
    tests("Station/JournalTests", ["Journal", "Readings", logging]),
    tests("Station/ControlTests", ["Control", "Readings", "TestSupport"]),
    tests(
      "Station/DashboardTests",
      [
        "Dashboard", "Control", "Store", "Wording", "Curves", "Readings", "TestSupport", logging,
        lifecycle, sqlite,
      ]),
    tests("Station/TapeTests", ["Tape", "Bus"]),
    tests(
      "Station/Skin2VecMQTTTests",
      ["skin2vec-mqtt", "Bus", "Readings", "Normalisation", "Store", "Settings"]),
    tests(
      "Station/Skin2VecWebTests",
      [
        "skin2vec-web", "Dashboard", "Control", "Journal", "Settings", "TestSupport", logging,
        arguments,
      ]),
    tests(
      "Station/AcquisitionTests",
      [
        "Acquisition", "Sensors", "SimulatedParts", "Bus", "Quantities", "Readings", "Store",
        lifecycle,
      ]),
    tests(
      "Station/StationTests",
      [
        "skin2vecd", "Acquisition", "Bus", "SimulatedParts", "Settings", "Readings", "Store",
        "Journal", "Control", "Tape", "TestSupport", lifecycle, arguments,
      ]),
    tests("Analysis/CurvesTests", ["Curves", "Readings"]),
    tests(
      "Analysis/MathematicsTests", ["Mathematics"], fixtures: ["numerics.py", "numerics.json"]),
    tests(
      "Analysis/EffectsTests",
      ["Effects", "StateSpace", "Mathematics", "Curves", "SyntheticSubject", "Readings"],
      fixtures: ["lags.py", "lags.json"]),
    tests(
      "Analysis/HumidityTests", ["Humidity", "Mathematics", "Curves", "SyntheticSubject"]),
    tests(
      "Analysis/FindingsTests", ["Findings", "Figures", "Curves", "Readings", sqlite]),
    tests(
      "Analysis/StateSpaceTests", ["StateSpace", "Mathematics", "Curves", "Readings"],
      fixtures: ["statespace.py", "statespace.json"]),
    tests(
      "Analysis/ForecastTests",
      ["Forecast", "SyntheticSubject", "Mathematics", "Curves", "Readings"],
      fixtures: ["ets.py", "ets.json"]),
    tests(
      "Analysis/ProductsTests", ["Products", "Mathematics", "Curves", "Readings"],
      fixtures: ["trials.py", "trials.json"]),
    tests(
      "Analysis/WhatIfTests", ["WhatIf", "SyntheticSubject", "Mathematics", "Curves", "Readings"],
      fixtures: ["paths.py", "paths.json"]),
    tests(
      "Analysis/WatchTests", ["Watch", "Mathematics", "Curves", "Readings"],
      fixtures: ["changes.py", "changes.json"]),
    tests(
      "Analysis/TrialsTests", ["Trials", "Effects", "Mathematics", "Curves", "Readings"]),
    tests("Analysis/FiguresTests", ["Figures", "Curves", "Readings"]),
    tests(
      "Analysis/DrawingsTests",
      ["Drawings", "Figures", "Watch", "WhatIf", "Products", "Curves", "Readings"]),
    tests(
      "Analysis/AnalyseTests",
      [
        "skin2vec-analyse", "Curves", "Figures", "Findings", "Readings", "Store", "Settings",
        "Control", "TestSupport", arguments,
      ]),
    tests(
      "Analysis/ReportTests",
      [
        "Report", "Findings", "Effects", "Humidity", "Watch", "Forecast", "Products", "Mathematics",
        "Curves", "Readings",
      ]),
    tests(
      "Station/CommandTests",
      [
        "skin2vec", "Acquisition", "Bus", "LinuxBus", "Control", "Settings", "Readings", "Store",
        "Wording",
        "Journal", "Tape", "Sensors", "SimulatedParts", "Quantities", "TestSupport", arguments,
      ]),
  ]
)
