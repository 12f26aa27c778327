using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.CrashHost;
using RagStudio.Data.Migrator;
using RagStudio.Data.Testing;

namespace RagStudio.Data.Tests;

/// <summary>RAG Studio is killed while it moves the events, at points spread evenly over the run and at each border of it.</summary>
[Parallelizable(ParallelScope.All)]
[Platform("Linux,MacOsX")]
public sealed class LayoutKillTests
{
    private static readonly string[] Borders =
    [
        RunPoints.JournalBegun,
        "Received",
        "ReceivedDurably",
        "Released",
        RunPoints.JournalValidated,
        RunPoints.JournalEnded,
    ];

    [TestCase(LayoutApplication.Split, true)]
    [TestCase(LayoutApplication.Join, false)]
    public async Task A_move_killed_at_any_point_is_undone_or_done_by_the_next_start(string command, bool wasSingle)
    {
        using var folder = new TemporaryFolder();
        var (prepared, work) = (folder.Combine("prepared"), folder.Combine("work"));
        var expected = await PrepareAsync(prepared, work, wasSingle);
        Copy(prepared, work);
        var points = await LayoutApplication.RunHereAsync(work, command);
        Assert.That(Layout(work).IsSingle, Is.Not.EqualTo(wasSingle));
        Assert.That(Borders.Select(border => $"{border}:1"), Is.SubsetOf(points));

        var (done, undone) = (0, 0);
        foreach (var point in points.Where((point, i) => i % 12 == 5 || Borders.Contains(point.Split(':')[0])))
        {
            Copy(prepared, work);
            using var killed = HostProcess.Start("layout", work, command, point);
            var exit = killed.WaitForExit();
            Assert.That(exit.Code, Is.EqualTo(HostProcess.Killed), $"{point}: {exit.Error}");

            Assert.That(() => LayoutApplication.RunHereAsync(work, LayoutApplication.Start), Throws.Nothing, point);
            var found = Layout(work);
            Assert.That(found.Events, Is.EqualTo(expected), point);
            (done, undone) = found.IsSingle == wasSingle ? (done, undone + 1) : (done + 1, undone);
            await LayoutApplication.RunHereAsync(work, command);
            Assert.That(Layout(work), Is.EqualTo((!wasSingle, expected)), point);
            Assert.That(await FindErrorsAsync(work), Is.Empty, point);
        }
        Assert.That(done, Is.Positive);
        Assert.That(undone, Is.Positive);
    }

    [TestCase(LayoutApplication.Split, true)]
    [TestCase(LayoutApplication.Join, false)]
    public async Task A_program_that_knows_the_layout_from_before_a_move_creates_no_second_store(
        string command,
        bool wasSingle
    )
    {
        using var folder = new TemporaryFolder();
        var work = folder.Combine("work");
        var expected = await PrepareAsync(folder.Combine("prepared"), work, wasSingle);
        var stale = RagStudioMigrator.Create(new RagStudioDataOptions { DataDirectory = work });

        await LayoutApplication.RunHereAsync(work, command);

        Assert.That(
            async () => await stale.MigrateAsync(),
            Throws.TypeOf<PlanRefusedException>().With.Message.Contains("Start the program again")
        );
        Assert.That(Layout(work), Is.EqualTo((!wasSingle, expected)));
    }

    [Test]
    public async Task An_older_file_that_is_put_back_after_a_move_does_not_hide_the_events_since_then()
    {
        using var folder = new TemporaryFolder();
        var (prepared, work) = (folder.Combine("prepared"), folder.Combine("work"));
        var before = await PrepareAsync(prepared, work, single: true);
        await LayoutApplication.RunHereAsync(work, LayoutApplication.Split);
        await AppendEventAsync(work);
        var after = Layout(work).Events;

        File.Delete(Path.Combine(work, "app_meta.db-wal"));
        File.Delete(Path.Combine(work, "app_meta.db-shm"));
        File.Copy(Path.Combine(prepared, "app_meta.db"), Path.Combine(work, "app_meta.db"), overwrite: true);

        Assert.That(
            () => FileOfEvents(work),
            Throws.TypeOf<DatabaseLayoutException>().With.Message.Contains("two event stores, both with rows")
        );
        Assert.That(Layout(work, isSingle: false), Is.EqualTo((false, after)));
        Assert.That(Layout(work, isSingle: true), Is.EqualTo((true, before)));
    }

    private static async Task<string> PrepareAsync(string prepared, string work, bool single)
    {
        Directory.CreateDirectory(work);
        await RagStudioMigrator
            .Create(new RagStudioDataOptions { DataDirectory = work, SingleDatabase = single })
            .MigrateAsync();
        using (var connection = Open(FileOfEvents(work)))
        {
            using var command = connection.CreateCommand();
            command.CommandText = """
                INSERT INTO event_checkpoints VALUES ('p', 7, '2026-01-01T00:00:00.0000000Z');
                CREATE INDEX by_hand ON events (event_type);
                """;
            command.ExecuteNonQuery();
        }
        await AppendEventAsync(work);
        Copy(work, prepared);
        return Layout(work).Events;
    }

    private static async Task AppendEventAsync(string folder)
    {
        var services = new ServiceCollection();
        services.AddRagStudioData(options => options.DataDirectory = folder);
        await using (var provider = services.BuildServiceProvider())
        {
            await provider
                .GetRequiredService<EventStore>()
                .AppendAsync(new StreamId("note", "notes"), [new NewEvent("NoteWritten", """{"text":"kept"}""")]);
        }
        SqliteConnection.ClearAllPools();
    }

    private static string FileOfEvents(string folder, bool? isSingle = null) =>
        RagStudioDatabase.Events(new RagStudioDataOptions { DataDirectory = folder, SingleDatabase = isSingle }).Path!;

    /// <summary>Where the program finds the events, and all that it finds there.</summary>
    private static (bool IsSingle, string Events) Layout(string folder, bool? isSingle = null)
    {
        var file = FileOfEvents(folder, isSingle);
        using var connection = Open(file);
        string[] queries =
        [
            "SELECT type, name, sql FROM sqlite_master WHERE tbl_name IN ('events', 'aggregate_snapshots', 'event_checkpoints') ORDER BY 1, 2",
            "SELECT * FROM events",
            "SELECT * FROM aggregate_snapshots",
            "SELECT * FROM event_checkpoints",
        ];
        return (
            Path.GetFileName(file) == "app_meta.db",
            string.Join('\n', queries.Select(query => Read(connection, query)))
        );
    }

    private static string Read(SqliteConnection connection, string query)
    {
        using var command = new SqliteCommand(query, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }
        return string.Join('\n', rows);
    }

    private static async Task<IReadOnlyList<string>> FindErrorsAsync(string folder)
    {
        var services = new ServiceCollection();
        services.AddRagStudioData(options => options.DataDirectory = folder);
        await using var provider = services.BuildServiceProvider();
        var summary = await provider.GetRequiredService<DataValidator>().ValidateAsync();
        return [.. summary.Reports.SelectMany(report => report.Errors).Select(error => error.Detail)];
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
