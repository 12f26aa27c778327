using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Validate;

/// <summary>
/// SQLite's check of a file's structure. Findings that are not structural are listed separately: rows that
/// break a constraint, the content of indexes, the content of virtual tables. Every copy carries those
/// unchanged, and SQL can repair them.
/// </summary>
/// <param name="connection">The open connection.</param>
/// <param name="tables">
/// The tables to check, with their indexes; <see langword="null"/> for the whole file, with its free pages.
/// </param>
/// <param name="depth">How much is checked.</param>
/// <param name="isLast">True to report what cannot be checked; otherwise SQLite's error is thrown.</param>
internal sealed class SqliteStructure(
    SqliteConnection connection,
    IReadOnlySet<string>? tables,
    CheckDepth depth,
    bool isLast
)
{
    private readonly List<string> _notChecked = [];

    private string Pragma => depth == CheckDepth.Quick ? "quick_check" : "integrity_check";

    public StorageCheck Check()
    {
        var messages = CheckAll();
        var findings = messages.Constraints.Select(SqliteConstraint.Describe).ToList();
        if (messages.Count > 0)
        {
            findings.AddRange(ExtractVirtualTables(messages));
            findings.AddRange(ExtractIndexes(messages));
        }
        if (messages.Count > 0)
        {
            findings.Add(messages.Describe(StorageCheck.Structure, table: null));
        }
        return new StorageCheck(findings, ChecksPerformed: 1) { NotChecked = _notChecked };
    }

    /// <summary>
    /// A constraint, an index or a column may use a function or a collation that only the application's
    /// connections have. SQLite detects that before it returns the first row.
    /// </summary>
    private IntegrityMessages CheckAll()
    {
        if (TryReadAll(Pragma, out var messages) is not { } unknown)
        {
            return messages;
        }
        connection.Execute("PRAGMA ignore_check_constraints = ON");
        try
        {
            if (TryReadAll(Pragma, out messages) is null)
            {
                _notChecked.Add($"the CHECK constraints, which this connection cannot evaluate: {unknown}");
                return messages;
            }
        }
        finally
        {
            connection.Execute("PRAGMA ignore_check_constraints = OFF");
        }
        return CheckEach();
    }

    /// <summary>Checks each table by itself, because one that cannot be checked must not hide the others.</summary>
    private IntegrityMessages CheckEach()
    {
        var all = new IntegrityMessages();
        foreach (var table in Tables("'table', 'virtual', 'shadow'"))
        {
            if (TryRead(Pragma, table, out var messages) is { } unknown)
            {
                _notChecked.Add($"the structure of '{table}', which this connection cannot read: {unknown}");
            }
            else
            {
                all.Add(messages);
            }
        }
        return all;
    }

    /// <summary>A virtual table's module reports damage of its content, which a rebuild of the table repairs.</summary>
    private IEnumerable<ValidationFinding> ExtractVirtualTables(IntegrityMessages messages)
    {
        foreach (var table in Tables("'virtual'"))
        {
            if (TryRead(Pragma, table, out var own) is null && messages.Extract(own) is { Count: > 0 } taken)
            {
                yield return taken.Describe(StorageCheck.VirtualTables, table);
            }
        }
    }

    /// <summary>
    /// A full check finds more than a quick one only in the content of indexes, not in tables: REINDEX
    /// repairs it.
    /// </summary>
    private IEnumerable<ValidationFinding> ExtractIndexes(IntegrityMessages messages)
    {
        if (depth == CheckDepth.Quick || messages.Count == 0)
        {
            return [];
        }
        return TryReadAll("quick_check", out var quick) is null && messages.ExtractAllBut(quick) is { Count: > 0 } taken
            ? [taken.Describe(StorageCheck.Indexes, table: null)]
            : [];
    }

    /// <returns>The name that SQLite does not know; <see langword="null"/> if the check ran.</returns>
    private string? TryReadAll(string check, out IntegrityMessages messages)
    {
        if (tables is null)
        {
            return TryRead($"PRAGMA {check}({IntegrityMessages.MaxMessages})", out messages);
        }
        messages = new IntegrityMessages();
        foreach (var table in Tables("'table', 'virtual', 'shadow'"))
        {
            if (TryRead(check, table, out var own) is { } unknown)
            {
                return unknown;
            }
            messages.Add(own);
        }
        return null;
    }

    private string? TryRead(string check, string table, out IntegrityMessages messages) =>
        TryRead($"PRAGMA {check}({SqliteText.Quote(table)})", out messages);

    private string? TryRead(string pragma, out IntegrityMessages messages)
    {
        var read = messages = new IntegrityMessages();
        try
        {
            connection.Handle!.ForEach(pragma, row => read.Add(row.Text(0) ?? ""));
            return null;
        }
        catch (SqliteException failure)
            when (failure.SqliteErrorCode == raw.SQLITE_ERROR && (isLast || !failure.IsUnknownName()))
        {
            return failure.Message;
        }
    }

    private IEnumerable<string> Tables(string types) =>
        connection
            .Query(
                $"SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ({types})",
                row => row.Text(0)!
            )
            .Where(table => tables?.Contains(table) ?? true);
}
