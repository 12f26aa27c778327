using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>Applies the migrations of a grown application to a new file.</summary>
internal sealed class ApplyMigrations(int count, bool isPublished) : ColdScenario
{
    public override string Name =>
        string.Create(CultureInfo.InvariantCulture, $"apply-{count}{(isPublished ? "-published" : "")}");

    public override string Description =>
        string.Create(CultureInfo.InvariantCulture, $"{count} migrations, a new file, a new process{Form}");

    private string Form =>
        isPublished ? ", all programs and the migrations published ReadyToRun"
        : count > ContextAssembly.MaxWrittenOut ? "; target models share their code, which spares EF some"
        : "";

    public override bool IsLong => isPublished || count != 100;

    public override int? Migrations => isPublished ? null : count;

    public override IReadOnlyList<ColdTarget> Targets { get; } =
        count == 100
            ?
            [
                new(Programs.OursCompiled, Programs.EF, 0.15),
                new(Programs.OursCompiled, Programs.DbUp, 1.3),
                new(Programs.Ours, Programs.EF, 1.15),
            ]
            : [];

    public override int Runs(bool quick) => quick ? 3 : 5;

    /// <summary>
    /// The number of runs of programs that build each migration's model: 100 models take seconds, 500 more
    /// than a minute.
    /// </summary>
    private int RunsWithModels(bool quick) => quick || count > 100 ? 1 : Runs(quick);

    public override async Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick)
    {
        var folder = databases.NewFolder(Name);
        var form = isPublished ? await PublishedProgram.PublishAsync(databases) : ProgramForm.AsBuilt;
        var (context, compiled, scripts) = await GeneratedAssemblies.WriteAsync(Engine.Sqlite, count, folder);
        foreach (var assembly in new[] { context, compiled, scripts })
        {
            await form.FinishAsync(assembly);
        }
        var schemas = new SchemaComparison();
        await ChildProcess.TimeAsync(New("the check", Child.CheckCompiled, compiled));
        return
        [
            form.Child(Programs.Empty, Child.Empty),
            New(Programs.EF, Child.EFGenerated, context) with
            {
                MostRuns = RunsWithModels(quick),
            },
            New(Programs.PlainSql, Child.PlainSql, scripts),
            New(Programs.DbUp, Child.DbUp, scripts),
            New(Programs.FluentMigrator, Child.FluentMigrator, scripts),
            New(Programs.Evolve, Child.Evolve, scripts),
            New(Programs.Ours, Child.OursGenerated, context) with
            {
                MostRuns = RunsWithModels(quick),
            },
            New(Programs.OursCompiled, Child.OursGenerated, compiled),
        ];

        ColdChild New(string name, string role, string assembly)
        {
            var own = Path.Combine(folder, name);
            var file = Path.Combine(own, "new.db");
            var place = role is Child.EFGenerated or Child.OursGenerated or Child.CheckCompiled
                ? ChildDatabases.ConnectionString(file)
                : file;
            return form.Child(name, role, place, assembly) with
            {
                RefreshAsync = () => RecreateAsync(own),
                Check = () => schemas.ExpectSame(file),
            };
        }
    }

    private static Task RecreateAsync(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        Directory.CreateDirectory(folder);
        return Task.CompletedTask;
    }
}
