namespace RagStudio.Data.Migrator.Run;

/// <summary>One line of the run journal.</summary>
/// <param name="Event">What happened.</param>
/// <param name="RunId">The run.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Begun">What a run that begins is going to do; only with <see cref="JournalEvent.Begun"/>.</param>
internal sealed record JournalEntry(JournalEvent Event, string RunId, DateTimeOffset At, JournalBegun? Begun = null);
