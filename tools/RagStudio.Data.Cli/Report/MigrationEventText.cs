using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>Describes the events of a history in words.</summary>
internal static class MigrationEventText
{
    public static string NameOf(MigrationEvent one) =>
        one switch
        {
            MigrationEvent.CodeRun => "code run",
            MigrationEvent.Accepted => "drift accepted",
            MigrationEvent.RelocatedAway => "relocated away",
            _ => one.ToString().ToLowerInvariant(),
        };

    public static Tone ToneOf(MigrationEvent one) =>
        one switch
        {
            MigrationEvent.Applied or MigrationEvent.CodeRun => Tone.Good,
            MigrationEvent.Failed or MigrationEvent.Unknown => Tone.Bad,
            MigrationEvent.Recovered
            or MigrationEvent.Accepted
            or MigrationEvent.Moved
            or MigrationEvent.Adopted
            or MigrationEvent.Relocated
            or MigrationEvent.RelocatedAway => Tone.Attention,
            _ => Tone.Neutral,
        };
}
