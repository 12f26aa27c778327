using System.Globalization;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Scripts;

/// <summary>A migration's own SQL, as an author might have written it, generated from a seed.</summary>
internal sealed class GeneratedScript(int seed)
{
    private const string NewParents =
        "CREATE TABLE {0} (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, extra TEXT, age INTEGER DEFAULT 1)";

    private static readonly string[] Off =
    [
        "PRAGMA foreign_keys = OFF",
        "pragma foreign_keys=0",
        "PRAGMA foreign_keys=\"0\"",
        "PRAGMA foreign_keys(off)",
        "PRAGMA main.foreign_keys = false",
        "PRAGMA /* ; not yet */ foreign_keys = 'no'",
        "-- they are in the way;\nPRAGMA \"foreign_keys\" = 0",
        "PRAGMA foreign_keys = -1",
        "PRAGMA foreign_keys = 256",
        "PRAGMA foreign_keys = nonsense",
    ];

    private static readonly string[] On =
    [
        "PRAGMA foreign_keys = ON",
        "PRAGMA foreign_keys = 1;",
        "PRAGMA foreign_keys=\"1\"",
        "PRAGMA foreign_keys (yes)",
        "PRAGMA [main].[foreign_keys] = TRUE",
        "PRAGMA `foreign_keys` = +1",
        "PRAGMA foreign_keys = 0x1",
        "PRAGMA foreign_keys = 2.5",
    ];

    /// <summary>Statements that keep a script in the transaction, although they look as if they did not.</summary>
    private static readonly string[] Harmless =
    [
        "PRAGMA foreign_keys",
        "SELECT count(*) FROM parents /* BEGIN; */",
        "PRAGMA legacy_alter_table = ON",
        "PRAGMA legacy_alter_table = OFF",
        "PRAGMA user_version = 7",
        "ANALYZE",
        "REINDEX",
        "EXPLAIN DELETE FROM parents",
        "EXPLAIN QUERY PLAN SELECT * FROM children",
        "VALUES (1), (2)",
        "INSERT INTO log VALUES ('PRAGMA foreign_keys = OFF; COMMIT')",
        "WITH n(i) AS (VALUES (1), (2)) INSERT INTO log SELECT 'n' || i FROM n",
        "REPLACE INTO children (id, parent_id, note) VALUES (1, 2, 'COMMIT;')",
        "CREATE INDEX IF NOT EXISTS by_note ON children (note)",
        "CREATE TEMP TABLE IF NOT EXISTS short (x)",
        "/* nothing; at all */",
    ];

    /// <summary>Statements that cannot run in a transaction, or behave differently there.</summary>
    private static readonly string[] OutsideOnly =
    [
        "VACUUM",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA defer_foreign_keys = ON",
        "ATTACH ':memory:' AS other; CREATE TABLE other.t (x); DETACH other",
        "SAVEPOINT a; DELETE FROM parents WHERE id = 4; ROLLBACK TO a; RELEASE a",
        "BEGIN; DELETE FROM log; ROLLBACK",
        "BEGIN; SAVEPOINT a; INSERT INTO log VALUES ('saved'); COMMIT",
        "EXPLAIN PRAGMA foreign_keys = OFF",
        "PRAGMA wal_autocheckpoint = 1000",
    ];

    private readonly Random _random = new(seed);
    private readonly List<string> _statements = [];

    public IReadOnlyList<(string Sql, bool SuppressTransaction)> Commands()
    {
        for (var i = _random.Next(2, 8); i > 0; i--)
        {
            AddSome();
        }
        return [.. Cut()];
    }

    private void AddSome()
    {
        switch (_random.Next(12))
        {
            case 0 or 1:
                _statements.Add(Any(Off));
                break;
            case 2 or 3:
                _statements.Add(Any(On));
                break;
            case 4:
                AddRebuild();
                break;
            case 5:
                AddWithin(Any(Off), AddRebuild, Any(On));
                break;
            case 6:
                AddWithin(
                    Any("BEGIN", "begin transaction", "BEGIN IMMEDIATE TRANSACTION", "BEGIN DEFERRED"),
                    AddWithinOwn,
                    Any("COMMIT", "END", "COMMIT TRANSACTION", "end transaction")
                );
                break;
            case 7 or 8:
                _statements.Add(Any(Harmless));
                break;
            case 9 when _random.Next(3) == 0:
                _statements.Add(Any(OutsideOnly));
                break;
            case 10:
                AddTrigger();
                break;
            default:
                AddChanges(1);
                break;
        }
    }

    /// <summary>
    /// Often with a switch that has no effect there, which shows only if rows are deleted by cascade.
    /// </summary>
    private void AddWithinOwn()
    {
        if (_random.Next(2) == 0)
        {
            _statements.Add(Any(Any(Off), Any(On)));
            _statements.Add(Format("DELETE FROM parents WHERE id = {0}", _random.Next(1, 4)));
            return;
        }
        AddChanges(_random.Next(1, 4));
    }

    private void AddWithin(string before, Action add, string after)
    {
        _statements.Add(before);
        add();
        _statements.Add(after);
    }

    private void AddChanges(int count)
    {
        for (; count > 0; count--)
        {
            var id = _random.Next(1, 6);
            _statements.Add(
                Any(
                    Format("DELETE FROM parents WHERE id = {0}", id),
                    Format("INSERT INTO children (parent_id, note) VALUES ({0}, 'new')", id),
                    Format("UPDATE OR IGNORE parents SET id = id + 10 WHERE id = {0}", id),
                    Format("UPDATE children SET parent_id = {0} WHERE id % 2 = 0", id),
                    Format("INSERT INTO parents (name) VALUES ('p;{0}')", id),
                    Any(Off),
                    Any(Harmless)
                )
            );
        }
    }

    /// <summary>In either of the usual orders, or as a copy without constraints.</summary>
    private void AddRebuild() =>
        _statements.AddRange(
            _random.Next(3) switch
            {
                0 =>
                [
                    Format(NewParents, "new_parents"),
                    "INSERT INTO new_parents (id, name, extra) SELECT id, name, extra FROM parents",
                    "DROP TABLE parents",
                    "ALTER TABLE new_parents RENAME TO parents",
                ],
                1 =>
                [
                    "ALTER TABLE parents RENAME TO old_parents",
                    Format(NewParents, "parents"),
                    "INSERT INTO parents (id, name, extra) SELECT id, name, extra FROM old_parents",
                    "DROP TABLE old_parents",
                ],
                _ =>
                [
                    "CREATE TABLE keep AS SELECT * FROM parents",
                    "DROP TABLE parents",
                    Format(NewParents, "parents"),
                    "INSERT INTO parents (id, name, extra) SELECT id, name, extra FROM keep",
                    "DROP TABLE keep",
                ],
            }
        );

    private void AddTrigger() =>
        _statements.Add(
            Any(
                "CREATE TRIGGER IF NOT EXISTS noted AFTER INSERT ON children BEGIN UPDATE log SET what = CASE WHEN new.id > 3 THEN 'end;' ELSE what END; INSERT INTO log VALUES ('begin'); END",
                "CREATE TEMP TRIGGER IF NOT EXISTS brief BEFORE UPDATE ON children FOR EACH ROW WHEN old.id > 0 BEGIN SELECT CASE 1 WHEN 2 THEN RAISE(ABORT, 'no; END;') END; END",
                "CREATE TABLE IF NOT EXISTS \"x;y\" (\"--\" TEXT /* ; */, [a;b] INT, `END` TEXT DEFAULT ';')",
                "DROP TRIGGER IF EXISTS parents_gone"
            )
        );

    /// <summary>
    /// Distributes the statements over commands; a transaction or a rebuild may be split over several.
    /// </summary>
    private IEnumerable<(string, bool)> Cut()
    {
        var isOne = _random.Next(3) == 0;
        for (var at = 0; at < _statements.Count; )
        {
            var count = Math.Min(isOne ? _statements.Count : _random.Next(1, 5), _statements.Count - at);
            var separator = Any(";", ";\n", " ; ;\r\n", ";\n-- next;\n", ";/* ' */\uFEFF");
            var sql = string.Join(separator, _statements.GetRange(at, count));
            at += count;
            yield return (sql + Any("", ";", ";\n\n"), isOne || _random.Next(4) > 0);
        }
    }

    private string Any(params string[] choices) => choices[_random.Next(choices.Length)];

    private static string Format(string format, object value) =>
        string.Format(CultureInfo.InvariantCulture, format, value);
}
