using System.Globalization;
using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Apply;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Sql;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Loss;

/// <summary>
/// Random scripts of renames, copies, swaps and deletions, run by SQLite with the watch attached: no loss is
/// reported if every row still exists, and a loss always is if rows are gone.
/// </summary>
public sealed class ScriptPropertyTests
{
    private static readonly string[] Names = ["a", "B", "c d"];

    [Test]
    public void A_loss_is_told_exactly_where_rows_are_gone([Range(0, 299)] int seed)
    {
        var random = new Random(seed);
        using var connection = new SqliteConnection($"Data Source=:memory:");
        connection.Open();
        connection.Execute($"PRAGMA auto_vacuum = {random.Next(3)}");
        var before = new Dictionary<string, string>();
        foreach (var name in Names)
        {
            var (table, rows) = (SqliteText.Quote(name), random.Next(1, 6));
            connection.Execute(
                $"CREATE TABLE {table} (v TEXT PRIMARY KEY){(random.Next(2) == 0 ? "" : " WITHOUT ROWID")}"
            );
            for (var row = 0; row < rows; row++)
            {
                connection.Execute($"INSERT INTO {table} VALUES ('{name}{row}')");
            }
            before[name] = RowsOf(connection, name);
        }
        var observer = new Observer(before.Keys.ToDictionary(name => name, name => Count(connection, name)));

        var script = new Script(random, [.. Names]);
        using (var watch = new StatementWatch(connection))
        using (var evidence = RowEvidence.Begin(connection, watch, observer)!)
        {
            foreach (var sql in script.Write())
            {
                using var command = new SqliteCommand(sql, connection);
                command.ExecuteNonQuery();
            }
            evidence.Report();
        }

        var everywhere = string.Join(' ', Tables(connection).Select(table => RowsOf(connection, table)));
        foreach (var name in Names)
        {
            var survives = before[name].Split(',').All(value => everywhere.Contains(value, StringComparison.Ordinal));
            Assert.That(observer.Lost(name), Is.EqualTo(!survives), $"{name} by {string.Join("; ", script.Write())}");
        }
    }

    private static List<string> Tables(SqliteConnection connection) =>
        connection.Query("SELECT name FROM sqlite_master WHERE type = 'table'", row => row.Text(0)!);

    private static string RowsOf(SqliteConnection connection, string table) =>
        connection.Text($"SELECT group_concat(v) FROM {SqliteText.Quote(table)}");

    private static long Count(SqliteConnection connection, string table) =>
        connection.Number($"SELECT count(*) FROM {SqliteText.Quote(table)}");

    private sealed class Observer(IReadOnlyDictionary<string, long> rows) : IMigrationObserver
    {
        private IReadOnlyList<TableRows> _changed = [];

        public bool IsReverting => false;

        public IReadOnlyList<WatchedTable> Watched =>
            [.. rows.Select(table => new WatchedTable(table.Key, table.Key, table.Value))];

        public bool Lost(string table) => _changed.Any(change => change.Table == table && change.Rows < rows[table]);

        public void Counted(IReadOnlyList<TableRows> changed) => _changed = changed;

        public TimeSpan LimitOf(string version) => TimeSpan.MaxValue;

        public IReadOnlyList<IMigrationCode> CodeFor(string version, CodeMoment moment) => [];

        public void ClearedOrphanedLock() { }

        public void Starting(string version) { }

        public void Advanced(string version, long completed, long total) { }

        public MigrationRecord Describe(MigrationStep done) => throw new NotSupportedException();

        public MigrationRecord Describe(string version, IMigrationCode code, TimeSpan duration) =>
            throw new NotSupportedException();

        public void Applied(MigrationStep done) { }
    }

    /// <summary>Generates statements that change tables in the usual ways, and sometimes omit rows.</summary>
    private sealed class Script(Random random, List<string> tables)
    {
        private readonly List<string> _sql = [];
        private int _names;

        public List<string> Write()
        {
            if (_sql.Count == 0)
            {
                for (var i = random.Next(1, 6); i > 0 && tables.Count > 0; i--)
                {
                    Change(random.Next(tables.Count));
                }
            }
            return _sql;
        }

        private void Change(int at)
        {
            var (table, other) = (SqliteText.Quote(tables[at]), NewName());
            switch (random.Next(9))
            {
                case 0:
                    Rename(at, other);
                    break;
                case 1:
                    Add(
                        $"ALTER TABLE {table} RENAME TO {other}",
                        Create(table),
                        Copy(other, table),
                        $"DROP TABLE {other}"
                    );
                    break;
                case 2:
                    Add(
                        Create(other),
                        Copy(table, other),
                        $"DROP TABLE {table}",
                        $"ALTER TABLE {other} RENAME TO {table}"
                    );
                    break;
                case 3:
                    Add(
                        $"CREATE TABLE {other} AS SELECT * FROM {table}",
                        $"DROP TABLE {table}",
                        Create(table),
                        Copy(other, table),
                        $"DROP TABLE {other}"
                    );
                    break;
                case 4:
                    Add(
                        $"CREATE TEMP TABLE {other} AS SELECT * FROM {table}",
                        $"DELETE FROM {table}",
                        Copy(other, table),
                        $"DROP TABLE {other}"
                    );
                    break;
                case 5:
                    Swap(at, random.Next(tables.Count), other);
                    break;
                case 6:
                    Add(
                        $"DELETE FROM {table} WHERE rowid_or_v".Replace(
                            "rowid_or_v",
                            "v LIKE '%0'",
                            StringComparison.Ordinal
                        )
                    );
                    break;
                case 7:
                    Add($"UPDATE {table} SET v = v");
                    break;
                // If a table has taken the name of a dropped one that had swapped its name before, its rows
                // cannot be attributed.
                case 8 when _sql.Exists(sql => sql.Contains('[', StringComparison.Ordinal)):
                    break;
                default:
                    Add($"DROP TABLE {table}");
                    tables.RemoveAt(at);
                    break;
            }
        }

        private void Rename(int at, string other)
        {
            Add($"ALTER TABLE {SqliteText.Quote(tables[at])} RENAME TO {other}");
            tables[at] = other;
        }

        private void Swap(int one, int two, string between)
        {
            var (first, second) = (tables[one], tables[two]);
            if (one != two)
            {
                Add(
                    $"ALTER TABLE {SqliteText.Quote(first)} RENAME TO {between}",
                    $"ALTER TABLE {SqliteText.Quote(second)} RENAME TO {SqliteText.Quote(first)}",
                    $"ALTER TABLE {between} RENAME TO [{second}]"
                );
            }
        }

        private string NewName() => string.Create(CultureInfo.InvariantCulture, $"n{_names++}");

        private static string Create(string table) => $"CREATE TABLE {table} (v TEXT PRIMARY KEY)";

        private string Copy(string from, string to) =>
            $"INSERT INTO {to} SELECT v FROM {from}{(random.Next(4) == 0 ? " WHERE v NOT LIKE '%0'" : "")}";

        private void Add(params string[] sql) => _sql.AddRange(sql);
    }
}
