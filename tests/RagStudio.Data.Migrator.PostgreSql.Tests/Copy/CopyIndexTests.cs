using Microsoft.Data.Sqlite;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Indexes that enforce nothing are created after the rows. Nobody can tell afterwards.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase), Parallelizable(ParallelScope.All)]
public sealed class CopyIndexTests
{
    private CopiedPair _pair = null!;

    [SetUp]
    public async Task Fill_the_files() => _pair = await CopiedPair.CreateAsync();

    [TearDown]
    public async Task Remove_them() => await (_pair?.DisposeAsync() ?? ValueTask.CompletedTask);

    [Test]
    public async Task The_indexes_of_a_server_are_as_before_and_those_that_no_constraint_needs_are_new()
    {
        await CopyHost.Manager(_pair.Server).MigrateAsync();
        await _pair.Database.ExecuteAsync(
            """
            DELETE FROM owners;
            CREATE INDEX new_part ON things ("Day" DESC NULLS LAST) INCLUDE ("Big") WITH (fillfactor = 70) WHERE "Active";
            CREATE INDEX new_expression ON things (lower("Name") COLLATE "C" text_pattern_ops);
            CREATE INDEX new_json ON things USING gin ("Document" jsonb_path_ops) WITH (fastupdate = off);
            CREATE INDEX kept_comment ON things ("Big");
            COMMENT ON INDEX kept_comment IS 'somebody''s';
            CREATE INDEX kept_statistics ON things ((length("Name")));
            ALTER INDEX kept_statistics ALTER COLUMN 1 SET STATISTICS 500;
            CREATE INDEX kept_order ON things ("Ratio");
            ALTER TABLE things CLUSTER ON kept_order;
            CREATE INDEX kept_searched ON log_lines ("Time");
            CREATE FUNCTION look() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM 1 FROM log_lines WHERE "Time" = NEW."Time"; RETURN NEW; END';
            CREATE TRIGGER look BEFORE INSERT ON log_lines FOR EACH ROW EXECUTE FUNCTION look();
            """
        );
        var (before, ids) = (await DumpAsync(), await IdsAsync());

        await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync();

        Assert.That(await DumpAsync(), Is.EqualTo(before));
        var after = await IdsAsync();
        Assert.That(
            ids.Where(pair => after[pair.Key] != pair.Value).Select(pair => pair.Key),
            Is.EquivalentTo(
                new[]
                {
                    "IX_owners_FavoriteId",
                    "IX_things_OwnerId",
                    "IX_things_ParentId",
                    "new_expression",
                    "new_json",
                    "new_part",
                }
            )
        );
    }

    [Test]
    public async Task A_failure_leaves_the_indexes_that_were_there()
    {
        await CopyHost.Manager(_pair.Server).MigrateAsync();
        await _pair.Database.ExecuteAsync(
            """DELETE FROM owners; CREATE INDEX doomed ON things ((1 / ("Big" - 9223372036854775800)))"""
        );
        var (before, ids) = (await DumpAsync(), await IdsAsync());
        var failure = Assert.CatchAsync<MigrationException>(() =>
            CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync()
        )!;
        Assert.That(failure.Message, Does.Contain("division by zero"));
        Assert.That(failure.DataState, Is.EqualTo(DataState.Restored));
        Assert.That((await DumpAsync(), await IdsAsync()), Is.EqualTo((before, ids)));
        Assert.That(await _pair.Database.ScalarAsync<long>("SELECT count(*) FROM things"), Is.Zero);
    }

    [Test]
    public async Task The_schema_of_a_file_is_as_before_and_its_triggers_have_seen_each_row()
    {
        const int Lines = 12_000;
        Execute(
            _pair.Files,
            $"WITH RECURSIVE n(i) AS (SELECT 41 UNION ALL SELECT i + 1 FROM n WHERE i < {Lines}) INSERT INTO log_lines SELECT i, 'time ' || i, '{{}}' FROM n"
        );
        await CopyHost.Copy(_pair.Files, _pair.Server).CopyAsync();
        var back = _pair.NewFolder();
        await CopyHost.Manager(back).MigrateAsync();
        Execute(
            back,
            """
            CREATE INDEX new_part ON log_lines ("Time" COLLATE NOCASE DESC) WHERE "Id" > 7;
            CREATE INDEX new_expression ON log_lines (length("Data"));
            CREATE UNIQUE INDEX kept_unique ON log_lines ("Time");
            CREATE VIRTUAL TABLE found USING fts5("Time", content = 'log_lines', content_rowid = 'Id');
            CREATE TRIGGER find AFTER INSERT ON log_lines BEGIN INSERT INTO found (rowid, "Time") VALUES (new."Id", new."Time"); END;
            """
        );
        _pair.Execute(
            """
            DELETE FROM owners;
            CREATE INDEX kept_searched ON owners ("Id", "FavoriteId");
            CREATE INDEX kept_reference ON things ("ParentId", "Day");
            CREATE INDEX kept_statistics ON things ("Big");
            CREATE INDEX new_plain ON things ("Day");
            CREATE TRIGGER look AFTER INSERT ON things BEGIN SELECT 1 FROM owners WHERE "Id" = new."OwnerId"; END;
            ANALYZE; INSERT INTO sqlite_stat1 VALUES ('things', 'kept_statistics', '20 1');
            """,
            back
        );
        var before = (Read(back, "log.db"), Read(back, "things.db"));

        await CopyHost.Copy(_pair.Server, back).CopyAsync();

        var after = (Read(back, "log.db"), Read(back, "things.db"));
        Assert.That(after.Item1.Definitions, Is.EqualTo(before.Item1.Definitions));
        Assert.That(after.Item2.Definitions, Is.EqualTo(before.Item2.Definitions));
        Assert.That(after.Item1.IndexesAtTheEnd, Is.EquivalentTo(new[] { "new_part", "new_expression" }));
        Assert.That(after.Item2.IndexesAtTheEnd, Is.EqualTo(new[] { "new_plain" }));
        // FTS5 compares its index with each row of the table.
        Execute(back, "INSERT INTO found (found, rank) VALUES ('integrity-check', 1)");
        using var log = Open(back, "log.db");
        using var command = log.CreateCommand();
        command.CommandText = "SELECT count(*) FROM found WHERE found MATCH '\"2026\" OR time'";
        Assert.That(command.ExecuteScalar(), Is.EqualTo(Lines));
    }

    private async Task<string> DumpAsync() =>
        await _pair.Database.ScalarAsync<string>(
            """
            SELECT string_agg(concat_ws(' | ', c.relname, pg_get_indexdef(c.oid), obj_description(c.oid), i.indisclustered,
                c.reloptions, c.reltablespace, c.relowner, (SELECT array_agg(a.attstattarget) FROM pg_attribute a WHERE a.attrelid = c.oid)), E'\n' ORDER BY c.relname)
            FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace
            """
        );

    private async Task<Dictionary<string, string>> IdsAsync() =>
        (
            await _pair.Database.ScalarAsync<string[]>(
                "SELECT array_agg(c.relname || '=' || c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid WHERE c.relnamespace = 'public'::regnamespace"
            )
        )
            .Select(text => text.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);

    private static SqliteConnection Open(string folder, string file)
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=false");
        connection.Open();
        return connection;
    }

    private static void Execute(string folder, string sql)
    {
        using var connection = Open(folder, "log.db");
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <returns>The definitions by name, and the indexes that were created after everything else of the schema.</returns>
    private static (List<string> Definitions, List<string> IndexesAtTheEnd) Read(string folder, string file)
    {
        using var connection = Open(folder, file);
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE '\\_\\_migrator%' ESCAPE '\\' ORDER BY rowid";
        using var reader = command.ExecuteReader();
        var rows = new List<(string Type, string Name, string Text)>();
        while (reader.Read())
        {
            rows.Add((reader.GetString(0), reader.GetString(1), $"{reader[0]} {reader[1]} {reader[2]} {reader[3]}"));
        }
        var last = rows.FindLastIndex(row => row.Type == "trigger");
        return (
            [.. rows.Select(row => row.Text).Order(StringComparer.Ordinal)],
            [.. rows.Skip(last + 1).Where(row => row.Type == "index").Select(row => row.Name)]
        );
    }
}
