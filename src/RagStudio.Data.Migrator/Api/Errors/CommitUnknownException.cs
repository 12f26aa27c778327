namespace RagStudio.Data.Migrator;

/// <summary>
/// The commit of a run was sent and its answer lost, and the server could not be asked again. The changes are either all
/// there or not at all; the next start will know. Nothing was undone.
/// </summary>
public sealed class CommitUnknownException : MigrationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="database">The display name of the storage.</param>
    /// <param name="cause">The failure that took the answer away.</param>
    public CommitUnknownException(string database, Exception cause)
        : base(
            MigrationPhase.Record,
            DataState.Unknown,
            $"The commit to '{database}' was sent and its answer lost, and the server could not be asked again ({cause.Message.TrimEnd('.')}). "
                + "The changes are either all there or not at all. Start again when the server answers: the next start will know.",
            cause
        ) => Database = database;

    /// <summary>The display name of the storage.</summary>
    public string Database { get; }
}
