using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;

namespace RagStudio.Data.Migrator.Sqlite.Logs;

/// <summary>
/// A leftover rollback journal: of a killed program, or beside a file that has been replaced. SQLite writes its pages into
/// any file of that name at the first read.
/// </summary>
internal static class LeftoverJournal
{
    public static bool Exists(string database) => File.Exists(database + RollbackJournal.Extension);

    /// <summary>To be called before the connection reads anything.</summary>
    /// <param name="connection">
    /// A connection that has the database open; <see langword="null"/> if there is no file, or an empty one.
    /// </param>
    /// <param name="database">The path of the database.</param>
    /// <param name="phase">The phase of the run.</param>
    /// <exception cref="DatabaseAccessException">The journal was not written for this file.</exception>
    public static void Demand(SqliteConnection? connection, string database, MigrationPhase phase)
    {
        // Beside a program that writes, a transaction may have ended between the two readings; not twice with one result.
        if (
            Exists(database)
            && Find(connection, database) is { } contradiction
            && Find(connection, database) == contradiction
        )
        {
            throw new DatabaseAccessException(
                phase,
                database,
                DatabaseProblem.ForeignLog,
                $"'{database}{RollbackJournal.Extension}': {contradiction}"
            );
        }
    }

    /// <returns>The contradiction; <see langword="null"/> if there is no evidence.</returns>
    public static string? ContradictionOf(RollbackJournal journal, ReadOnlySpan<byte> file)
    {
        if (file.IsEmpty)
        {
            return journal.PagesBefore == 0
                ? null
                : $"it is of a file of {journal.PagesBefore} pages, and this is empty";
        }
        if (!SqliteHeader.IsPlain(file) || journal.HeaderBefore is not { } header || !SqliteHeader.IsPlain(header))
        {
            return null;
        }
        // A transaction counts once, when it writes page 1 into the file.
        var (before, now) = (SqliteHeader.ChangeCounter(header), SqliteHeader.ChangeCounter(file));
        return unchecked(now - before) <= 1 ? null : $"it follows change {before} of a file, and this is change {now}";
    }

    private static string? Find(SqliteConnection? connection, string database) =>
        RollbackJournal.TryRead(database + RollbackJournal.Extension) is { } journal
        && (connection is null ? [] : TryReadHeader(connection)) is { } header
            ? ContradictionOf(journal, header)
            : null;

    private static unsafe byte[]? TryReadHeader(SqliteConnection connection)
    {
        var file = OpenFile.TryGet(connection);
        var header = file == null ? null : file->TryReadHeader()?.Header;
        GC.KeepAlive(connection);
        return header;
    }
}
