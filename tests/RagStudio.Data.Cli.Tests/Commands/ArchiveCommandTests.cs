using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli.Tests;

/// <summary>Archives migrations of RAG Studio in a copy of its project.</summary>
[TestFixture]
internal sealed class ArchiveCommandTests : CliTest
{
    private const string Before = "20250922085716_TraceEvents";

    private static readonly string[] Gone = ["20250210094550_CreateEventLog", "20250407133028_CreateSnapshots"];

    private string Project => PathTo("src", "RagStudio.Data");

    private string Migrations => Path.Combine(Project, "Migrations", "Events");

    private string Archive => Path.Combine(Migrations, "EventsContext.archive.migrations.json");

    private string Compiled => Path.Combine(Migrations, "EventsContext.migrations.json");

    [SetUp]
    public void CopyProject() => Copy(Path.Combine(Repository(), "src", "RagStudio.Data"), Project);

    [Test]
    public async Task Archive_replaces_the_sources_by_one_file_and_says_before_what_it_will_do()
    {
        // Found by what it contains.
        var renamed = Path.Combine(Project, "Another.cs");
        File.Move(Path.Combine(Migrations, Gone[0] + ".cs"), renamed);
        string[] sources =
        [
            renamed,
            .. Gone.Select(version => Path.Combine(Migrations, version + ".Designer.cs")),
            Path.Combine(Migrations, Gone[1] + ".cs"),
        ];
        var before = Files();
        var dry = await ArchiveAsync("--dry-run", "--json");
        var unasked = await ArchiveAsync();
        Answer = "no";
        var declined = await ArchiveAsync();
        Answer = null;
        var untouched = Files();

        var done = await ArchiveAsync("--yes", "--json");
        var again = await ArchiveAsync("--yes", "--json");

        Assert.Multiple(() =>
        {
            Assert.That(Strings(dry, "deleted"), Is.EquivalentTo(sources));
            Assert.That(dry.Json.GetProperty("dryRun").GetBoolean());
            Assert.That((unasked.Code, declined.Code), Is.EqualTo((ExitCode.Usage, ExitCode.Cancelled)));
            Assert.That(declined.Error, Does.Contain("version control").And.Contain("Another.cs"));
            Assert.That(untouched, Is.EqualTo(before));
            Assert.That(done.Code, Is.EqualTo(ExitCode.Done), done.Error);
            Assert.That(Strings(done, "archived"), Is.EqualTo(Gone));
            Assert.That(Strings(done, "deleted"), Is.EquivalentTo(sources));
            Assert.That(done.Json.GetProperty("proved").GetBoolean());
            Assert.That(Files(), Is.EquivalentTo(before.Except(sources).Append(Archive)));
            Assert.That(Read(Archive).Versions, Is.EqualTo(Gone));
            Assert.That(
                CompiledMigrations.Read(new MemoryStream(File.ReadAllBytes(Compiled))).Schemas.Keys.First(),
                Is.EqualTo(Before)
            );
            Assert.That((again.Code, Strings(again, "deleted")), Is.EqualTo((ExitCode.Done, Array.Empty<string>())));
        });
    }

    [Test]
    public async Task A_source_that_was_not_built_is_not_deleted()
    {
        var edited = Path.Combine(Migrations, Gone[1] + ".Designer.cs");
        await File.AppendAllTextAsync(edited, "// edited");
        var before = Files();
        var refused = await ArchiveAsync("--yes");
        File.Move(edited, Path.Combine(Folder, "elsewhere.cs"));
        var missing = await ArchiveAsync("--yes");
        File.Move(Path.Combine(Folder, "elsewhere.cs"), edited);

        Assert.Multiple(() =>
        {
            Assert.That((refused.Code, missing.Code), Is.EqualTo((ExitCode.Usage, ExitCode.Usage)));
            Assert.That(refused.Error, Does.Contain(Gone[1]).And.Contain("Build it"));
            Assert.That(missing.Error, Does.Contain("--project"));
            Assert.That(Files(), Is.EqualTo(before));
        });
    }

    /// <summary>A run that was killed has left the archive, or also the list of what is to be deleted.</summary>
    [Test]
    public async Task What_an_interrupted_run_has_left_is_finished_by_the_next()
    {
        await ArchiveAsync("--yes");
        var (archive, compiled, done) = (File.ReadAllBytes(Archive), File.ReadAllBytes(Compiled), Files());

        // Killed after the archive.
        Restore();
        File.WriteAllBytes(Archive, archive);
        var afterArchive = await ArchiveAsync("--yes");
        var first = (Files(), File.ReadAllBytes(Archive), File.ReadAllBytes(Compiled));

        // Killed after the first file was deleted; another was edited since.
        Restore();
        File.WriteAllBytes(Archive, archive);
        File.WriteAllBytes(Compiled, compiled);
        var sources = Directory.GetFiles(Migrations, "*.cs").Where(file => Gone.Any(file.Contains)).Order().ToArray();
        await PendingDeletion.Of(Archive, sources).WriteAsync(Archive, CancellationToken.None);
        File.Delete(sources[0]);
        var text = await File.ReadAllBytesAsync(sources[^1]);
        await File.AppendAllTextAsync(sources[^1], "// edited");
        var edited = await ArchiveAsync("--yes");
        var kept = File.Exists(sources[^1]);
        await File.WriteAllBytesAsync(sources[^1], text);
        await File.WriteAllTextAsync(Archive, "{");
        var unread = await ArchiveAsync("--yes");
        var keptBesideNoArchive = File.Exists(sources[^1]);
        await File.WriteAllBytesAsync(Archive, archive);
        var finished = await ArchiveAsync("--yes");

        Assert.Multiple(() =>
        {
            Assert.That(afterArchive.Code, Is.EqualTo(ExitCode.Done), afterArchive.Error);
            Assert.That(first, Is.EqualTo((done, archive, compiled)));
            Assert.That((edited.Code, kept), Is.EqualTo((ExitCode.Usage, true)), edited.Error);
            Assert.That(edited.Error, Does.Contain("was changed after its migration was archived"));
            Assert.That((unread.Code, keptBesideNoArchive), Is.EqualTo((ExitCode.Usage, true)), unread.Error);
            Assert.That(finished.Code, Is.EqualTo(ExitCode.Done), finished.Error);
            Assert.That((Files(), File.ReadAllBytes(Archive)), Is.EqualTo((done, archive)));
        });
    }

    [Test]
    public async Task A_list_of_other_files_deletes_nothing()
    {
        await ArchiveAsync("--yes");
        var others = Path.Combine(Folder, "others.txt");
        await File.WriteAllTextAsync(others, "somebody's");
        await PendingDeletion.Of(Archive, [others]).WriteAsync(Archive, CancellationToken.None);

        var refused = await ArchiveAsync("--yes");

        Assert.That(refused.Code, Is.EqualTo(ExitCode.Usage));
        Assert.That(refused.Error, Does.Contain("others.txt").And.Contain("no source file of the project"));
        Assert.That(File.Exists(others));
    }

    [TestCase("Nowhere", ExitCode.Refused, "no migration of this program")]
    [TestCase("CreateEventLog", ExitCode.Refused, "first migration")]
    [TestCase("0", ExitCode.Usage, "names no migration")]
    public async Task A_version_that_cannot_be_the_border_is_refused(string version, ExitCode code, string reason)
    {
        var before = Files();

        var result = await RunAsync("archive", "--before", version, "--project", Project, "--yes");

        Assert.That(result.Code, Is.EqualTo(code));
        Assert.That(result.Error, Does.Contain(reason));
        Assert.That(Files(), Is.EqualTo(before));
    }

    /// <summary>
    /// A real compiler and old files. In processes of their own, because an application that is loaded decides what the
    /// base folder of the process is.
    /// </summary>
    [Test]
    [Platform(Exclude = "Win", Reason = "The copy of the project refers to the built libraries by links.")]
    [UnsupportedOSPlatform("windows")]
    public async Task A_program_that_is_built_without_them_migrates_old_files_as_the_one_with_them()
    {
        const string Border = "20260112073018_NormaliseLegacyText";
        var archived = await RunAsync("archive", "--before", Border, "--project", Project, "--yes");
        Assert.That(archived.Code, Is.EqualTo(ExitCode.Done), archived.Error);
        var program = await BuildAsync();

        foreach (var version in new[] { null, "CreateKnowledgeBases", "SeedSettings" })
        {
            var (ours, theirs) = (PathTo($"{version}.ours.db"), PathTo($"{version}.theirs.db"));
            if (version is not null)
            {
                await CreateAsync(theirs, version);
                File.Copy(theirs, ours);
            }
            var own = typeof(AppMetaContext).Assembly.Location;

            var expected = await RunAsync(["migrate", .. At(own, theirs)]);
            var migrated = await ToolProcess.RunAsync(Folder, ["migrate", .. At(program, ours)]);
            var validated = await ToolProcess.RunAsync(Folder, ["validate", .. At(program, ours)]);
            var (upgraded, upgradedTheirs) = (Dump(ours), Dump(theirs));
            await RunAsync(["rollback", "CreatePipelines", "--yes", .. At(own, theirs)]);
            var reverted = await ToolProcess.RunAsync(
                Folder,
                ["rollback", "CreatePipelines", "--yes", .. At(program, ours)]
            );

            Assert.Multiple(() =>
            {
                Assert.That((expected.Code, migrated.Code), Is.EqualTo((ExitCode.Done, ExitCode.Done)), migrated.Error);
                Assert.That(upgraded, Is.EqualTo(upgradedTheirs), version);
                Assert.That(validated.Code, Is.EqualTo(ExitCode.Done), validated.Out);
                Assert.That(reverted.Code, Is.EqualTo(ExitCode.Done), reverted.Error);
                Assert.That(Dump(ours), Is.EqualTo(Dump(theirs)), version);
            });
        }
        var check = await ToolProcess.RunAsync(
            Folder,
            [
                "compile",
                "--check",
                "--assembly",
                program,
                "--context",
                "AppMetaContext",
                "--output",
                Path.Combine(Project, "Migrations", "AppMeta"),
            ]
        );
        Assert.That(check.Code, Is.EqualTo(ExitCode.Done), check.Out);
    }

    private Task<CliResult> ArchiveAsync(params string[] options) =>
        RunAsync(["archive", "--before", "TraceEvents", "--project", Project, .. options]);

    private static string[] At(string program, string file) =>
        ["--assembly", program, "--context", "AppMetaContext", "--connection", $"Data Source={file}"];

    /// <summary>Creates a file of an old version, with rows of its time.</summary>
    private static async Task CreateAsync(string file, string version)
    {
        var services = new ServiceCollection();
        services.AddMigrator().AddSqliteDatabase<AppMetaContext>("AppMetaContext", $"Data Source={file}");
        await using var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<IMigrationManager>().MigrateToVersionAsync(version);
        Database.Execute(
            file,
            """
            INSERT INTO knowledge_bases (id, name, status, embedder_model, created_at, updated_at)
            VALUES
                ('0198E6A5-7C1D-7B3E-9C5A-3F0D2B1C4E5F', 'one', 'active', 'm', '2025-02-10 10:00:00', '2025-02-10T11:00:00+01:00'),
                ('0198e6a5-7c1d-7b3e-9c5a-3f0d2b1c4e60', 'two', 'active', 'm', '2025-02-11 10:00:00', '2025-02-11 10:00:00')
            """
        );
    }

    /// <summary>Builds the copy with the libraries as they are built here.</summary>
    private async Task<string> BuildAsync()
    {
        var repository = Repository();
        foreach (
            var shared in (string[])
                [
                    "Directory.Build.props",
                    "Directory.Packages.props",
                    "Packaging.props",
                    "global.json",
                    ".editorconfig",
                    "NativeCode",
                    "src/Directory.Build.props",
                    "src/BannedSymbols.txt",
                    "src/RagStudio.Data.Migrator",
                    "src/RagStudio.Data.Migrator.Sqlite",
                ]
        )
        {
            File.CreateSymbolicLink(PathTo(shared.Split('/')), Path.Combine(repository, shared));
        }
        var restored = Directory.CreateDirectory(Path.Combine(Project, "obj")).FullName;
        foreach (
            var file in Directory
                .GetFiles(Path.Combine(repository, "src", "RagStudio.Data", "obj"))
                .Where(file => Path.GetFileName(file) is "project.assets.json" || file.Contains(".nuget.g."))
        )
        {
            File.Copy(file, Path.Combine(restored, Path.GetFileName(file)));
        }
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "build",
                Project,
                "--no-restore",
                "--configuration",
                configuration,
                "-p:RunAnalyzers=false",
                "-p:BuildProjectReferences=false",
                "-nodeReuse:false",
            ]
        )
        {
            RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        Assert.That(build.ExitCode, Is.Zero, output);
        return Path.Combine(Project, "bin", configuration, "net10.0", "RagStudio.Data.dll");
    }

    /// <summary>The schema and every row, except those of the migrator.</summary>
    private static string Dump(string file)
    {
        var text = new StringBuilder();
        var own = @"tbl_name NOT LIKE '\_\_migrator%' ESCAPE '\'";
        text.AppendJoin(
            '\n',
            Database.Strings(file, $"SELECT name || coalesce(sql, '') FROM sqlite_master WHERE {own} ORDER BY 1")
        );
        foreach (
            var table in Database.Strings(
                file,
                $"SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%' AND {own} ORDER BY 1"
            )
        )
        {
            using var connection = Database.Open(file);
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM \"{table}\" ORDER BY 1, 2";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                text.Append('\n').Append(table);
                for (var column = 0; column < reader.FieldCount; column++)
                {
                    text.Append('|').Append(reader.GetValue(column));
                }
            }
        }
        return text.ToString();
    }

    private void Restore()
    {
        Directory.Delete(Project, recursive: true);
        CopyProject();
    }

    private string[] Files() => [.. Directory.GetFiles(Project, "*", SearchOption.AllDirectories).Order()];

    private static MigrationArchive Read(string file) =>
        MigrationArchive.Read(new MemoryStream(File.ReadAllBytes(file)));

    private static string[] Strings(CliResult result, string property) =>
        [.. result.Json.GetProperty(property).EnumerateArray().Select(item => item.GetString()!)];

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(from, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
            {
                var copy = Path.Combine(to, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RagStudio.Data.sln")))
        {
            folder = folder.Parent!;
        }
        return folder.FullName;
    }
}
