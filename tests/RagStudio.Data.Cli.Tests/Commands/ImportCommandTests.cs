using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Cli.Tests;

[TestFixture]
internal sealed class ImportCommandTests : CliTest
{
    [Test]
    public async Task Import_writes_documents_chunks_and_events()
    {
        await MigrateAsync();
        var first = Write("notes/a.md", "# The title\n\none two three four five");
        Write("notes/sub/b.txt", "six");
        var result = await ImportAsync("--chunk-size", "4", "--chunk-overlap", "1");
        var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(first)));
        Assert.Multiple(() =>
        {
            Assert.That(
                result.OutLines,
                Has.Length.EqualTo(1).And.All.StartsWith("Imported 2 documents with 4 chunks (")
            );
            Assert.That(
                Database.Strings(
                    AppMeta,
                    "SELECT source_path || '|' || title || '|' || chunk_count FROM documents ORDER BY 1"
                ),
                Is.EqualTo(new[] { "a.md|The title|3", "sub/b.txt|b|1" })
            );
            Assert.That(
                Database.Count(AppMeta, "documents", $"content_hash = '{hash}' AND size_bytes = 36"),
                Is.EqualTo(1)
            );
            Assert.That(
                Database.Strings(AppMeta, "SELECT content FROM document_chunks ORDER BY token_count < 2, chunk_index"),
                Is.EqualTo(new[] { "# The title\n\none", "one two three four", "four five", "six" })
            );
            Assert.That(
                Database.Strings(AppMeta, "SELECT content_hash FROM document_chunks WHERE content = 'six'"),
                Is.EqualTo(new[] { Convert.ToHexStringLower(SHA256.HashData("six"u8)) })
            );
            Assert.That(
                Database.Scalar(AppMeta, "SELECT SUM(token_count) FROM document_chunks"),
                Is.EqualTo(4 + 4 + 2 + 1)
            );
        });
    }

    [Test]
    public async Task Import_tells_of_every_document_in_the_stream_of_its_knowledge_base()
    {
        await MigrateAsync();
        Write("notes/a.txt", "a secret text");
        await ImportAsync();
        var kb = Database.Scalar(AppMeta, "SELECT id FROM knowledge_bases WHERE name = 'notes'");
        var document = Database.Scalar(AppMeta, "SELECT id FROM documents");
        Assert.Multiple(() =>
        {
            Assert.That(
                Database.Strings(Events, "SELECT sequence_number || ' ' || event_type FROM events ORDER BY id"),
                Is.EqualTo(new[] { "1 knowledge_base.created", "2 document.imported" })
            );
            Assert.That(
                Database.Count(Events, "events", $"aggregate_id = '{kb}' AND event_data ->> '$.kb_id' = '{kb}'"),
                Is.EqualTo(2)
            );
            Assert.That(
                Database.Count(Events, "events", $"event_data ->> '$.document_id' = '{document}'"),
                Is.EqualTo(1)
            );
            Assert.That(Database.Count(Events, "events", "event_data LIKE '%secret%'"), Is.Zero);
        });
    }

    [Test]
    public async Task Import_takes_two_thousand_files_and_skips_them_all_the_second_time()
    {
        await MigrateAsync();
        var words = WriteFiles(2000);
        var first = (await ImportAsync("--json", "--chunk-size", "100", "--chunk-overlap", "0")).Json;
        var second = (await ImportAsync("--json")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(first.GetProperty("imported").GetInt32(), Is.EqualTo(2000));
            Assert.That(second.GetProperty("imported").GetInt32(), Is.Zero);
            Assert.That(second.GetProperty("skipped").GetInt32(), Is.EqualTo(2000));
            Assert.That(Database.Count(AppMeta, "documents"), Is.EqualTo(2000));
            Assert.That(Database.Count(AppMeta, "document_chunks"), Is.EqualTo(first.GetProperty("chunks").GetInt64()));
            Assert.That(Database.Scalar(AppMeta, "SELECT SUM(token_count) FROM document_chunks"), Is.EqualTo(words));
            Assert.That(Database.Count(Events, "events"), Is.EqualTo(2001));
            Assert.That(Database.Scalar(Events, "SELECT MAX(sequence_number) FROM events"), Is.EqualTo(2001));
        });
    }

    [Test]
    public async Task Import_prints_one_document_with_the_promised_names()
    {
        await MigrateAsync();
        Write("notes/a.txt", "same");
        Write("notes/b.txt", "same");
        var json = (await ImportAsync("--json")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(
                json.EnumerateObject().Select(property => property.Name),
                Is.SupersetOf(
                    new[]
                    {
                        "knowledgeBase",
                        "files",
                        "imported",
                        "skipped",
                        "chunks",
                        "bytes",
                        "unreadable",
                        "totalDurationMs",
                    }
                )
            );
            Assert.That(json.GetProperty("knowledgeBase").GetString(), Is.EqualTo("notes"));
            Assert.That(json.GetProperty("files").GetInt32(), Is.EqualTo(2));
            Assert.That(json.GetProperty("imported").GetInt32(), Is.EqualTo(1));
            Assert.That(json.GetProperty("skipped").GetInt32(), Is.EqualTo(1));
            Assert.That(json.GetProperty("bytes").GetInt64(), Is.EqualTo(4));
        });
    }

    [Test]
    public async Task Import_adds_only_what_is_new_to_a_knowledge_base_and_all_of_it_to_another()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        await ImportAsync();
        Write("notes/b.txt", "two");
        var again = (await ImportAsync("--json")).Json;
        var other = (await RunAsync("import", "notes", "-k", "other", "--json")).Json;
        Assert.Multiple(() =>
        {
            Assert.That(again.GetProperty("imported").GetInt32(), Is.EqualTo(1));
            Assert.That(other.GetProperty("imported").GetInt32(), Is.EqualTo(2));
            Assert.That(Database.Count(AppMeta, "knowledge_bases"), Is.EqualTo(2));
        });
    }

    [Test]
    public async Task Import_completes_one_that_was_killed_between_documents_and_events()
    {
        await MigrateAsync();
        WriteFiles(250);
        await ImportAsync();
        Database.Execute(Events, "DELETE FROM events WHERE sequence_number > 151");
        var result = (await ImportAsync("--json")).Json;
        var ids = Database.Strings(AppMeta, "SELECT id FROM documents ORDER BY id");
        Assert.Multiple(() =>
        {
            Assert.That(result.GetProperty("imported").GetInt32(), Is.Zero);
            Assert.That(result.GetProperty("repairedEvents").GetInt32(), Is.EqualTo(100));
            Assert.That(
                Database.Strings(
                    Events,
                    "SELECT event_data ->> '$.document_id' FROM events WHERE sequence_number > 1 ORDER BY 1"
                ),
                Is.EqualTo(ids)
            );
            Assert.That(Database.Scalar(Events, "SELECT MAX(sequence_number) FROM events"), Is.EqualTo(251));
        });
    }

    [Test]
    public async Task Import_completes_one_that_was_killed_after_the_knowledge_base_was_made()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        await ImportAsync();
        Database.Execute(Events, "DELETE FROM events");
        Database.Execute(AppMeta, "DELETE FROM documents");
        await ImportAsync();
        Assert.That(
            Database.Strings(Events, "SELECT sequence_number || ' ' || event_type FROM events ORDER BY id"),
            Is.EqualTo(new[] { "1 knowledge_base.created", "2 document.imported" })
        );
    }

    [Test]
    public async Task Import_refuses_a_folder_with_an_unreadable_file_and_writes_nothing()
    {
        await MigrateAsync();
        Write("notes/good.txt", "good");
        File.WriteAllBytes(PathTo("notes", "bad.txt"), [.. "Gr"u8, 0xFC, .. "n"u8]);
        var before = FolderImage.Of(DataDirectory);
        var result = await ImportAsync();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(
                result.ErrorLines,
                Is.EqualTo(
                    new[]
                    {
                        "error: 'bad.txt' cannot be imported: it is not valid UTF-8 text. "
                            + "Nothing was imported; pass --skip-unreadable to skip it.",
                    }
                )
            );
            Assert.That(FolderImage.Of(DataDirectory), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Import_names_the_first_twenty_of_many_unreadable_files()
    {
        await MigrateAsync();
        for (var i = 0; i < 25; i++)
        {
            Write($"notes/{i:00}.txt", "\0");
        }
        var result = await ImportAsync();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(22));
            Assert.That(result.ErrorLines[20], Is.EqualTo("error: ... and 5 more"));
            Assert.That(result.ErrorLines[21], Does.StartWith("error: 25 files cannot be imported."));
        });
    }

    [Test]
    public async Task Import_leaves_unreadable_files_out_when_it_is_told_to()
    {
        await MigrateAsync();
        Write("notes/good.txt", "good");
        Write("notes/bad.txt", "\0");
        var result = await ImportAsync("--skip-unreadable", "--json");
        var unreadable = result.Json.GetProperty("unreadable");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done), result.Error);
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.StartsWith("warning: 'bad.txt' cannot"));
            Assert.That(unreadable[0].GetProperty("path").GetString(), Is.EqualTo("bad.txt"));
            Assert.That(
                Database.Strings(AppMeta, "SELECT source_path FROM documents"),
                Is.EqualTo(new[] { "good.txt" })
            );
        });
    }

    [TestCase("nowhere", "there is no folder")]
    [TestCase("file.txt", "is a file: name the folder")]
    [TestCase("", "the folder to import is empty")]
    public async Task Import_refuses_what_is_no_folder(string folder, string message)
    {
        await MigrateAsync();
        Write("file.txt", "text");
        var before = FolderImage.Of(DataDirectory);
        var result = await RunAsync("import", folder, "-k", "notes");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains(message));
            Assert.That(FolderImage.Of(DataDirectory), Is.EqualTo(before));
        });
    }

    [Test]
    public async Task Import_before_the_first_migration_ends_with_3_and_makes_nothing()
    {
        Write("notes/a.txt", "one");
        var result = await ImportAsync();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Pending));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("Run 'ragstudio-db migrate' first."));
            Assert.That(DataDirectory, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Import_of_a_folder_without_texts_warns_and_makes_no_knowledge_base()
    {
        await MigrateAsync();
        Write("notes/picture.png", "x");
        var result = await ImportAsync();
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Done));
            Assert.That(result.ErrorLines, Has.Length.EqualTo(1).And.All.StartsWith("warning: there is no .txt"));
            Assert.That(Database.Count(AppMeta, "knowledge_bases"), Is.Zero);
        });
    }

    [TestCase("--chunk-size", "10", "the chunk size 512, not 10")]
    [TestCase("--chunk-overlap", "10", "the chunk overlap 50, not 10")]
    [TestCase("--embedder-model", "other", "the embedder model all-MiniLM-L6-v2, not other")]
    public async Task Import_refuses_settings_that_the_knowledge_base_does_not_have(
        string option,
        string value,
        string message
    )
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        await ImportAsync();
        Write("notes/b.txt", "two");
        var result = await ImportAsync(option, value);
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.Error, Does.Contain(message));
            Assert.That(Database.Count(AppMeta, "documents"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Import_refuses_an_overlap_that_is_not_smaller_than_the_chunk()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        var result = await ImportAsync("--chunk-size", "10", "--chunk-overlap", "10");
        Assert.Multiple(() =>
        {
            Assert.That(result.Code, Is.EqualTo(ExitCode.Usage));
            Assert.That(result.Error, Does.Contain("chunks of 10 words cannot overlap by 10"));
            Assert.That(Database.Count(AppMeta, "knowledge_bases"), Is.Zero);
        });
    }

    [Test]
    public async Task Import_refuses_to_be_limited_to_one_database()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        var result = await ImportAsync("--database", "app_meta");
        Assert.That((result.Code, result.ErrorLines.Length), Is.EqualTo((ExitCode.Usage, 1)));
    }

    [Test]
    public async Task Import_works_in_single_database_mode()
    {
        await MigrateAsync("--single-database");
        Write("notes/a.txt", "one");
        await ImportAsync("--single-database");
        Assert.Multiple(() =>
        {
            Assert.That(Database.Count(AppMeta, "documents"), Is.EqualTo(1));
            Assert.That(Database.Count(AppMeta, "events"), Is.EqualTo(2));
            Assert.That(Events, Does.Not.Exist);
        });
    }

    [Test]
    public async Task Import_while_another_program_writes_ends_with_8_and_can_be_run_again()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        CliResult locked;
        using (var other = Database.Open(AppMeta))
        {
            other.Execute("BEGIN IMMEDIATE");
            locked = await ImportAsync("--lock-timeout", "0.2");
        }
        var again = await ImportAsync();
        Assert.Multiple(() =>
        {
            Assert.That(locked.Code, Is.EqualTo(ExitCode.Locked));
            Assert.That(locked.ErrorLines, Has.Length.EqualTo(1).And.All.Contains("locked"));
            Assert.That(again.Code, Is.EqualTo(ExitCode.Done), again.Error);
            Assert.That(Database.Count(AppMeta, "documents"), Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Import_keeps_its_rows_through_a_later_migration()
    {
        await MigrateAsync();
        Write("notes/a.txt", "one");
        await ImportAsync();
        Database.Execute(Events, "DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%IndexEventReferences'");
        var migrated = await RunAsync("migrate", "--json");
        var backup = migrated.Json.GetProperty("backupId").GetString()!;
        Assert.Multiple(() =>
        {
            Assert.That(migrated.Code, Is.EqualTo(ExitCode.Done), migrated.Error);
            Assert.That(Database.Count(AppMeta, "documents"), Is.EqualTo(1));
            Assert.That(Database.Count(Events, "events"), Is.EqualTo(2));
            Assert.That(Database.Count(PathTo("data", "backups", backup, "events.db"), "events"), Is.EqualTo(2));
        });
    }

    private Task<CliResult> ImportAsync(params string[] options) =>
        RunAsync(["import", "notes", "--knowledge-base", "notes", .. options]);

    /// <summary>Writes files of different length and content.</summary>
    /// <returns>The total number of their words.</returns>
    private long WriteFiles(int count)
    {
        var words = 0L;
        for (var file = 0; file < count; file++)
        {
            var length = 1 + file % 350;
            var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"file{file}");
            for (var word = 1; word < length; word++)
            {
                text.Append(CultureInfo.InvariantCulture, $" wörter{word * file % 977}");
            }
            Write($"notes/{file % 20:00}/{file:0000}.txt", text.ToString());
            words += length;
        }
        return words;
    }
}
