using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>Applies the migrations of a grown application to an empty database of a PostgreSQL server.</summary>
internal sealed class ApplyMigrationsOnServer(int count) : ColdScenario
{
    public override string Name => string.Create(CultureInfo.InvariantCulture, $"apply-{count}-server");

    public override string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{count} migrations, an empty database of a PostgreSQL server that flushes to the disk, a new process"
        );

    /// <summary>A quick run needs no PostgreSQL.</summary>
    public override bool IsLong => true;

    public override IReadOnlyList<ColdTarget> Targets { get; } =
    [
        new(Programs.OursCompiled, Programs.EF, 0.25),
        new(Programs.OursCompiled, Programs.DbUp, 1.3),
        new(Programs.OursCompiled, Programs.Evolve, 1.3),
        new(Programs.Ours, Programs.EF, 1.15),
    ];

    public override int Runs(bool quick) => quick ? 3 : 5;

    public override async Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick)
    {
        var server = await databases.ServerAsync();
        var generated = await GeneratedAssemblies.WriteAsync(Engine.PostgreSql, count, databases.NewFolder(Name));
        var schemas = new SchemaComparison();
        var check = await NewAsync("the check", Child.CheckCompiled, generated.Compiled);
        await ChildProcess.TimeAsync(check);
        return
        [
            ColdChild.Self(Programs.Empty, Child.Empty),
            await NewAsync(Programs.EF, Child.EFGenerated, generated.Context),
            await NewAsync(Programs.DbUp, Child.DbUpServer, generated.Scripts),
            await NewAsync(Programs.Evolve, Child.EvolveServer, generated.Scripts),
            await NewAsync(Programs.Ours, Child.OursGenerated, generated.Context),
            await NewAsync(Programs.OursCompiled, Child.OursGenerated, generated.Compiled),
        ];

        async Task<ColdChild> NewAsync(string name, string role, string assembly)
        {
            var database = new ServerDatabase(await server.CreateDatabaseAsync());
            return ColdChild.Self(name, role, database.ConnectionString, assembly) with
            {
                RefreshAsync = database.RecreateAsync,
                Check = () => schemas.ExpectSame(name, database.ReadSchema()),
            };
        }
    }
}
