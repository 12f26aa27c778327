using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;
using RagStudio.Data.Migrator.Sqlite.Databases;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Logs;
using RagStudio.Data.Migrator.Sqlite.Record;
using RagStudio.Data.Migrator.Sqlite.Sql;
using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.Copy;

/// <summary>Moves tables between files, each through its own connection: both are locked, so that neither can be attached.</summary>
internal sealed class SqliteRelocation(SqliteConnection connection) : ITableRelocation
{
    private SqliteConnection Connection => connection;

    public Task<IReadOnlyList<string>> FindTiesAsync(RelocatedDatabase moved, WorkLimits limits) =>
        Task.FromResult(
            InterruptibleWork.Run<IReadOnlyList<string>>(
                connection,
                limits,
                () =>
                    HasPlainHistory(moved.From)
                        ? new RelocationTies(connection, TablesOf(moved)).Find()
                        : ["EF's history is not kept in the way of EF."]
            )
        );

    public Task<IReadOnlyList<RelocatedTable>> ReadAsync(IReadOnlyList<string> tables, WorkLimits limits) =>
        Task.FromResult<IReadOnlyList<RelocatedTable>>(
            InterruptibleWork.Run(
                connection,
                limits,
                () => tables.Select(table => new StoredRows(connection, table).Read(limits.Token)).ToArray()
            )
        );

    public Task<IReadOnlyList<MigrationRecord>> ReadLinesAsync(IMigrationDatabase database) =>
        Task.FromResult<IReadOnlyList<MigrationRecord>>([
            .. (ReaderOf(connection, database)?.Read(int.MaxValue) ?? []).Where(line =>
                line.Event is MigrationEvent.Relocated or MigrationEvent.RelocatedAway
            ),
        ]);

    public Task<IReadOnlyList<RelocatedTable>> ReceiveAsync(
        RelocatedDatabase moved,
        ITableRelocation source,
        Func<IReadOnlyList<RelocatedTable>, MigrationRecord> describe,
        WorkLimits limits
    )
    {
        LeftoverLog.AllowCheckpoint(connection);
        var from = ((SqliteRelocation)source).Connection;
        var enforced = ForeignKeys.AreEnforced(connection);
        // References are checked with the whole file afterwards. What violates a constraint that was added later moves too.
        ForeignKeys.Enforce(connection, isOn: false);
        connection.Execute("PRAGMA ignore_check_constraints = ON");
        try
        {
            return Task.FromResult<IReadOnlyList<RelocatedTable>>(
                InterruptibleWork.Run(connection, limits, () => Receive(moved, from, describe, limits.Token))
            );
        }
        finally
        {
            connection.Execute("PRAGMA ignore_check_constraints = OFF");
            ForeignKeys.Enforce(connection, enforced);
        }
    }

    public Task ReleaseAsync(RelocatedDatabase moved, MigrationRecord record)
    {
        LeftoverLog.AllowCheckpoint(connection);
        var enforced = ForeignKeys.AreEnforced(connection);
        // A table would be emptied row by row before it is dropped: https://sqlite.org/foreignkeys.html#fk_schemacommands.
        ForeignKeys.Enforce(connection, isOn: false);
        try
        {
            using var transaction = connection.BeginTransaction();
            foreach (var table in moved.Tables.Append(HistoryTable(moved.From)))
            {
                connection.Execute($"DROP TABLE IF EXISTS {SqliteText.Quote(table)}");
            }
            SqliteHistory.Append(connection.Handle!, OwnerOf(moved.From), record);
            transaction.Commit();
        }
        finally
        {
            ForeignKeys.Enforce(connection, enforced);
        }
        return Task.CompletedTask;
    }

    private List<RelocatedTable> Receive(
        RelocatedDatabase moved,
        SqliteConnection source,
        Func<IReadOnlyList<RelocatedTable>, MigrationRecord> describe,
        CancellationToken cancellationToken
    )
    {
        TakeSettings(source);
        using var transaction = connection.BeginTransaction();
        var copied = CopyTables(moved, source, cancellationToken);
        CopyEFHistory(moved, source, cancellationToken);
        CopyLines(moved, source);
        SqliteHistory.Append(connection.Handle!, OwnerOf(moved.To), describe(copied));
        transaction.Commit();
        return copied;
    }

    /// <summary>A new file gets what SQLite keeps in the header of the old one.</summary>
    private void TakeSettings(SqliteConnection source)
    {
        if (connection.Number("PRAGMA page_count") > 0)
        {
            return;
        }
        connection.Execute($"PRAGMA encoding = '{source.Text("PRAGMA encoding")}'");
        foreach (var setting in new[] { "page_size", "auto_vacuum", "user_version", "application_id" })
        {
            connection.Execute($"PRAGMA {setting} = {source.Text($"PRAGMA {setting}")}");
        }
        if (source.Text("PRAGMA journal_mode") == "wal")
        {
            connection.Execute("PRAGMA journal_mode = WAL");
        }
    }

    /// <summary>Indexes and triggers follow the rows, with which a trigger would do something.</summary>
    private List<RelocatedTable> CopyTables(
        RelocatedDatabase moved,
        SqliteConnection source,
        CancellationToken cancellationToken
    )
    {
        var names = TablesOf(moved);
        var definitions = SqliteDefinition
            .ReadInOrder(source)
            .Where(found => names.Contains(found.Table))
            .ToLookup(found => found.Type == "table");
        var copied = new List<RelocatedTable>();
        foreach (var table in definitions[true])
        {
            connection.Execute(table.Sql);
            copied.Add(new StoredRows(source, table.Name).CopyTo(connection, table.Name, cancellationToken));
            CopyCounter(source, table.Name);
        }
        foreach (var other in definitions[false])
        {
            connection.Execute(other.Sql);
        }
        foreach (var read in copied)
        {
            DemandEqual(read, new StoredRows(connection, read.Table).Read(cancellationToken));
        }
        return copied;
    }

    private static void DemandEqual(RelocatedTable read, RelocatedTable written)
    {
        if (read != written)
        {
            throw new InvalidOperationException(
                $"The copy of '{read.Table}' differs: {read.Rows} row(s) were read and {written.Rows} were written, and their values are not the same."
            );
        }
    }

    /// <summary>The counter of AUTOINCREMENT may be ahead of the rows: https://sqlite.org/autoinc.html.</summary>
    private void CopyCounter(SqliteConnection source, string table)
    {
        if (!source.HasTable("sqlite_sequence"))
        {
            return;
        }
        source.Handle!.ForEach(
            "SELECT \"seq\" FROM sqlite_sequence WHERE \"name\" = ?",
            row =>
            {
                connection.Handle!.Execute("DELETE FROM sqlite_sequence WHERE \"name\" = ?", table);
                connection.Handle!.Execute(
                    "INSERT INTO sqlite_sequence (\"name\", \"seq\") VALUES (?, ?)",
                    table,
                    row.Int64(0)
                );
            },
            table
        );
    }

    private void CopyEFHistory(RelocatedDatabase moved, SqliteConnection source, CancellationToken cancellationToken)
    {
        var (from, to) = (HistoryTable(moved.From), HistoryTable(moved.To));
        connection.Execute(((ISqliteMigrationDatabase)moved.To).HistoryChanges(connected: null).Create);
        var read = new StoredRows(source, from).CopyTo(connection, to, cancellationToken);
        DemandEqual(read, new StoredRows(connection, to).Read(cancellationToken) with { Table = from });
    }

    /// <summary>Appends the lines that this file does not have already, from an earlier move.</summary>
    private void CopyLines(RelocatedDatabase moved, SqliteConnection source)
    {
        var present = (ReaderOf(connection, moved.To)?.Lines() ?? []).Select(KeyOf).ToHashSet(StringComparer.Ordinal);
        foreach (var line in ReaderOf(source, moved.From)?.Lines() ?? [])
        {
            if (!present.Contains(KeyOf(line)))
            {
                SqliteHistory.Append(connection.Handle!, OwnerOf(moved.To), line);
            }
        }
    }

    private static string KeyOf(IReadOnlyList<string?> line) =>
        string.Concat(line.Select(field => field is null ? "|-" : $"|{field.Length}:{field}"));

    private static SqliteHistoryReader? ReaderOf(SqliteConnection file, IMigrationDatabase database) =>
        SqliteHistoryReader.TryOpen(file.Handle!, (ISqliteMigrationDatabase)database);

    private static SqliteOwner OwnerOf(IMigrationDatabase database) => ((ISqliteMigrationDatabase)database).Owner;

    private static bool HasPlainHistory(IMigrationDatabase database) =>
        database is ISqliteMigrationDatabase known && (!known.MayChangeHistory || known.History.IsPlain);

    private static string HistoryTable(IMigrationDatabase database) =>
        ((ISqliteMigrationDatabase)database).HistoryTable;

    private static HashSet<string> TablesOf(RelocatedDatabase moved) =>
        moved.Tables.ToHashSet(SqliteNameComparer.Instance);
}
