namespace RagStudio.Data.Migrator;

/// <summary>The process that holds the lock of a database, as reported to those that wait.</summary>
/// <param name="ProcessId">The process id.</param>
/// <param name="Host">The machine's name, which matters on a shared folder.</param>
/// <param name="Since">The time when the lock was acquired, UTC.</param>
/// <param name="ProgramVersion">The version of the program that holds it.</param>
/// <param name="Activity">The purpose of its run.</param>
public sealed record LockHolder(
    int ProcessId,
    string Host,
    DateTimeOffset Since,
    string ProgramVersion,
    RunActivity Activity
)
{
    /// <summary>Describes the holder for a message.</summary>
    public override string ToString() =>
        $"process {ProcessId} on {Host} (version {ProgramVersion}), {Activity.Describe()} since {Since:u}";
}
