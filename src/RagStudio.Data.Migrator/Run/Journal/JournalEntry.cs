namespace RagStudio.Data.Migrator.Run;

/// <summary>A line of the run journal.</summary>
/// <param name="Event">The event.</param>
/// <param name="RunId">The run.</param>
/// <param name="At">The time, UTC.</param>
/// <param name="Begun">The plan of a run that begins; only with <see cref="JournalEvent.Begun"/>.</param>
internal sealed record JournalEntry(JournalEvent Event, string RunId, DateTimeOffset At, JournalBegun? Begun = null);
