namespace RagStudio.Data.Migrator;

/// <summary>Who holds a database for a run: what is told to those who wait.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Host">The machine, which matters on a shared folder.</param>
/// <param name="Since">Since when, UTC.</param>
/// <param name="ProgramVersion">The version of its program.</param>
/// <param name="Activity">What it is doing.</param>
public sealed record LockHolder(
    int ProcessId,
    string Host,
    DateTimeOffset Since,
    string ProgramVersion,
    RunActivity Activity
)
{
    /// <summary>The holder for a message.</summary>
    public override string ToString() =>
        $"process {ProcessId} on {Host} (version {ProgramVersion}), {Activity.Describe()} since {Since:u}";
}
