using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>Builds an application with all of its migrations, and with most of them archived.</summary>
/// <param name="migrations">The number of its migrations.</param>
/// <param name="kept">The number of those that stay in the project.</param>
internal sealed class BuildMigrations(int migrations, int kept) : ColdScenario
{
    private const int MigrationsPerTable = 4;

    public override string Name => string.Create(CultureInfo.InvariantCulture, $"build-{migrations}");

    public override string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"the C# compiler on {migrations} migrations, each with its target model written out, and on the last {kept} with the others archived"
        );

    public override bool IsLong => true;

    public override IReadOnlyList<ColdTarget> Targets => [new(Programs.BuildArchived, Programs.BuildAll, 0.5)];

    public override int Runs(bool quick) => 2;

    public override async Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick)
    {
        var folder = databases.NewFolder(Name);
        var schema = new GeneratedSchema(
            Engine.Sqlite,
            tables => ModelSource.Of(tables, withClasses: false),
            MigrationsPerTable
        );
        var made = Enumerable.Range(0, migrations).Select(_ => schema.Next()).ToList();
        var last = made[^kept..];
        var all = await CompilerAsync(Programs.BuildAll, "all", made, []);
        await ChildProcess.TimeAsync(all);
        await ChildProcess.TimeAsync(
            ColdChild.Self("the archiver", Child.Archive, folder, Engine.Sqlite.Nowhere, PathOf("all"), last[0].Id)
        );
        var files = Directory.GetFiles(folder, "*.migrations.json");
        return
        [
            ColdChild.Self(Programs.Empty, Child.Empty),
            all,
            await CompilerAsync(Programs.BuildArchived, "archived", last, files),
        ];

        string PathOf(string name) => Path.Combine(folder, name, "Generated.dll");

        Task<ColdChild> CompilerAsync(
            string name,
            string sub,
            IEnumerable<GeneratedMigration> compiled,
            IEnumerable<string> embedded
        ) =>
            SourceCompiler.PrepareAsync(
                name,
                PathOf(sub),
                ContextSource.Of(Engine.Sqlite, schema.Tables, compiled, shared: null),
                [.. embedded.Select(file => KeyValuePair.Create(Path.GetFileName(file), File.ReadAllText(file)))]
            );
    }
}
