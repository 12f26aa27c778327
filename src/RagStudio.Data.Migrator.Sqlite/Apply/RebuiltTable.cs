using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;
using SQLitePCL;

namespace RagStudio.Data.Migrator.Sqlite.Apply;

/// <summary>The indexes, triggers and id counter of a table before EF replaced it with a copy.</summary>
internal sealed class RebuiltTable
{
    private readonly SqliteConnection _connection;
    private readonly IReadOnlyList<string> _columns;
    private readonly IReadOnlyList<LostObject> _objects;

    /// <summary>The highest id ever assigned; <see langword="null"/> if the table does not keep it.</summary>
    private readonly long? _counter;

    private RebuiltTable(SqliteConnection connection, string name)
    {
        (_connection, Name) = (connection, name);
        _columns = connection.ColumnsOf(name);
        _objects = ReadObjects();
        _counter = ReadCounter();
    }

    public string Name { get; }

    /// <returns>The table; <see langword="null"/> if no table has that name.</returns>
    public static RebuiltTable? TryRead(SqliteConnection connection, string name)
    {
        var found = connection.Query(
            "SELECT \"name\" FROM sqlite_master WHERE \"type\" = 'table' AND \"name\" = ? COLLATE NOCASE",
            row => row.Text(0)!,
            name
        );
        return found.Count == 0 ? null : new RebuiltTable(connection, found[0]);
    }

    /// <summary>Restores the AUTOINCREMENT counter: an id is never reused, even after its row was deleted.</summary>
    public void RestoreCounter()
    {
        if (_counter is not { } counter || !IsAutoincrement() || ReadCounter() is { } now && now >= counter)
        {
            return;
        }
        _connection.Handle!.Execute("DELETE FROM sqlite_sequence WHERE \"name\" = ? COLLATE NOCASE", Name);
        _connection.Handle!.Execute("INSERT INTO sqlite_sequence (\"name\", \"seq\") VALUES (?, ?)", Name, counter);
    }

    public IEnumerable<LostObject> FindLost() =>
        _objects.Where(known =>
            !_connection.Handle!.Any(
                "SELECT 1 FROM sqlite_master WHERE \"type\" = ? AND \"name\" = ? COLLATE NOCASE",
                known.Kind,
                known.Name
            )
        );

    /// <returns>The reason why it does not fit the new table; <see langword="null"/> if it exists again.</returns>
    public string? TryRecreate(LostObject lost)
    {
        if (FindMissingColumn(lost) is { } gone)
        {
            return $"the column '{gone}' no longer exists";
        }
        _connection.Execute("SAVEPOINT migrator_put_back");
        try
        {
            _connection.Handle!.Execute(lost.Sql);
            if (lost.Kind == "trigger")
            {
                CompileChanges();
            }
            _connection.Execute("RELEASE migrator_put_back");
            return null;
        }
        // Any other error, such as a full disk or a timeout, does not come from the object.
        catch (SqliteException failure)
            when (failure.SqliteErrorCode is raw.SQLITE_ERROR or raw.SQLITE_CONSTRAINT or raw.SQLITE_MISMATCH)
        {
            _connection.Execute("ROLLBACK TO migrator_put_back; RELEASE migrator_put_back");
            return failure.Message;
        }
    }

    /// <summary>
    /// Finds a column that no longer exists. SQLite reads a double-quoted name that is not a column as a
    /// string, and resolves a trigger's columns only when it runs, so creating the object would not fail.
    /// </summary>
    private string? FindMissingColumn(LostObject lost)
    {
        var gone = _columns
            .Except(_connection.ColumnsOf(Name), StringComparer.OrdinalIgnoreCase)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var tokens = SqliteTokens.Read(lost.Sql);
        return tokens
            .Where(
                (token, at) => token.IsName && gone.Contains(token.Text) && (lost.Kind == "index" || IsOwn(tokens, at))
            )
            .FirstOrDefault()
            ?.Text;
    }

    /// <summary>
    /// True if a column belongs to the trigger's own table: it follows <c>new.</c>, <c>old.</c> or <c>UPDATE
    /// OF</c>.
    /// </summary>
    private static bool IsOwn(IReadOnlyList<SqliteToken> tokens, int at)
    {
        if (at >= 2 && tokens[at - 1].IsSymbol('.') && tokens[at - 2].IsAny("NEW", "OLD"))
        {
            return true;
        }
        var of = at - 1;
        while (of > 0 && (tokens[of].IsSymbol(',') || (tokens[of].IsName && tokens[of - 1].IsSymbol(','))))
        {
            of--;
        }
        return of > 0 && (tokens[of].Is("OF") || (tokens[of].IsName && tokens[of - 1].Is("OF")));
    }

    /// <summary>Prepares changes of the table, which compiles its triggers too.</summary>
    private void CompileChanges()
    {
        var table = SqliteText.Quote(Name);
        var assignments = _connection
            .Query(
                "SELECT \"name\" FROM pragma_table_xinfo(?) WHERE \"hidden\" = 0",
                row => SqliteText.Quote(row.Text(0)!),
                Name
            )
            .Select(column => $"{column} = {column}");
        _connection.Handle!.Execute($"EXPLAIN INSERT INTO {table} DEFAULT VALUES");
        _connection.Handle!.Execute($"EXPLAIN UPDATE {table} SET {string.Join(", ", assignments)}");
        _connection.Handle!.Execute($"EXPLAIN DELETE FROM {table}");
    }

    private List<LostObject> ReadObjects() =>
        _connection.Query(
            "SELECT \"type\", \"name\", \"sql\" FROM sqlite_master WHERE \"type\" IN ('index', 'trigger') AND \"tbl_name\" = ? COLLATE NOCASE AND \"sql\" IS NOT NULL ORDER BY rowid",
            row => new LostObject(row.Text(0)!, row.Text(1)!, row.Text(2)!),
            Name
        );

    private long? ReadCounter() =>
        _connection.HasTable("sqlite_sequence")
            ? _connection
                .Query(
                    "SELECT max(\"seq\") FROM sqlite_sequence WHERE \"name\" = ? COLLATE NOCASE HAVING max(\"seq\") IS NOT NULL",
                    row => (long?)row.Int64(0),
                    Name
                )
                .FirstOrDefault()
            : null;

    private bool IsAutoincrement() =>
        _connection
            .Query(
                "SELECT \"sql\" FROM sqlite_master WHERE \"type\" = 'table' AND \"name\" = ? COLLATE NOCASE",
                row => row.Text(0) ?? "",
                Name
            )
            .SelectMany(SqliteTokens.Read)
            .Any(token => token.Is("AUTOINCREMENT"));
}
