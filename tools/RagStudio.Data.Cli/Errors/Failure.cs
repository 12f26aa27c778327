using System.Data.Common;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator;

namespace RagStudio.Data.Cli;

/// <summary>An error as reported: an exit code and one line.</summary>
/// <param name="ExitCode">The process's exit code.</param>
/// <param name="Message">What happened, in one line.</param>
internal sealed record Failure(ExitCode ExitCode, string Message)
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;

    /// <summary>
    /// True if the original error may contain confidential data: .NET quotes a value that it could not
    /// convert.
    /// </summary>
    public bool HidesCause { get; private init; }

    /// <summary>Decides how an error is reported.</summary>
    /// <param name="error">The exception of a command.</param>
    /// <param name="cancelled">True if the user had canceled.</param>
    public static Failure From(Exception error, bool cancelled) =>
        error switch
        {
            CommandException known => new(known.ExitCode, known.Message),
            MigrationException migration => new(CodeOf(migration), migration.Message),
            RowFileException file => new(ExitCode.Usage, file.Message),
            DatabaseNotEmptyException full => new(ExitCode.Refused, full.Message),
            PartialCommitException half => new(ExitCode.NeedsAttention, half.Message),
            OperationCanceledException when cancelled => new(
                ExitCode.Cancelled,
                "cancelled; every database is as it was before."
            ),
            _ when SqliteErrorOf(error) is { } sqlite => OfSqlite(sqlite),
            // Without the details, which may quote a row.
            DbException server => new(ExitCode.Failed, server.Message.Split("\n\n")[0]),
            _ when QuotesValue(error) => new(
                ExitCode.Unexpected,
                "a value in a database has an unexpected type. Run 'ragstudio-db validate' to find its row."
            )
            {
                HidesCause = true,
            },
            _ => new(ExitCode.Unexpected, $"{error.GetType().Name}: {error.Message}"),
        };

    private static ExitCode CodeOf(MigrationException error) =>
        error switch
        {
            RollbackFailedException => ExitCode.NeedsAttention,
            { DataState: DataState.NeedsAttention or DataState.Unknown } => ExitCode.NeedsAttention,
            DatabaseLockedException => ExitCode.Locked,
            // As for a program that does not know the mark of a move.
            DatabaseNewerException or DatabaseMovedException => ExitCode.Newer,
            MigrationDriftedException => ExitCode.Drifted,
            PlanRefusedException or CopyRefusedException or DatabaseLayoutException or NoMigrationsException =>
                ExitCode.Refused,
            InvalidVersionException or RollbackNotSupportedException => ExitCode.Refused,
            BackupNotFoundException or BackupOfOtherDatabaseException => ExitCode.Refused,
            BackupFailedException => ExitCode.BackupFailed,
            _ => ExitCode.Failed,
        };

    private static Failure OfSqlite(SqliteException error) =>
        error.SqliteErrorCode is SqliteBusy or SqliteLocked
            ? new(
                ExitCode.Locked,
                "a database is locked by another process. Close the program that uses it, then try again."
            )
            : new(ExitCode.Failed, error.Message);

    private static bool QuotesValue(Exception? error) =>
        error is FormatException or OverflowException or InvalidCastException
        || error?.InnerException is { } inner && QuotesValue(inner);

    private static SqliteException? SqliteErrorOf(Exception? error)
    {
        while (error is not (null or SqliteException))
        {
            error = error.InnerException;
        }

        return error as SqliteException;
    }
}
