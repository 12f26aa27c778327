using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>Starts a program with its database on a PostgreSQL server up to date.</summary>
internal sealed class StartOnServer : ColdScenario
{
    private const int Applied = 10;

    public override string Name => "start-server";

    public override string Description =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"nothing is pending of {Applied} migrations on a PostgreSQL server, a new process"
        );

    /// <summary>A quick run needs no PostgreSQL.</summary>
    public override bool IsLong => true;

    public override IReadOnlyList<ColdTarget> Targets { get; } =
    [
        new(Programs.Ours, Programs.EF, 0.25),
        new(Programs.Ours, Programs.DbUp, 1),
        new(Programs.Ours, Programs.Evolve, 1),
        new(Programs.Ours, Programs.ServerHistory, 1.35),
    ];

    public override int Runs(bool quick) => quick ? 5 : 21;

    public override async Task<IReadOnlyList<ColdChild>> PrepareAsync(BenchmarkDatabases databases, bool quick)
    {
        var server = await databases.ServerAsync();
        var generated = await GeneratedAssemblies.WriteAsync(Engine.PostgreSql, Applied, databases.NewFolder(Name));
        var ours = await MigratedAsync(Programs.Ours, Child.OursGenerated, generated.Context);
        return
        [
            ColdChild.Self(Programs.Empty, Child.Empty),
            ColdChild.Self(Programs.ServerHistory, Child.HistoryServer, ours.Arguments.TakeLast(2)),
            await MigratedAsync(Programs.EF, Child.EFGenerated, generated.Context),
            await MigratedAsync(Programs.DbUp, Child.DbUpServer, generated.Scripts),
            await MigratedAsync(Programs.Evolve, Child.EvolveServer, generated.Scripts),
            ours,
        ];

        async Task<ColdChild> MigratedAsync(string name, string role, string assembly)
        {
            var database = await server.CreateDatabaseAsync();
            var child = ColdChild.Self(name, role, database.ConnectionString, assembly);
            await ChildProcess.TimeAsync(child);
            return child;
        }
    }
}
