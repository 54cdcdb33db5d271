import Control
import Journal
import Readings
import Settings
import Store

/// Tells of a backup: in the journal, and in the diary where somebody can write it just now.
struct BackupNews {
  var setup: Setup

  /// Says a notice wherever it can be said; that it cannot never makes a backup fail.
  func tell(_ notice: Notice) async {
    var notice = notice
    notice.stamp = setup.stamp
    if !setup.isOtherDiary, isTakenOver(notice) { return }
    if JournalSink.isStandardErrorJournal() {
      JournalSink(identifier: "skin2vec").map { NoticeWriter($0).write(notice) }
    }
    let kept = notice
    // Its own failure would hide what the notice is about.
    try? await Borrowing(setup: setup, borrower: "skin2vec backup").asWriter { store, _ in
      try await store.append(kept)
    }
  }

  /// Whether a running station tells of it, in the journal and in its diary.
  private func isTakenOver(_ notice: Notice) -> Bool {
    let request = ControlRequest.backup(words: notice.text, isMade: notice.kind == .backupMade)
    // One that does not answer has the diary all the same: there is nobody else to tell.
    return (try? setup.client.send(request)) != nil
  }
}
