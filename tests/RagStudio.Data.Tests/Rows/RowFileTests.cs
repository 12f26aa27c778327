using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using static RagStudio.Data.Tests.EventStreams;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

internal sealed class RowFileTests
{
    private const string Time = "2026-03-01T12:00:00.0000000Z";
    private const string Odd = """{ "kb_id" : "é\u00e9\u0000 \"<&>' 😀", "n":1.50 , "n" :2}""";

    private ServerDatabase? _server;

    [OneTimeTearDown]
    public Task DropServerDatabase() => _server?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    [Test]
    public async Task Rows_come_back_line_by_line_and_events_byte_for_byte([Values] Layout from, [Values] Layout to)
    {
        using var source = await CreateAsync(from);
        await FillAsync(source);
        var (lines, exported) = await ExportAsync(source);
        var events = await source.EventStore.ReadAllAsync().ToListAsync();

        using var target = await CreateAsync(to);
        var imported = await ImportAsync(target, lines);
        var (again, _) = await ExportAsync(target);

        Assert.Multiple(() =>
        {
            Assert.That(
                exported.Rows,
                Has.Count.EqualTo(12).And.All.Matches<KeyValuePair<string, long>>(one => one.Value > 0)
            );
            Assert.That(imported.Rows, Is.EquivalentTo(exported.Rows));
            Assert.That(imported.Sha256, Is.EqualTo(exported.Sha256));
            Assert.That(again[..^1].Select(Plain), Is.EqualTo(lines[..^1].Select(Plain)));
            Assert.That(lines.Count(line => line.Contains(Time, StringComparison.Ordinal)), Is.GreaterThan(5));
        });
        var read = await target.EventStore.ReadAllAsync().ToListAsync();
        Assert.That(
            read.Select(one => (one.EventData, one.Checksum)),
            Is.EqualTo(events.Select(one => (one.EventData, one.Checksum)))
        );
        Assert.That(read[0].EventData, Is.EqualTo(Odd));

        // The counters go on behind what was imported.
        await target.EventStore.AppendAsync(OtherKb, [Event()]);
        await new SettingsRepository(target.AppMeta, target.Time).SetAsync("new", 1);
        Assert.That((await target.EventStore.ReadAllAsync().ToListAsync())[^1].Id, Is.GreaterThan(events[^1].Id));
        Assert.That(target.CountInAppMeta("settings"), Is.EqualTo(exported.Rows["settings"] + 1));
    }

    [Test]
    public async Task A_faulty_file_leaves_the_target_empty([Values] Layout to)
    {
        using var source = await CreateAsync(Layout.TwoFiles);
        await FillAsync(source);
        var (lines, _) = await ExportAsync(source);
        using var target = await CreateAsync(to);
        var document = Array.FindIndex(
            lines,
            line => line.StartsWith("""{"table":"documents""", StringComparison.Ordinal)
        );
        var stored = Array.FindIndex(lines, line => line.StartsWith("""{"table":"events""", StringComparison.Ordinal));

        var faults = new (string Fault, string[] Lines, long Line, string Says)[]
        {
            ("cut", lines[..^1], lines.Length, "was cut"),
            ("cut before the header", [], 1, "was cut"),
            ("more", [.. lines, lines[^2]], lines.Length + 1, "after the end"),
            ("a changed byte", Changed(document, "Document h", "Document g"), lines.Length, "was altered"),
            ("no JSON", Changed(document, "{\"table\"", "{secret\"table\""), document + 1, "byte 2"),
            ("another format", Sealed(0, "ragstudio-rows", "secret"), 1, "not say that this is a file"),
            ("another version", Sealed(0, "\"version\":1", "\"version\":2"), 1, "another version than 1"),
            ("an unknown column", Sealed(0, "\"title\"", "\"title\",\"extra\""), 1, "Unknown here: extra"),
            ("a missing column", Sealed(0, ",\"title\"", ""), 1, "missing in the file: title"),
            ("an unknown table", Sealed(0, "\"flows\"", "\"flaws\""), 1, "Unknown here: flaws"),
            (
                "a row of an unknown table",
                Sealed(document, "\"documents\"", "\"doc\""),
                document + 1,
                "table doc is not"
            ),
            (
                "one column too many",
                Sealed(document, "\"title\"", "\"secret\":1,\"title\""),
                document + 1,
                "columns that are not"
            ),
            (
                "one too few",
                Sealed(document, "\"title\":\"Document h\",", ""),
                document + 1,
                "documents.title is missing"
            ),
            ("one twice", Sealed(document, "\"title\"", "\"id\":\"secret\",\"title\""), document + 1, "twice"),
            (
                "another type",
                Sealed(document, "\"size_bytes\":1000", "\"size_bytes\":\"secret\""),
                document + 1,
                "size_bytes must be a whole number of 64"
            ),
            (
                "a large number",
                Sealed(document, "\"chunk_count\":2", "\"chunk_count\":2147483648"),
                document + 1,
                "chunk_count must be a whole number of 32"
            ),
            ("half a character", Sealed(document, "Document h", "secret\\ud800"), document + 1, "title must be text"),
            ("a null", Sealed(document, "\"Document h\"", "null"), document + 1, "title must not be null"),
            ("another time", Sealed(document, Time, "2026-03-01 secret"), document + 1, "_at must be a time"),
            ("a position that is none", Sealed(stored, "\"id\":1,", "\"id\":0,"), stored + 1, "events.id must be"),
            (
                "no JSON in a column",
                Sealed(document, "\"metadata\":null", "\"metadata\":\"secret\""),
                document + 1,
                "refuses the row of documents (InvalidValue)"
            ),
            (
                "a missing parent",
                Resealed(
                    [
                        .. lines.Where(line =>
                            !line.Contains("\"knowledge_bases\",\"row\"", StringComparison.Ordinal)
                            && !line.StartsWith("{\"table\":\"knowledge_bases", StringComparison.Ordinal)
                        ),
                    ],
                    "knowledge_bases",
                    0
                ),
                0,
                "(ForeignKey)"
            ),
            (
                "a key twice",
                Resealed([.. lines[..document], lines[document], .. lines[document..]], "documents", 2),
                document + 2,
                "(ExistingKey)"
            ),
            (
                "a wrong checksum",
                Sealed(stored, "\"event_type\":\"odd\"", "\"event_type\":\"secret\""),
                lines.Length,
                "do not match their checksums; the first is at position 1"
            ),
        };

        foreach (var (fault, faulty, line, says) in faults)
        {
            var failure = Assert.ThrowsAsync<RowFileException>(() => ImportAsync(target, faulty), fault);
            Assert.Multiple(() =>
            {
                Assert.That(failure.Message, Does.Contain(says).And.Not.Contain("secret"), fault);
                Assert.That(failure.Line, line == 0 ? Is.GreaterThan(1) : Is.EqualTo(line), fault);
                Assert.That(failure.ToString(), Does.Not.Contain("secret"), fault);
                Assert.That(Counts(target), Is.EqualTo(("settings 4", 0L)), fault);
            });
        }
        // Without its last byte: a line that does not end.
        var bytes = Bytes(lines);
        using var cut = new MemoryStream(bytes[..^1]);
        Assert.ThrowsAsync<RowFileException>(() => new RowImport(target.Transactions).ImportAsync(cut));
        Assert.That(Counts(target), Is.EqualTo(("settings 4", 0L)));
        await ImportAsync(target, lines);

        string[] Changed(int line, string from, string to)
        {
            Assert.That(lines[line], Does.Contain(from));
            return [.. lines[..line], lines[line].Replace(from, to, StringComparison.Ordinal), .. lines[(line + 1)..]];
        }

        string[] Sealed(int line, string from, string to) => Resealed(Changed(line, from, to));
    }

    [Test]
    public async Task Tables_with_rows_are_refused_and_keep_them([Values] Layout to)
    {
        using var source = await CreateAsync(Layout.TwoFiles);
        var (lines, _) = await ExportAsync(source);
        using var target = await CreateAsync(to);
        await target.EventStore.AppendAsync(Kb, Events(1));
        await new SettingsRepository(target.AppMeta, target.Time).SetAsync("retrieval.top_k", 9);

        var refused = Assert.ThrowsAsync<DatabaseNotEmptyException>(() => ImportAsync(target, lines));

        Assert.That(refused.Tables, Is.EqualTo(new[] { "settings", "events" }));
        Assert.That(Counts(target), Is.EqualTo(("settings 4", 1L)));
        Assert.That(
            (await new SettingsRepository(target.AppMeta, target.Time).GetAsync<int>("retrieval.top_k"))?.Value,
            Is.EqualTo(9)
        );
    }

    [Test]
    public async Task An_export_shows_one_moment_whatever_others_write_meanwhile([Values] Layout layout)
    {
        using var data = await CreateAsync(layout);
        await FillAsync(data);
        var before = (await ExportAsync(data)).Lines;

        using var output = new WritingStream(async () => await FillAsync(data, "later"));
        await new RowExport(data.AppMeta, data.Events).ExportAsync(output);

        Assert.That(output.HasWritten, Is.True);
        Assert.That(Encoding.UTF8.GetString(output.ToArray()).Split('\n')[..^1], Is.EqualTo(before));
        Assert.That((await ExportAsync(data)).Lines, Has.Length.GreaterThan(before.Length));
    }

    [Test]
    public async Task An_export_refuses_what_it_would_change()
    {
        using var data = await CreateAsync(Layout.TwoFiles);
        await FillAsync(data);
        using var rows = data.AppMeta.CreateDbContext();
        foreach (
            var (column, value) in new[]
            {
                ("title", "CAST(x'61ff' AS TEXT)"),
                ("size_bytes", "'many'"),
                ("created_at", "'soon'"),
            }
        )
        {
            rows.Execute($"UPDATE documents SET {column} = {value}");
            var failure = Assert.ThrowsAsync<InvalidDataException>(() => ExportAsync(data));
            Assert.That(failure.Message, Does.Contain($"documents.{column}"));
            rows.Execute($"UPDATE documents SET title = '\uFFFD', size_bytes = 1, created_at = '{Time}'");
        }
        Assert.That((await ExportAsync(data)).Totals.Rows["documents"], Is.EqualTo(1));
    }

    /// <summary>Where rows and events are.</summary>
    internal enum Layout
    {
        TwoFiles,
        OneFile,
        Server,
    }

    private async Task<TestDatabases> CreateAsync(Layout layout) =>
        layout == Layout.Server
            ? await TestDatabases.OnServerAsync(_server ??= await ServerDatabase.CreateAsync())
            : TestDatabases.InFiles(singleDatabase: layout == Layout.OneFile);

    /// <summary>At least a row in each table.</summary>
    private static async Task FillAsync(TestDatabases data, string name = "first")
    {
        var bases = new KnowledgeBaseRepository(data.AppMeta, data.Time);
        var kb = await bases.CreateAsync(KnowledgeBase(name));
        await bases.SetHealthScoreAsync(kb.Id, 0.1 + 0.2);
        await new DocumentRepository(data.AppMeta, data.Time).AddAsync([Document(kb.Id, chunks: 2)]);
        var pipeline = await new PipelineRepository(data.AppMeta, data.Time).CreateAsync(Pipeline(name));
        await new PipelineRunRepository(data.AppMeta, data.Time).StartAsync(pipeline.Id, kb.Id);
        await new ToolRepository(data.AppMeta, data.Time).CreateAsync(Tool(name));
        await new FlowRepository(data.AppMeta, data.Time).CreateAsync(Flow(name));
        await new ScheduleRepository(data.AppMeta, data.Time).CreateAsync(
            new()
            {
                Name = name,
                CronExpression = "* * * * *",
                PipelineId = pipeline.Id,
                NextRun = null,
                Enabled = false,
            }
        );
        await new SettingsRepository(data.AppMeta, data.Time).SetAsync(name, "line\nof \"text\" <é😀>");
        await data.EventStore.AppendAsync(new("knowledge_base", name), [new NewEvent("odd", Odd), .. Events(2)]);
        await new SnapshotStore(data.Events, data.Time).SaveAsync(new("knowledge_base", name), 3, """{"a" : 1}""");
        await new CheckpointStore(data.Events, data.Time).AdvanceAsync(name, 2);
    }

    private static async Task<(string[] Lines, RowTotals Totals)> ExportAsync(TestDatabases data)
    {
        using var output = new MemoryStream();
        var totals = await new RowExport(data.AppMeta, data.Events).ExportAsync(output);
        return (Encoding.UTF8.GetString(output.ToArray()).Split('\n')[..^1], totals);
    }

    private static Task<RowTotals> ImportAsync(TestDatabases data, string[] lines) =>
        new RowImport(data.Transactions).ImportAsync(new MemoryStream(Bytes(lines)));

    private static byte[] Bytes(string[] lines) =>
        Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n")));

    /// <summary>With the SHA-256 of its lines, and another number of rows of a table.</summary>
    private static string[] Resealed(string[] lines, string? table = null, int rows = 0)
    {
        var end = JsonNode.Parse(lines[^1])!;
        end["sha256"] = Convert.ToHexStringLower(SHA256.HashData(Bytes(lines[..^1])));
        if (table is not null)
        {
            end["rows"]![table] = rows;
        }
        return [.. lines[..^1], end.ToJsonString()];
    }

    /// <summary>The JSON of app_meta in one format, because the server has its own.</summary>
    private static string Plain(string line)
    {
        var node = JsonNode.Parse(line)!;
        if (node["row"] is JsonObject row && !row.ContainsKey("event_data") && !row.ContainsKey("snapshot_data"))
        {
            foreach (var column in new[] { "metadata", "config", "schema", "definition", "metrics", "artifacts" })
            {
                if (row[column]?.GetValue<string>() is { } json)
                {
                    row[column] = JsonText.Compact(json);
                }
            }
        }
        return node.ToJsonString();
    }

    private static (string, long) Counts(TestDatabases data) =>
        (
            string.Join(
                ' ',
                new[] { "settings", "knowledge_bases", "documents", "flows" }
                    .Select(table => (table, rows: data.CountInAppMeta(table)))
                    .Where(one => one.rows > 0)
                    .Select(one => $"{one.table} {one.rows}")
            ),
            data.CountInEvents("events")
        );

    /// <summary>Writes to the database before the first bytes are taken.</summary>
    private sealed class WritingStream(Func<Task> write) : MemoryStream
    {
        public bool HasWritten { get; private set; }

        public override async ValueTask WriteAsync(
            ReadOnlyMemory<byte> buffer,
            CancellationToken cancellationToken = default
        )
        {
            if (!HasWritten)
            {
                HasWritten = true;
                await write();
            }
            await base.WriteAsync(buffer, cancellationToken);
        }
    }
}
