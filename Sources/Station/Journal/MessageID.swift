package import Readings

extension Notice.Kind {
  /// The journal's MESSAGE_ID: 32 hexadecimal digits, made at random once and fixed for ever.
  ///
  /// The catalogue explains each: `journalctl -x`. To find one kind: `journalctl MESSAGE_ID=…`.
  package var messageID: String {
    switch self {
    case .stationStarted: "63aa1350106c430089c076611e37ebd1"
    case .stationStopped: "9de01f1763404ac89f4ba6f6c1bb1ad5"
    case .tapSaved: "2681c47c39d64512aa90b6560a593ec0"
    case .tapRefused: "6940eaaf426a4144824caccc180aa484"
    case .tapInterrupted: "5d408d5ee2784f1b813adab1edbc5b7e"
    case .tapNotSaved: "4e4ed5eef179443badfed4c220e82f05"
    case .personChosen: "098b170129e74bbbb641cae0ae28af6c"
    case .scoreSaved: "a9c895d6ad104953868c6b1756610ba0"
    case .eventSaved: "a894b516456f4caeb4e960749ed7fdca"
    case .partFound: "653cb84d3cf9407db985b37855c52a04"
    case .partMissing: "21e8305527e24ca3b268d11f89e0467f"
    case .partLost: "e9a72a45d6924b54816bd0b62fdd0271"
    case .partBack: "72992f27fcdf4a19a5b68aabed3382fb"
    case .partRestarted: "bd2bdded28664cdbb3abb930cf632a3b"
    case .partWrong: "40a26d71c8e34709a9cc56f0bc9b8400"
    case .partReplaced: "662676e2b9aa4005bb1471ce3d7250bf"
    case .partStatus: "0bcf56b7236547c3af01ba4145cace3d"
    case .airNotSaved: "21e39207ae6640ffba3b72e65d56c6c5"
    case .dataStopped: "5cb55d6e24cf70001208e24f60376ff7"
    case .dataBack: "b47894010aac44fcc3d69caaffe8dd2c"
    case .slotMissed: "2f903c8f2f5065ec4a466268929b7f56"
    case .fanCleaned: "80661308a556e29e2a52aa0d1bf81575"
    case .calibrated: "fad8d2d5402fe084397d167ff2dad06d"
    case .epochBegun: "81697aced0747b97afd39461c7c4e6ca"
    case .recomputed: "dc6ff27009475318bd7cdec0d0cd4361"
    case .probeAtRest: "bd2e238b87f0238111d5b23d7e45e2e6"
    case .probeDirty: "8b9760def11e4ace35831c22a1b2d533"
    case .diaryLent: "03e285f6d363b151383296eda98082f6"
    case .diaryBack: "1b54fc4f74bb35087c03f364a06793c1"
    case .backupMade: "767a8ba5512739463112adcd7581a113"
    case .backupFailed: "a2fac83498d851da2ef693fd6e983530"
    case .diaryRestored: "a83713cc3ceb815fc0774f99262a8197"
    case .erased: "66bdf9757dfa0cc6c2c4bcf67e189149"
    case .imported: "bfd23d1ef5d055df04f7c9a4f2038e5b"
    case .writingTooMuch: "66221abb92e1ec24085562a74a5a5290"
    case .clockStepped: "c3c9541654d341c7b01a84184d340e5d"
    case .clockSet: "911d692e65a3498e83b595ec997075ce"
    case .clockNotSet: "3f4af3ec7dca4fe2ad704a6e001415ef"
    case .stationSlept: "76ba83e56e354abc813d3603e630eafe"
    case .zoneChanged: "8bc37cb6089f48619daa7e54441053d2"
    case .settingsRead: "1915bb5d070847109001010549a10092"
    case .settingsRefused: "82a81c6443d345e5bf91fc0c4db2e4a2"
    case .strangerRefused: "39c1fb3234ff49c6afb0ccdc103ea05c"
    case .journalVolatile: "65f3ae061d8348df9ade2dfeb815d49a"
    case .diaryMovedAside: "1a08d2f829ce4020b8e91af38103cc6d"
    case .failure: "a1aea2226d7f44bd9cae7e20e2887485"
    }
  }
}
