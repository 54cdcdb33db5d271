import Control
import Journal
import Readings
import Store

/// Tells of a backup: in the journal, and in the diary where somebody can write it just now.
struct BackupNews {
  var setup: Setup

  /// Says a notice wherever it can be said; that it cannot never makes a backup fail.
  func tell(_ notice: Notice) async {
    var notice = notice
    notice.stamp = setup.stamp
    if JournalSink.isStandardErrorJournal() {
      JournalSink(identifier: "skin2vec").map { NoticeWriter($0).write(notice) }
    }
    guard !setup.isStationRunning || setup.isOtherDiary else { return }
    let kept = notice
    // Its own failure would hide what the notice is about.
    try? await Borrowing(setup: setup, borrower: "skin2vec backup").asWriter { store, _ in
      try await store.append(kept)
    }
  }
}
