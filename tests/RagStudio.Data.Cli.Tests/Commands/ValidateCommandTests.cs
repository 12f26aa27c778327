using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ValidateCommandTests : CliTest
{
    private const string SomeTime = "2026-01-01T00:00:00.0000000Z";

    [SetUp]
    public async Task ImportSomeDocuments()
    {
        for (var i = 0; i < 3; i++)
        {
            Write(
                $"notes/{i}.txt",
                string.Join(' ', Enumerable.Range(0, 2000).Select(word => $"word{word * (i + 1)}"))
            );
        }
        await MigrateAsync();
        Assert.That((await RunAsync("import", "notes", "--knowledge-base", "notes")).Code, Is.EqualTo(ExitCode.Done));
        // An idle connection of the import would keep its WAL, and keep other programs from acquiring an
        // exclusive lock.
        SqliteConnection.ClearAllPools();
    }

    [Test]
    public async Task Sound_databases_have_no_error_and_nothing_is_written()
    {
        var before = FolderImage.Of(Folder);

        var result = await RunAsync("validate", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.Json.Names(), Is.EqualTo(new[] { "valid", "reports" }));
            Assert.That(result.Json.GetProperty("valid").GetBoolean());
            Assert.That(Errors(result), Is.Empty);
            Assert.That(
                Reports(result).Select(report => report.GetProperty("database").GetString()),
                Is.EqualTo(new[] { "app_meta", "events", "app_meta+events" })
            );
            Assert.That(
                Reports(result)[0].Names(),
                Is.EqualTo(new[] { "database", "errors", "errorCount", "warnings", "checksPerformed", "durationMs" })
            );
            Assert.That(
                Reports(result).Select(report => report.GetProperty("checksPerformed").GetInt32()),
                Is.All.Positive
            );
            Assert.That(FolderImage.Of(Folder), Is.EqualTo(before));
        });
    }

    [TestCase("--quick")]
    [TestCase("--full")]
    [TestCase("--database", "events")]
    [TestCase("--database", "app_meta")]
    public async Task Sound_databases_have_no_error_however_they_are_checked(params string[] options)
    {
        var result = await RunAsync(["validate", .. options]);

        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
        Assert.That(result.OutLines[^1], Is.EqualTo("No errors found."));
    }

    [Test]
    public async Task A_single_file_with_both_databases_has_no_error()
    {
        Assert.That(
            (await RunAsync("migrate", "--single-database", "--data-dir", "one")).Code,
            Is.EqualTo(ExitCode.Done)
        );

        var result = await RunAsync("validate", "--single-database", "--data-dir", "one", "--json");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Out);
    }

    [TestCase(
        "app_meta",
        "DELETE FROM knowledge_bases",
        "orphanedRecord",
        "documents",
        3,
        TestName = "A parent row that is gone"
    )]
    [TestCase(
        "app_meta",
        "DROP INDEX \"IX_documents_kb_id\"",
        "schemaMismatch",
        "documents",
        1,
        TestName = "An index that is gone"
    )]
    [TestCase(
        "app_meta",
        "ALTER TABLE tools ADD COLUMN mine TEXT",
        "schemaMismatch",
        "tools",
        1,
        TestName = "A column that was added by hand"
    )]
    [TestCase("app_meta", "DROP TABLE flows", "missingTable", "flows", 1, TestName = "A table that is gone")]
    [TestCase(
        "events",
        "DELETE FROM events WHERE sequence_number = 2",
        "sequenceGap",
        "events",
        1,
        TestName = "A gap in a sequence"
    )]
    [TestCase(
        "events",
        "UPDATE events SET event_type = 'other' WHERE sequence_number = 2",
        "checksumMismatch",
        "events",
        1,
        TestName = "An event that was edited"
    )]
    [TestCase(
        "app_meta",
        "PRAGMA ignore_check_constraints = ON; UPDATE documents SET metadata = '{no' WHERE id = (SELECT min(id) FROM documents)",
        "invalidJson",
        "documents",
        1,
        TestName = "A text that is no JSON"
    )]
    [TestCase(
        "app_meta",
        "UPDATE __migrator_history SET detail = 'mine' WHERE id = 3",
        "historyTampered",
        "__migrator_history",
        1,
        TestName = "A line of the history that was edited"
    )]
    public async Task Damage_is_found_and_named_once(string database, string sql, string kind, string table, int count)
    {
        Database.Execute(PathTo("data", database + ".db"), $"PRAGMA foreign_keys = OFF; {sql}");

        var result = await RunAsync("validate", "--json");

        var errors = Errors(result).Where(error => (error.Kind, error.Table) == (kind, table)).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Invalid), result.Out);
            Assert.That(errors, Has.Length.EqualTo(count), result.Out);
            Assert.That(errors.Select(error => error.Detail).Distinct().Count(), Is.EqualTo(count));
        });
    }

    [Test]
    public async Task A_duplicate_number_is_found_and_named_once()
    {
        Database.Execute(
            Events,
            """
            DROP INDEX "IX_events_aggregate_id_aggregate_type_sequence_number";
            UPDATE events SET sequence_number = 2 WHERE sequence_number = 3
            """
        );

        var result = await RunAsync("validate", "--json");

        var gaps = Errors(result).Where(error => error.Kind == "sequenceGap").Select(error => error.Detail).ToArray();
        Assert.That(gaps, Has.Length.EqualTo(2), "2 twice, and 3 not at all");
        Assert.That(gaps, Has.One.EndsWith("repeats sequence_number 2").And.One.EndsWith("3 is not there"));
    }

    [Test]
    public async Task A_sequence_that_begins_with_another_number_is_found_and_named_once()
    {
        Database.Execute(Events, "DELETE FROM events WHERE sequence_number = 1");

        var result = await RunAsync("validate", "--json");

        Assert.That(Errors(result).Count(error => error.Kind == "sequenceGap"), Is.EqualTo(1), result.Out);
    }

    [Test]
    public async Task An_event_of_a_knowledge_base_that_is_in_no_database_is_named_with_it()
    {
        // Without a foreign key's cascade, so only the knowledge base is deleted.
        var id = (string)Database.Scalar(AppMeta, "SELECT id FROM knowledge_bases")!;
        Database.Execute(AppMeta, "PRAGMA foreign_keys = ON; DELETE FROM knowledge_bases");

        var result = await RunAsync("validate", "--json");

        var across = Errors(result).Where(error => error.Kind == "crossDatabaseConstraintViolation").ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Invalid));
            Assert.That(across, Has.Length.EqualTo(4), "one that creates it, three that import");
            Assert.That(across.Select(error => error.Table), Is.All.EqualTo("events"));
            Assert.That(across.Select(error => error.Detail), Is.All.Contains(id));
            Assert.That(Errors(result), Has.Length.EqualTo(4), result.Out);
        });
    }

    [Test]
    public async Task Only_the_first_twenty_of_a_kind_are_named_and_all_are_counted()
    {
        Database.Execute(
            AppMeta,
            $"""
            PRAGMA foreign_keys = OFF;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
            INSERT INTO documents (id, kb_id, title, source_path, content_hash, created_at, updated_at)
            SELECT 'lost' || i, 'gone', 't', 'p' || i, 'h' || i, '{SomeTime}', '{SomeTime}' FROM n
            """
        );

        var result = await RunAsync("validate", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(Errors(result), Has.Length.EqualTo(20));
            Assert.That(Reports(result)[0].GetProperty("errorCount").GetInt64(), Is.EqualTo(50));
        });
    }

    [Test]
    public async Task A_file_whose_pages_were_overwritten_has_an_error_of_its_structure()
    {
        using (var file = new FileStream(AppMeta, FileMode.Open, FileAccess.ReadWrite))
        {
            var page = new byte[4096];
            Random.Shared.NextBytes(page);
            file.Seek(8 * page.Length, SeekOrigin.Begin);
            file.Write(page);
        }

        var result = await RunAsync("validate", "--json");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Invalid), result.Error);
        Assert.That(Errors(result).Select(error => error.Kind), Does.Contain("integrity").And.All.EqualTo("integrity"));
    }

    [Test]
    public async Task A_file_that_is_no_database_is_an_error_and_the_other_is_checked()
    {
        await File.WriteAllTextAsync(Events, "not a database, but long enough to be taken for one by its size alone");

        var result = await RunAsync("validate", "--json");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Invalid), result.Error);
        Assert.That(Errors(result).Select(error => error.Kind), Is.EqualTo(new[] { "integrity" }));
        Assert.That(Reports(result)[0].GetProperty("checksPerformed").GetInt32(), Is.GreaterThan(3));
    }

    [Test]
    public async Task Without_a_database_it_ends_with_3_and_makes_none()
    {
        var result = await RunAsync("validate", "--data-dir", "elsewhere");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Pending));
        Assert.That(result.Error, Does.Contain("there is no database in"));
        Assert.That(PathTo("elsewhere"), Does.Not.Exist);
    }

    [Test]
    public async Task People_get_the_first_errors_and_what_to_do()
    {
        Database.Execute(AppMeta, "PRAGMA foreign_keys = OFF; DELETE FROM knowledge_bases");

        var result = await RunAsync("validate");

        Assert.Multiple(() =>
        {
            Assert.That(result.OutLines[0], Does.Match("^DATABASE +CHECKS +ERRORS +WARNINGS +TOOK$"));
            Assert.That(result.OutLines, Has.Some.Match("^app_meta: row .* of 'documents': kb_id refers to"));
            Assert.That(result.ErrorLines[^1], Does.Match("^error: \\d+ errors found. Nothing was changed."));
        });
    }

    [Test]
    public async Task Two_depths_at_once_are_a_usage_error()
    {
        var result = await RunAsync("validate", "--full", "--quick");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
    }

    [Test]
    public async Task A_database_that_another_program_holds_for_itself_is_locked()
    {
        using var other = Database.Open(AppMeta);
        other.Execute("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT");

        var result = await RunAsync("validate");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Locked), result.Error);
    }

    [Test]
    public async Task It_works_beside_a_program_in_the_middle_of_a_write()
    {
        using var other = Database.Open(AppMeta);
        other.Execute("BEGIN IMMEDIATE; DELETE FROM documents");

        var result = await RunAsync("validate");

        Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
    }

    private static JsonElement[] Reports(CliResult result) => [.. result.Json.GetProperty("reports").EnumerateArray()];

    private static (string Kind, string? Table, string? Id, string Detail)[] Errors(CliResult result) =>
        [
            .. Reports(result)
                .SelectMany(report => report.GetProperty("errors").EnumerateArray())
                .Select(error =>
                    (
                        error.GetProperty("kind").GetString()!,
                        error.GetProperty("table").GetString(),
                        error.GetProperty("id").GetString(),
                        error.GetProperty("detail").GetString()!
                    )
                ),
        ];
}
