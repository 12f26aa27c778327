namespace RagStudio.Data.Migrator;

/// <summary>A database cannot be opened, read or written. Nothing was changed.</summary>
public sealed class DatabaseAccessException : MigrationException
{
    /// <summary>Creates the error.</summary>
    /// <param name="phase">The phase that failed.</param>
    /// <param name="database">The path of the database.</param>
    /// <param name="problem">The kind of problem.</param>
    /// <param name="detail">The database engine's message.</param>
    /// <param name="cause">The provider's error.</param>
    public DatabaseAccessException(
        MigrationPhase phase,
        string database,
        DatabaseProblem problem,
        string detail,
        Exception? cause = null
    )
        : base(phase, DataState.Unchanged, Describe(database, problem, detail.TrimEnd('.')), cause) =>
        (Database, Problem) = (database, problem);

    /// <summary>The path of the database.</summary>
    public string Database { get; }

    /// <summary>The kind of problem.</summary>
    public DatabaseProblem Problem { get; }

    private static string Describe(string database, DatabaseProblem problem, string detail) =>
        problem switch
        {
            DatabaseProblem.NotADatabase =>
                $"'{database}' is not a database ({detail}). Nothing was changed. Move the file away, or restore a backup.",
            DatabaseProblem.Corrupt =>
                $"The database '{database}' is damaged ({detail}). Nothing was changed. Restore a backup of it; 'backup create' copies it as it is.",
            DatabaseProblem.ReadOnly =>
                $"The database '{database}' cannot be written ({detail}). Nothing was changed. Check the permissions of the file and its folder.",
            DatabaseProblem.NoSpace =>
                $"There is no space left for the database '{database}' ({detail}). Nothing was changed. Free some space, then try again.",
            DatabaseProblem.ForeignLog =>
                $"The log beside the database '{database}' belongs to another file ({detail}). Neither was changed. Put back the file that the log belongs to; or, if this file is the right one, move the log away.",
            DatabaseProblem.Server => $"The database '{database}' cannot be used: {detail}. Nothing was changed.",
            DatabaseProblem.Other =>
                $"The database '{database}' cannot be used as it is: {detail}. Nothing was changed. Neither its path nor its permissions are the cause.",
            _ =>
                $"The database '{database}' cannot be opened ({detail}). Nothing was changed. Check the path and its permissions.",
        };
}
