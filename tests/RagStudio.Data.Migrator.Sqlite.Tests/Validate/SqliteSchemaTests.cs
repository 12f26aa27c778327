using Microsoft.Data.Sqlite;
using RagStudio.Data.Migrator.Providers;
using RagStudio.Data.Migrator.Sqlite.Interop;
using RagStudio.Data.Migrator.Sqlite.Validate;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

public sealed class SqliteSchemaTests
{
    private SqliteConnection _connection = null!;

    [SetUp]
    public void Open()
    {
        _connection = new SqliteConnection("Data Source=:memory:;Pooling=False");
        _connection.Open();
    }

    [TearDown]
    public void Close() => _connection.Dispose();

    [Test]
    public void Read_tells_columns_with_their_default_collation_and_how_they_are_computed()
    {
        var table = ReadOnly(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT NOT NULL DEFAULT 'A b' COLLATE nocase, b DEFAULT (1+2),
                c AS (a || ',x') STORED, d INT GENERATED ALWAYS AS (b * 2), "check" TEXT COLLATE BINARY)
            """
        );

        Assert.That(
            table.Columns,
            Is.EqualTo(
                new ColumnSchema[]
                {
                    new("id", "INTEGER", true, null, 1, false),
                    new("a", "TEXT", false, "'A b'", 0, false, "NOCASE"),
                    new("b", "", true, "1 + 2", 0, false),
                    new("c", "", true, "a | | ',x' stored", 0, true),
                    new("d", "INT", true, "b * 2", 0, true),
                    new("check", "TEXT", true, null, 0, false),
                }
            )
        );
        Assert.That(table.Checks, Is.Empty);
    }

    [Test]
    public void Read_finds_checks_of_columns_of_tables_and_of_added_columns_without_their_names()
    {
        var table = ReadOnly(
            """
            CREATE TABLE t (
                a INT CHECK (a IN (1, 2)) CONSTRAINT second CHECK(a <> 5), -- CHECK (no)
                "b" TEXT DEFAULT ('check (1)'), /* CHECK (2) */
                CONSTRAINT ck CHECK ((length("b") > 0) AND b <> ')')
            );
            ALTER TABLE t ADD COLUMN c INT CONSTRAINT named CHECK (c > 0);
            ALTER TABLE t RENAME COLUMN b TO bee;
            """
        );

        Assert.That(
            table.Checks,
            Is.EquivalentTo(new[] { "a in ( 1 , 2 )", "a < > 5", "( length ( bee ) > 0 ) and bee < > ')'", "c > 0" })
        );
    }

    [Test]
    public void Read_tells_indexes_by_what_they_are()
    {
        var table = ReadOnly(
            """
            CREATE TABLE t (a TEXT COLLATE NOCASE, b TEXT, c INT, UNIQUE (b, c), PRIMARY KEY (c, b)) WITHOUT ROWID;
            CREATE INDEX i1 ON t (a, b COLLATE RTRIM DESC, c) WHERE c > 1 AND "b" = 'WHERE';
            CREATE UNIQUE INDEX i2 ON t (lower(b) COLLATE NOCASE DESC, coalesce(a, (b)), c ASC);
            """
        );

        Assert.That(
            table.Indexes.Select(index =>
                $"{index.Name ?? "-"} {index.IsUnique} {string.Join(" | ", index.Columns)} ? {index.Filter}"
            ),
            Is.EquivalentTo(
                new[]
                {
                    "i1 False a COLLATE NOCASE | b COLLATE RTRIM DESC | c ? c > 1 and b = 'WHERE'",
                    "i2 True lower ( b ) collate nocase DESC | coalesce ( a , ( b ) ) | c ? ",
                    "- True b | c ? ",
                    "- True c | b ? ",
                }
            )
        );
        Assert.That(table.Traits, Is.EqualTo("WITHOUT ROWID"));
        Assert.That(table.PrimaryKey, Is.EqualTo(new[] { "c", "b" }));
    }

    [Test]
    public void Read_tells_foreign_keys_and_resolves_those_that_name_no_columns()
    {
        var schema = Read(
            """
            CREATE TABLE parent (x INT, y INT, PRIMARY KEY (y, x));
            CREATE TABLE t (a INT, b INT, c INT REFERENCES gone ON UPDATE SET NULL,
                FOREIGN KEY (b, a) REFERENCES Parent ON DELETE CASCADE, FOREIGN KEY (a, b) REFERENCES parent (x, y));
            """
        );

        Assert.That(
            schema
                .Find("T")!
                .ForeignKeys.Select(key =>
                    $"{string.Join(',', key.Columns)} > {key.ParentTable}({string.Join(',', key.ParentColumns)}) {key.OnUpdate} {key.OnDelete}"
                ),
            Is.EquivalentTo(
                new[]
                {
                    "c > gone() SET NULL NO ACTION",
                    "b,a > Parent(y,x) NO ACTION CASCADE",
                    "a,b > parent(x,y) NO ACTION NO ACTION",
                }
            )
        );
    }

    [Test]
    public void Read_leaves_out_what_is_of_SQLite_of_EF_of_the_migrator_and_behind_a_virtual_table()
    {
        var schema = Read(
            """
            CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT) ;
            CREATE TABLE "__EFMigrationsLock" (id INT);
            CREATE TABLE "__migrator_history" (id INT);
            CREATE TABLE "__Migrator_anything" (id INT);
            CREATE VIRTUAL TABLE "s" USING fts5(Body, tokenize = 'porter');
            CREATE TABLE strict (id INT) STRICT;
            ANALYZE;
            """
        );

        Assert.That(
            schema.Tables.Select(table => (table.Name, table.Traits)),
            Is.EqualTo(
                new[]
                {
                    ("s", "create virtual table s using fts5 ( body , tokenize = 'porter' )"),
                    ("strict", "STRICT"),
                    ("t", "AUTOINCREMENT"),
                }
            )
        );
    }

    [Test]
    public void Read_takes_views_that_cannot_be_used_and_tables_whose_functions_are_not_there()
    {
        using var withoutFunctions = new SqliteConnection("Data Source=:memory:;Pooling=False");
        withoutFunctions.Open();
        _connection.CreateFunction("ours", (long value) => value, isDeterministic: true);

        var schema = Read(
            """
            CREATE TABLE t (a INT CHECK (ours(a) > 0), b AS (ours(a)));
            CREATE INDEX i ON t (ours(a)) WHERE ours(a) > 1;
            CREATE VIEW v AS SELECT ours(a) FROM not_there;
            """
        );
        _connection.BackupDatabase(withoutFunctions);

        Assert.That(Text(SqliteSchema.Read(withoutFunctions, [])), Is.EqualTo(Text(schema)));
        Assert.That(schema.Views.Single().Definition, Is.EqualTo("create view v as select ours ( a ) from not_there"));
    }

    [Test]
    public void Read_takes_virtual_tables_whose_module_is_not_there()
    {
        var schema = Read(
            """
            CREATE TABLE t (a INT);
            PRAGMA writable_schema = ON;
            INSERT INTO sqlite_master VALUES ('table', 'places', 'places', 0, 'CREATE VIRTUAL TABLE places USING atlas(x)');
            PRAGMA writable_schema = RESET;
            """
        );

        Assert.That(schema.Tables.Select(table => table.Name), Is.EqualTo(new[] { "places", "t" }));
        Assert.That(schema.Find("places")!.Traits, Is.EqualTo("create virtual table places using atlas ( x )"));
    }

    [Test]
    public void Read_gives_the_same_for_what_SQLite_has_rewritten_itself()
    {
        var direct = Text(
            Read(
                "CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT NULL); CREATE TABLE u (t_id INT REFERENCES t (id));"
            )
        );
        Close();
        Open();

        var rewritten = Read(
            """
            CREATE TABLE "old" ("id" INTEGER PRIMARY KEY, dropped INT);
            CREATE TABLE u (t_id INT REFERENCES "old" ("id"));
            ALTER TABLE old RENAME TO "t";
            ALTER TABLE t DROP COLUMN dropped;
            ALTER TABLE t ADD COLUMN "called" TEXT;
            ALTER TABLE t RENAME COLUMN called TO [name];
            """
        );

        Assert.That(Text(rewritten), Is.EqualTo(direct));
    }

    private DatabaseSchema Read(string sql)
    {
        _connection.Execute(sql);
        return SqliteSchema.Read(_connection, []);
    }

    private TableSchema ReadOnly(string sql) => Read(sql).Tables.Single();

    private static string Text(DatabaseSchema schema) => System.Text.Json.JsonSerializer.Serialize(schema);
}
